"""The things people do to a nonconformity, from the proposal to proof that it stays away."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audits import permissions
from audits.lifecycles import NONCONFORMITY_LIFECYCLE, NonconformityState
from audits.models import (
    Action,
    Audit,
    Finding,
    Grade,
    Nonconformity,
    NonconformityQuerySet,
    Source,
    Verification,
)
from qms.agencies.models import Agency, Role, Unit, User
from qms.kernel.moves import move
from qms.kernel.numbering import next_number
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.standards.models import Clause
from qms.trail.services import record

# Until when a plan must stand; later a setting of the agency.
PLAN_WITHIN = dt.timedelta(days=10)


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One corrective action before it is kept."""

    description: str
    owner: User
    due_on: dt.date


@transaction.atomic
def report(  # noqa: PLR0913  # the first part of the form
    agency: Agency,
    *,
    by: User,
    source: str,
    description: str,
    requirement: str,
    evidence: str,
    unit: Unit | None = None,
    clause: Clause | None = None,
    is_major: bool = False,
) -> Nonconformity:
    """Anybody at the agency reports that a requirement was not met.

    Refuses people from elsewhere, and a report without what, against what, and by what shown.
    """
    permissions.require_role(by, agency, *Role)
    if unit is not None:
        permissions.require_units(agency, {unit})
    if not all(text.strip() for text in (description, requirement, evidence)):
        raise Unacceptable(_("Nêu đủ sự việc, yêu cầu không đáp ứng và bằng chứng."))
    case = _new(
        agency, by=by, source=source, description=description, requirement=requirement,
        evidence=evidence, unit=unit, clause=clause, is_major=is_major,
    )  # fmt: skip
    record(by, "nonconformity.reported", case, agency=agency, source=source)
    return case


def raise_from_finding(finding: Finding, *, by: User) -> Nonconformity:
    """The nonconformity of an audit finding, inside the act that raised the finding."""
    audit = finding.audit
    case = _new(
        audit.agency, by=by, finding=finding, source=Source.AUDIT,
        description=finding.statement, requirement=finding.criterion, evidence=finding.evidence,
        unit=finding.unit, clause=finding.clause, is_major=finding.grade == Grade.MAJOR_NC,
    )  # fmt: skip
    record(by, "nonconformity.raised", case, agency=audit.agency, finding=finding.pk)
    return case


@transaction.atomic
def accept(case: Nonconformity, *, by: User, owner: User) -> None:
    """Take the case on and say who looks after it. Refuses an owner from elsewhere."""
    permissions.require(by, "nonconformity", "accept", case)
    permissions.require_member(case.agency_id, owner)
    due_on = timezone.localdate() + PLAN_WITHIN
    move(case, "accept", NONCONFORMITY_LIFECYCLE, owner=owner, due_on=due_on)
    _record(case, "accept", by=by, owner=owner.pk)


@transaction.atomic
def plan(
    case: Nonconformity, *, by: User, correction: str, cause: str, actions: Iterable[PlannedAction]
) -> None:
    """Say what mends it at once, why it happened, and what keeps it from happening again.

    Correction and corrective action are two things: refuses when either is missing, when
    the cause has no words, or an action is due before today.
    """
    permissions.require(by, "nonconformity", "plan", case)
    planned = list(actions)
    if not (correction.strip() and cause.strip()):
        raise Unacceptable(_("Nêu cả việc khắc phục ngay và nguyên nhân gốc rễ."))
    if not planned:
        raise Unacceptable(_("Nêu ít nhất một hành động khắc phục để sự việc không lặp lại."))
    if any(action.due_on < timezone.localdate() for action in planned):
        raise Unacceptable(_("Hạn của hành động phải từ hôm nay trở đi."))
    for owner in {action.owner for action in planned}:
        permissions.require_member(case.agency_id, owner)
    last = max(action.due_on for action in planned)
    move(
        case, "plan", NONCONFORMITY_LIFECYCLE, correction=correction, cause=cause,
        planned_by=by, due_on=last,
    )  # fmt: skip
    case.actions.all().delete()  # an earlier plan that was sent back; its words are in the trail
    for action in planned:
        Action.objects.create(
            nonconformity=case, description=action.description, owner=action.owner,
            due_on=action.due_on,
        )  # fmt: skip
    _record(
        case, "plan", by=by, correction=correction, cause=cause,
        actions=[f"{a.description} ({a.owner}, {a.due_on:%d/%m/%Y})" for a in planned],
    )  # fmt: skip


@transaction.atomic
def send_back(case: Nonconformity, *, by: User, reason: str) -> None:
    """The plan is not good enough, and why."""
    permissions.require(by, "nonconformity", "send_back", case)
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do để người khác biết cần làm gì tiếp."))
    move(case, "send_back", NONCONFORMITY_LIFECYCLE)
    _record(case, "send_back", by=by, reason=reason)


