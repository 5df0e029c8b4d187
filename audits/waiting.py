"""What waits for a person among audits and nonconformities."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from audits.lifecycles import AuditState, NonconformityState, ProgrammeState
from audits.models import Action, Audit, Nonconformity, Programme
from audits.permissions import AUDITING
from qms.agencies.models import Role, User
from qms.web.task import Task

N = NonconformityState
LIMIT = 200


def waiting_for(user: User) -> list[Task]:
    """Programmes to approve, audits to lead, cases and actions to move on; four queries."""
    return [*_programmes(user), *_audits(user), *_cases(user), *_actions(user)]


def _programmes(user: User) -> list[Task]:
    programmes = Programme.objects.filter(
        agency__in=user.standing.agencies_with(Role.APPROVER), state=ProgrammeState.DRAFT
    ).exclude(created_by=user)
    title = _("Phê duyệt chương trình đánh giá năm %(year)d")
    return [
        Task(
            "approve", "stamp", title % {"year": programme.year}, programme.agency.short_name,
            programme.get_absolute_url(), _("Xem và phê duyệt"),
        )
        for programme in programmes.select_related("agency")[:LIMIT]
    ]  # fmt: skip


def _audits(user: User) -> list[Task]:
    running = Audit.objects.exclude(state=AuditState.CLOSED).filter(
        Q(lead=user) | Q(pk__in=_joined(user), state=AuditState.IN_PROGRESS)
    )
    said = {
        AuditState.PLANNED: (_("Bắt đầu: %(title)s"), _("Xem kế hoạch")),
        AuditState.IN_PROGRESS: (_("Ghi nhận: %(title)s"), _("Mở phiếu")),
        AuditState.REPORTED: (_("Theo dõi khắc phục: %(title)s"), _("Xem kết quả")),
    }
    tasks = []
    for audit in running.order_by("ends_on", "pk")[:LIMIT]:
        title, action = said[AuditState(audit.state)]
        due = audit.starts_on if audit.state == AuditState.PLANNED else audit.ends_on
        tasks.append(
            Task(
                "audit", "clipboard-check", title % {"title": audit.title}, audit.number,
                audit.get_absolute_url(), action,
                None if audit.state == AuditState.REPORTED else due,
            )
        )  # fmt: skip
    return tasks


def _joined(user: User) -> "list[int]":
    return list(Audit.objects.filter(team__user=user).values_list("pk", flat=True))


def _cases(user: User) -> list[Task]:
    standing = user.standing
    quality = Q(agency__in=standing.agencies_with(Role.QUALITY))
    heads = Q(agency__in=standing.agencies_with(Role.REVIEWER), unit__in=standing.units)
    mine = Q(owner=user, agency__in=standing.agencies)
    untouched = ~Q(owner=user) & (Q(planned_by=None) | ~Q(planned_by=user))
    did = Action.objects.filter(nonconformity=OuterRef("pk")).filter(
        Q(owner=user) | Q(done_by=user)
    )
    unfinished = Action.objects.filter(nonconformity=OuterRef("pk"), done_on=None)
    wanted = (
        (Q(state=N.PROPOSED) & (quality | heads | mine))
        | (Q(state=N.ANALYSIS) & mine)
        | (
            Q(state=N.PENDING_APPROVAL, agency__in=standing.agencies_with(Role.APPROVER))
            & untouched
        )
        | (Q(state=N.IN_PROGRESS) & mine & ~Exists(unfinished))
        | (
            Q(state=N.VERIFICATION, agency__in=standing.agencies_with(*AUDITING))
            & untouched
            & ~Exists(did)
        )
    )
    cases = Nonconformity.objects.filter(wanted).order_by(F("due_on").asc(nulls_last=True), "pk")
    return [_case(case) for case in cases[:LIMIT]]


def _case(case: Nonconformity) -> Task:
    said = {
        N.PROPOSED: (_("Tiếp nhận: %(what)s"), _("Tiếp nhận")),
        N.ANALYSIS: (_("Phân tích nguyên nhân: %(what)s"), _("Lập biện pháp")),
        N.PENDING_APPROVAL: (_("Duyệt biện pháp: %(what)s"), _("Xem và duyệt")),
        N.IN_PROGRESS: (_("Báo hoàn thành: %(what)s"), _("Báo hoàn thành")),
        N.VERIFICATION: (_("Xác minh hiệu lực: %(what)s"), _("Xác minh")),
    }
    title, action = said[N(case.state)]
    return Task(
        "nonconformity", "triangle-alert", title % {"what": _short(case.description)},
        case.number, case.get_absolute_url(), action, case.due_on,
    )  # fmt: skip


def _actions(user: User) -> list[Task]:
    actions = Action.objects.filter(
        owner=user,
        done_on=None,
        nonconformity__state=N.IN_PROGRESS,
        nonconformity__agency__in=user.standing.agencies,
    ).select_related("nonconformity")
    return [
        Task(
            "nonconformity", "wrench", _("Thực hiện: %(what)s") % {"what": _short(action.description)},
            action.nonconformity.number, action.nonconformity.get_absolute_url(),
            _("Ghi kết quả"), action.due_on,
        )
        for action in actions.order_by("due_on", "pk")[:LIMIT]
    ]  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"
