"""The legal life of a document version. If it is not a step here, it cannot happen."""

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

# Consequences of what people do to the version; nobody presses a button for these.
RUN_STEP_LIFECYCLE = Lifecycle(
    "run_step",
    step("open", "opened", [RunStepState.WAITING], RunStepState.OPEN),
    step("finish", "finished", [RunStepState.OPEN], RunStepState.DONE),
    step("void", "voided", [RunStepState.WAITING, RunStepState.OPEN, RunStepState.DONE],
         RunStepState.VOID),
)  # fmt: skip


class DisposalState(TextChoices):
    PROPOSED = "proposed", _("Chờ quyết định hủy")
    APPROVED = "approved", _("Đã quyết định hủy")
    REFUSED = "refused", _("Không hủy")


DISPOSAL_LIFECYCLE = Lifecycle(
    "disposal",
    step("approve", "approved", [DisposalState.PROPOSED], DisposalState.APPROVED),
    step("refuse", "refused", [DisposalState.PROPOSED], DisposalState.REFUSED),
)
