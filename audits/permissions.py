"""Who may see which audit and nonconformity, and who may do what about them.

Two rules stand above every role: nobody audits his own unit, and nobody verifies, or
approves, what he owns or planned himself.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audits.lifecycles import LIFECYCLES, AuditState
from audits.models import (
    Action,
    Audit,
    AuditQuerySet,
    Nonconformity,
    NonconformityQuerySet,
    Programme,
    ProgrammeQuerySet,
    TeamDuty,
)
from qms.agencies.models import Agency, Membership, Role, Unit, User
from qms.kernel.refusals import Unacceptable

Rule = Callable[[User, Any], bool]
AUDITING = (Role.AUDITOR, Role.LEAD_AUDITOR, Role.QUALITY)
ORGANISING = (Role.QUALITY, Role.LEAD_AUDITOR)
ASKING = (TeamDuty.LEAD, TeamDuty.AUDITOR, TeamDuty.EXPERT)
OVERVIEW = (*AUDITING, Role.APPROVER)


def has_role(*roles: Role) -> Rule:
    return lambda user, thing: user.standing.has(thing.agency_id, *roles)


def is_lead(user: User, audit: Audit) -> bool:
    return audit.lead_id == user.pk


def organises(user: User, audit: Audit) -> bool:
    return is_lead(user, audit) or has_role(*ORGANISING)(user, audit)


def is_on_team(user: User, audit: Audit) -> bool:
    """Those who ask the questions; secretaries and observers do not."""
    return audit.team.filter(user=user, duty__in=ASKING).exists()


def approves_programme(user: User, programme: Programme) -> bool:
    return programme.created_by_id != user.pk and has_role(Role.APPROVER)(user, programme)


def is_responsible(user: User, case: Nonconformity) -> bool:
    """The owner; until there is one, the head of the unit and the quality office."""
    if case.owner_id == user.pk:
        return user.standing.has(case.agency_id, *Role)
    return has_role(Role.QUALITY)(user, case) or (
        case.owner_id is None
        and case.unit_id in user.standing.units
        and has_role(Role.REVIEWER)(user, case)
    )


def decides_plan(user: User, case: Nonconformity) -> bool:
    """The head; never who wrote the plan or owns the case."""
    if user.pk in {case.planned_by_id, case.owner_id}:
        return False
    return has_role(Role.APPROVER, Role.QUALITY)(user, case)


def verifies(user: User, case: Nonconformity) -> bool:
    """An auditor or the quality office; never the owner, the planner, or who did an action."""
    involved = {case.owner_id, case.planned_by_id}
    for owner, doer in case.actions.values_list("owner", "done_by"):
        involved |= {owner, doer}
    return user.pk not in involved and has_role(*AUDITING)(user, case)


def finishes(user: User, action: Action) -> bool:
    """Who does the action, while still at the agency, or who looks after the case."""
    case = action.nonconformity
    if action.owner_id == user.pk and case.agency_id in user.standing.agencies:
        return True
    return is_responsible(user, case)


RULES: dict[str, dict[str, Rule]] = {
    "programme": {"approve": approves_programme},
    "audit": {
        "schedule": organises,
        "start": is_lead,
        "answer": is_on_team,
        "report": is_lead,
        "close": is_lead,
    },
    "nonconformity": {
        "accept": is_responsible,
        "plan": is_responsible,
        "send_back": decides_plan,
        "approve_plan": decides_plan,
        "complete": is_responsible,
        "verify": verifies,
        "reissue": verifies,
    },
    "action": {"finish": finishes},
}


def require(user: User, noun: str, verb: str, thing: Any) -> None:
    """Refuse with `PermissionDenied` and a sentence unless `user` may do `verb`."""
    if not RULES[noun][verb](user, thing):
        raise PermissionDenied(_("Bạn không có quyền làm việc này với %s.") % thing)


def require_role(user: User, agency: Agency, *roles: Role) -> None:
    if not user.standing.has(agency.pk, *roles):
        raise PermissionDenied(_("Bạn không có vai trò cần thiết tại %s.") % agency)


def require_organiser_anywhere(user: User) -> None:
    """Refuse the pages for planning to those who organise audits at no agency."""
    if not user.standing.is_anywhere(*ORGANISING):
        raise PermissionDenied(_("Chỉ Thư ký ISO và trưởng đoàn đánh giá lập được kế hoạch."))


def require_units(agency: Agency, units: Iterable[Unit]) -> None:
    """Refuse a unit of another agency, naming it."""
    for unit in units:
        if unit.agency_id != agency.pk:
            raise Unacceptable(
                _("%(unit)s không thuộc %(agency)s.") % {"unit": unit, "agency": agency}
            )


def require_member(agency_id: int, person: User) -> None:
    """Refuse a person who does not work at the agency."""
    if agency_id not in person.standing.agencies:
        raise Unacceptable(_("%s không làm việc tại cơ quan này.") % person)


def holders(agency: Agency, *roles: Role) -> QuerySet[User]:
    """Those who hold one of `roles` at the agency today, for choosing among."""
    current = Membership.objects.current(timezone.localdate()).filter(
        agency=agency, role__in=roles
    )
    return User.objects.filter(pk__in=current.values("user"), is_active=True).order_by(
        "full_name", "pk"
    )


def verbs_for(user: User, noun: str, thing: Any) -> list[str]:
    """What `user` can do now: legal in this state and allowed to this person."""
    legal = LIFECYCLES[noun].verbs_from(thing.state)
    return [verb for verb in legal if RULES[noun][verb](user, thing)]


def visible_programmes(user: User) -> ProgrammeQuerySet:
    return Programme.objects.filter(agency__in=user.standing.agencies_with(*OVERVIEW))


def visible_audits(user: User) -> AuditQuerySet:
    """Those who audit or decide at the agency; the team; and, once it began, the audited."""
    standing = user.standing
    return Audit.objects.filter(
        Q(agency__in=standing.agencies_with(*OVERVIEW))
        | Q(pk__in=Audit.objects.filter(team__user=user).values("pk"))
        | Q(
            pk__in=Audit.objects.filter(items__unit__in=standing.units)
            .exclude(state=AuditState.PLANNED)
            .values("pk")
        )
    )


def visible_nonconformities(user: User) -> NonconformityQuerySet:
    """Everybody at the agency sees its nonconformities; nobody elsewhere does."""
    return Nonconformity.objects.filter(agency__in=user.standing.agencies)
