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


class PromulgationState(TextChoices):
    DRAFT = "draft", _("Chờ số của Văn thư")
    NUMBERED = "numbered", _("Đã ban hành")
    DISCARDED = "discarded", _("Đã hủy")


PROMULGATION_LIFECYCLE = Lifecycle(
    "promulgation",
    step("number", "numbered", [PromulgationState.DRAFT], PromulgationState.NUMBERED),
    step("discard", "discarded", [PromulgationState.DRAFT], PromulgationState.DISCARDED),
)
