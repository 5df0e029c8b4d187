"""The legal life of a programme, an audit and a nonconformity. What is not here cannot happen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qms.kernel.lifecycle import Lifecycle, step


class ProgrammeState(TextChoices):
    DRAFT = "draft", _("Dự thảo")
    APPROVED = "approved", _("Đã phê duyệt")


class AuditState(TextChoices):
    PLANNED = "planned", _("Đã lập kế hoạch")
    IN_PROGRESS = "in_progress", _("Đang đánh giá")
    REPORTED = "reported", _("Đã báo cáo, đang khắc phục")
    CLOSED = "closed", _("Đã đóng")


class NonconformityState(TextChoices):
    PROPOSED = "proposed", _("Mới đề nghị")
    ANALYSIS = "analysis", _("Đang phân tích nguyên nhân")
    PENDING_APPROVAL = "pending_approval", _("Chờ duyệt biện pháp")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    VERIFICATION = "verification", _("Chờ xác minh hiệu lực")
    CLOSED = "closed", _("Đã đóng")
    REISSUED = "reissued", _("Không đạt, đã lập phiếu mới")


PROGRAMME_LIFECYCLE = Lifecycle(
    "programme",
    step("approve", "approved", [ProgrammeState.DRAFT], ProgrammeState.APPROVED),
)
AUDIT_LIFECYCLE = Lifecycle(
    "audit",
    step("start", "started", [AuditState.PLANNED], AuditState.IN_PROGRESS),
    step("report", "reported", [AuditState.IN_PROGRESS], AuditState.REPORTED),
    step("close", "closed", [AuditState.REPORTED], AuditState.CLOSED),
)
N = NonconformityState
# The four parts of the form: proposal, analysis, approval, evaluation.
NONCONFORMITY_LIFECYCLE = Lifecycle(
    "nonconformity",
    step("accept", "accepted", [N.PROPOSED], N.ANALYSIS),
    step("plan", "planned", [N.ANALYSIS], N.PENDING_APPROVAL),
    step("send_back", "sent_back", [N.PENDING_APPROVAL], N.ANALYSIS),
    step("approve_plan", "plan_approved", [N.PENDING_APPROVAL], N.IN_PROGRESS),
    step("complete", "completed", [N.IN_PROGRESS], N.VERIFICATION),
    step("verify", "verified", [N.VERIFICATION], N.CLOSED),
    step("reissue", "reissued", [N.VERIFICATION], N.REISSUED),
)
OPEN = (N.PROPOSED, N.ANALYSIS, N.PENDING_APPROVAL, N.IN_PROGRESS, N.VERIFICATION)
LIFECYCLES = {
    "programme": PROGRAMME_LIFECYCLE,
    "audit": AUDIT_LIFECYCLE,
    "nonconformity": NONCONFORMITY_LIFECYCLE,
}
