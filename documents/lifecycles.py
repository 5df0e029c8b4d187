"""The legal lives of a document version and of a copy on paper. What is no step here cannot happen."""

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

VERSION_LIFECYCLE = Lifecycle(
    "version",
    step("submit", "submitted", [S.DRAFT], S.IN_REVIEW),
    step("review", "reviewed", [S.IN_REVIEW], S.IN_APPROVAL),
    step("approve", "approved", [S.IN_APPROVAL], S.APPROVED),
    step("send_back", "sent_back", [S.IN_REVIEW, S.IN_APPROVAL], S.DRAFT),
    step("recall", "recalled", [S.IN_REVIEW, S.IN_APPROVAL], S.DRAFT),
    step("put_in_force", "put_in_force", [S.APPROVED], S.IN_FORCE),
    step("register", "registered", [S.DRAFT], S.IN_FORCE),
    step("supersede", "superseded", [S.IN_FORCE], S.SUPERSEDED),
    step("withdraw", "withdrawn", [S.IN_FORCE], S.WITHDRAWN),
    step("discard", "discarded", [S.DRAFT], S.DISCARDED),
)


class CopyState(TextChoices):
    OUT = "out", _("Đang giữ")
    RETURNED = "returned", _("Đã thu hồi")
    LOST = "lost", _("Báo mất")
    DESTROYED = "destroyed", _("Đã hủy")


C = CopyState

COPY_LIFECYCLE = Lifecycle(
    "controlled_copy",
    # A copy that was lost may be found again.
    step("take_back", "taken_back", [C.OUT, C.LOST], C.RETURNED),
    step("report_lost", "reported_lost", [C.OUT], C.LOST),
    step("destroy", "destroyed", [C.OUT, C.RETURNED], C.DESTROYED),
)
