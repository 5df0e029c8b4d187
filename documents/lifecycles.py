"""The legal lives of versions, change requests and paper copies; no step here, no move."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qms.kernel.lifecycle import Lifecycle, step


class VersionState(TextChoices):
    DRAFT = "draft", _("Bản nháp")
    IN_REVIEW = "in_review", _("Chờ soát xét")
    IN_APPROVAL = "in_approval", _("Chờ phê duyệt")
    APPROVED = "approved", _("Đã phê duyệt, chờ hiệu lực")
    IN_FORCE = "in_force", _("Đang hiệu lực")
    SUPERSEDED = "superseded", _("Đã được thay thế")
    WITHDRAWN = "withdrawn", _("Đã bãi bỏ")
    DISCARDED = "discarded", _("Đã hủy bản nháp")


S = VersionState

# A version on its way to being in force; a document has at most one.
IN_FLIGHT = (S.DRAFT, S.IN_REVIEW, S.IN_APPROVAL, S.APPROVED)
# Once decided, the text is sealed for ever.
SEALED = (S.APPROVED, S.IN_FORCE, S.SUPERSEDED, S.WITHDRAWN)


class ChangeRequestState(TextChoices):
    PROPOSED = "proposed", _("Chờ xem xét")
    ACCEPTED = "accepted", _("Đã chấp nhận, đang thực hiện")
    REFUSED = "refused", _("Không chấp nhận")
    RETRACTED = "retracted", _("Người đề nghị rút lại")
    DONE = "done", _("Đã thực hiện xong")


class RunStepState(TextChoices):
    WAITING = "waiting", _("Chưa đến lượt")
    OPEN = "open", _("Đang chờ")
    DONE = "done", _("Đã xong")
    VOID = "void", _("Không còn giá trị")


VERSION_LIFECYCLE = Lifecycle(
    "version",
    step("submit", "submitted", [S.DRAFT], S.IN_REVIEW),
    step("review", "reviewed", [S.IN_REVIEW], S.IN_APPROVAL),
    step("approve", "approved", [S.IN_APPROVAL], S.APPROVED),
    step("send_back", "sent_back", [S.IN_REVIEW, S.IN_APPROVAL], S.DRAFT),
    step("step_back", "stepped_back", [S.IN_REVIEW, S.IN_APPROVAL], S.IN_REVIEW),
    step("recall", "recalled", [S.IN_REVIEW, S.IN_APPROVAL], S.DRAFT),
    step("put_in_force", "put_in_force", [S.APPROVED], S.IN_FORCE),
    step("register", "registered", [S.DRAFT], S.IN_FORCE),
    step("supersede", "superseded", [S.IN_FORCE], S.SUPERSEDED),
    step("withdraw", "withdrawn", [S.IN_FORCE], S.WITHDRAWN),
    step("discard", "discarded", [S.DRAFT], S.DISCARDED),
)


class PromulgationState(TextChoices):
    DRAFT = "draft", _("Chờ số của Văn thư")
    NUMBERED = "numbered", _("Đã ban hành")
    DISCARDED = "discarded", _("Đã hủy")


PROMULGATION_LIFECYCLE = Lifecycle(
    "promulgation",
    step("number", "numbered", [PromulgationState.DRAFT], PromulgationState.NUMBERED),
    step("discard", "discarded", [PromulgationState.DRAFT], PromulgationState.DISCARDED),
)

# Consequences of what people do to the version; nobody presses a button for these.
RUN_STEP_LIFECYCLE = Lifecycle(
    "run_step",
    step("open", "opened", [RunStepState.WAITING], RunStepState.OPEN),
    step("finish", "finished", [RunStepState.OPEN], RunStepState.DONE),
    step("void", "voided", [RunStepState.WAITING, RunStepState.OPEN, RunStepState.DONE],
         RunStepState.VOID),
)  # fmt: skip

C = ChangeRequestState
CHANGE_REQUEST_LIFECYCLE = Lifecycle(
    "change_request",
    step("accept", "accepted", [C.PROPOSED], C.ACCEPTED),
    step("refuse", "refused", [C.PROPOSED], C.REFUSED),
    step("retract", "retracted", [C.PROPOSED], C.RETRACTED),
    step("finish", "finished", [C.ACCEPTED], C.DONE),
)


class CopyState(TextChoices):
    OUT = "out", _("Đang giữ")
    RETURNED = "returned", _("Đã thu hồi")
    LOST = "lost", _("Báo mất")
    DESTROYED = "destroyed", _("Đã hủy")


COPY_LIFECYCLE = Lifecycle(
    "controlled_copy",
    # A copy that was lost may be found again.
    step("take_back", "taken_back", [CopyState.OUT, CopyState.LOST], CopyState.RETURNED),
    step("report_lost", "reported_lost", [CopyState.OUT], CopyState.LOST),
    step("destroy", "destroyed", [CopyState.OUT, CopyState.RETURNED], CopyState.DESTROYED),
)