@transaction.atomic
def approve_plan(case: Nonconformity, *, by: User) -> None:
    """Agree to correction, cause and actions. Refuses who planned them or owns the case."""
    permissions.require(by, "nonconformity", "approve_plan", case)
    move(case, "approve_plan", NONCONFORMITY_LIFECYCLE)
    _record(case, "approve_plan", by=by)


@transaction.atomic
def finish(action: Action, *, by: User, result: str) -> None:
    """One action is done, and this shows it. Refuses others than its owner, or no result."""
    case = action.nonconformity
    permissions.require(by, "action", "finish", action)
    if case.state != NonconformityState.IN_PROGRESS:
        raise IllegalMove(_("Biện pháp chưa được duyệt hoặc đã kết thúc."))
    if not result.strip():
        raise Unacceptable(_("Nêu kết quả và bằng chứng đã làm."))
    open_one = Action.objects.filter(pk=action.pk, done_on=None)
    if not open_one.update(done_on=timezone.localdate(), done_by=by, result=result):
        raise IllegalMove(_("Hành động này đã được ghi là xong."))
    action.refresh_from_db()
    record(
        by,
        "nonconformity.action_finished",
        case,
        agency=case.agency,
        action=action.pk,
        result=result,
    )


@transaction.atomic
def complete(case: Nonconformity, *, by: User) -> None:
    """Everything planned is done; now it must show that it works. Refuses with open actions."""
    permissions.require(by, "nonconformity", "complete", case)
    still = case.actions.filter(done_on=None).count()
    if still:
        raise IllegalMove(_("Còn %d hành động chưa xong.") % still)
    move(case, "complete", NONCONFORMITY_LIFECYCLE)
    _record(case, "complete", by=by)


@transaction.atomic
def verify(case: Nonconformity, *, by: User, note: str) -> None:
    """Somebody who neither owned nor did it saw that it works; the case is closed."""
    permissions.require(by, "nonconformity", "verify", case)
    _require_note(note)
    move(case, "verify", NONCONFORMITY_LIFECYCLE, closed_at=timezone.now())
    _verification(case, by=by, is_effective=True, note=note)
    _record(case, "verify", by=by, note=note)


@transaction.atomic
def reissue(case: Nonconformity, *, by: User, note: str) -> Nonconformity:
    """It did not work: this form ends, and a new one, linked to it, begins."""
    permissions.require(by, "nonconformity", "reissue", case)
    _require_note(note)
    move(case, "reissue", NONCONFORMITY_LIFECYCLE)
    _verification(case, by=by, is_effective=False, note=note)
    again = _new(
        case.agency, by=by, reissue_of=case, source=case.source, description=case.description,
        requirement=case.requirement, evidence=f"{case.evidence}\n{note}", unit=case.unit,
        clause=case.clause, is_major=case.is_major,
    )  # fmt: skip
    _record(case, "reissue", by=by, note=note, reissued_as=again.number)
    return again


def open_of(audit: Audit) -> NonconformityQuerySet:
    """The nonconformities of an audit that are not closed, the reissued ones' followers too."""
    own = Nonconformity.objects.filter(finding__audit=audit)
    open_ones = list(own.open().values_list("pk", flat=True))
    followers = list(own.values_list("reissue", flat=True).exclude(reissue=None))
    while followers:
        chain = Nonconformity.objects.filter(pk__in=followers)
        open_ones += chain.open().values_list("pk", flat=True)
        followers = list(chain.values_list("reissue", flat=True).exclude(reissue=None))
    return Nonconformity.objects.filter(pk__in=open_ones)


def _new(agency: Agency, *, by: User, **said: object) -> Nonconformity:
    year = timezone.localdate().year
    number = next_number(f"nonconformity:{agency.pk}:{year}")
    return Nonconformity.objects.create(
        agency=agency, number=f"KPH-{year}-{number:03d}", raised_by=by, raised_at=timezone.now(),
        due_on=timezone.localdate() + PLAN_WITHIN, **said,
    )  # fmt: skip


def _verification(case: Nonconformity, *, by: User, is_effective: bool, note: str) -> None:
    Verification.objects.create(
        nonconformity=case, by=by, by_name=str(by),
        by_position=by.standing.position_at(case.agency_id), owner=case.owner,
        is_effective=is_effective, note=note, at=timezone.now(),
    )  # fmt: skip


def _require_note(note: str) -> None:
    if not note.strip():
        raise Unacceptable(_("Nêu đã kiểm tra gì và thấy gì."))


def _record(
    case: Nonconformity, verb: str, *, by: User, reason: str = "", **facts: object
) -> None:
    event = NONCONFORMITY_LIFECYCLE.event(verb)
    record(by, event, case, agency=case.agency, reason=reason, **facts)
