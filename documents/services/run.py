"""A version's way through its route: who is asked, who has agreed, whose turn comes next.

The services of the version call these inside their own transaction; nothing here asks who may.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import RUN_STEP_LIFECYCLE, RunStepState
from documents.models import (
    ControlSettings,
    Decision,
    Delegation,
    Document,
    Duty,
    Outcome,
    Route,
    Rule,
    Run,
    RunStep,
    Seat,
    Version,
)
from documents.permissions.deciding import Turn, forget_steps, open_steps, turn_of
from documents.permissions.people import holders
from qms.agencies.models import Agency, Role, Unit, User
from qms.kernel.moves import move
from qms.kernel.refusals import Stale, Unacceptable

# The author may choose who takes the first review, and who the last approval.
FIRST_OR_LAST = {Duty.REVIEWER: 0, Duty.APPROVER: -1}
ROLE_OF = {Duty.REVIEWER: Role.REVIEWER, Duty.APPROVER: Role.APPROVER}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: a person, or whoever holds a role (in a unit)."""

    person: User | None = None
    role: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One station as a route plans it; `days` are calendar days."""

    order: int
    duty: str
    rule: str
    needed: int
    days: int
    seats: tuple[Asked, ...]


def route_of(document: Document) -> Route | None:
    """The agency's route for this kind, else its route for every kind, else none."""
    routes = Route.objects.current().filter(agency=document.agency_id)
    found = {route.kind: route for route in routes.filter(kind__in=["", document.kind])}
    return found.get(document.kind) or found.get("")


def plan_of(document: Document) -> list[Planned]:
    """The stations a submission would go through now; review and approval by role by default."""
    route = route_of(document)
    if route is None:
        days = ControlSettings.of(document.agency).decide_days
        return [
            Planned(order, duty, Rule.ANY, 1, days, (Asked(role=role),))
            for order, (duty, role) in enumerate(ROLE_OF.items(), 1)
        ]
    return [
        Planned(
            s.order, s.duty, s.rule, s.needed, s.days,
            tuple(Asked(seat.person, seat.role, seat.unit) for seat in s.seats.all()),
        )
        for s in route.steps.prefetch_related("seats__person", "seats__unit")
    ]  # fmt: skip


def begin(version: Version, *, reviewer: User | None, approver: User | None) -> Run:
    """Copy the route into a run of this round and open its first station.

    `reviewer` takes the first review, `approver` the last approval. Refuses a station at
    which nobody but the author could decide.
    """
    route = route_of(version.document)
    chosen = {Duty.REVIEWER: reviewer, Duty.APPROVER: approver}
    plan = [_named(step, version) for step in _with_chosen(version, chosen)]
    run = Run.objects.create(
        version=version, round=version.round, route_name=route.name if route else ""
    )
    for step in plan:
        _require_somebody(step, version)
        _copy(step, run)
    _open_next(run, version)
    return run


def hold(version: Version, by: User, duty: Duty) -> Turn:
    """Lock the version until the transaction ends, and the turn of `by` at it.

    Refuses with `Stale` when the version, or the person's turn, is not what it was.
    """
    same = Version.objects.filter(pk=version.pk, state=version.state, round=version.round)
    locked = same.select_for_update().values_list("pk", flat=True).first()
    forget_steps(version)
    turn = turn_of(by, version, duty) if locked else None
    if turn is None:
        raise Stale(_("Người khác vừa xử lý mục này. Tải lại trang để xem trạng thái mới."))
    return turn


def is_last(turn: Turn) -> bool:
    """Whether one more agreement at this turn ends the journey."""
    step = turn.step
    others = step.run.steps.exclude(pk=step.pk)
    open_or_waiting = others.filter(state__in=[RunStepState.OPEN, RunStepState.WAITING])
    return len(step.decisions.all()) + 1 >= step.wanted and not open_or_waiting.exists()


def agree(version: Version, turn: Turn, decision: Decision) -> Duty | None:
    """Write the agreement down; the duty the version now waits for, None at the end.

    When the station has all it wants, the next one opens.
    """
    step, run = turn.step, turn.step.run
    decision.step = step
    decision.save()
    if len(step.decisions.all()) + 1 >= step.wanted:
        move(step, "finish", RUN_STEP_LIFECYCLE)
    forget_steps(version)
    if not open_steps(version):
        _open_next(run, version)
    now = open_steps(version)
    return Duty(now[0].duty) if now else None


def end(version: Version, outcome: Outcome) -> None:
    """Close the run of this round; stations that were not reached count no more."""
    run = version.runs.get(round=version.round)
    for step in run.steps.filter(state__in=[RunStepState.OPEN, RunStepState.WAITING]):
        move(step, "void", RUN_STEP_LIFECYCLE)
    Run.objects.filter(pk=run.pk).update(outcome=outcome, ended_at=timezone.now())
    forget_steps(version)


def behind(turn: Turn) -> list[RunStep]:
    """The stations the version has passed, to which it may be stepped back."""
    done = turn.step.run.steps.filter(order__lt=turn.step.order, state=RunStepState.DONE)
    return list(done.asked())


def reopen(version: Version, turn: Turn, to: RunStep) -> None:
    """Begin again at station `to`: what was said there and since counts no more."""
    run = turn.step.run
    again = run.steps.exclude(state=RunStepState.VOID).filter(order__gte=to.order)
    for step in again.asked():
        planned = Planned(
            step.order, step.duty, step.rule, step.needed, step.days,
            tuple(Asked(seat.person, seat.role, seat.unit) for seat in step.seats.all()),
        )  # fmt: skip
        move(step, "void", RUN_STEP_LIFECYCLE)
        _copy(planned, run)
    _open_next(run, version)


def choices(version: Version) -> dict[Duty, list[User]]:
    """Whom the author may choose at submission: of the first review and the last approval.

    Only where the route asks one of several, and leaves open whom.
    """
    found: dict[Duty, list[User]] = {}
    plan = plan_of(version.document)
    for duty, at in FIRST_OR_LAST.items():
        mine = [step for step in plan if step.duty == duty]
        if mine and mine[at].rule == Rule.ANY:
            people = _all_of(mine[at], version)
            if len(people) > 1 or any(seat.role for seat in mine[at].seats):
                found[duty] = people
    return found


def in_words(step: RunStep) -> str:
    """ "Soát xét: Lê Quốc Bảo, Phạm Thu Trang", for choosing among stations."""
    people = ", ".join(str(seat) for seat in step.seats.all())
    return f"{Duty(step.duty).label}: {people}"


def due_on(version: Version) -> dt.date | None:
    """The nearest due day of the stations that wait now."""
    return min((s.due_on for s in open_steps(version) if s.due_on), default=None)


def waiting_people(version: Version) -> list[User]:
    """Everybody whose turn it is now, their deputies of today included."""
    agency = version.document.agency
    people: dict[int, User] = {}
    for step in open_steps(version):
        said = {d.by_id for d in step.decisions.all()}
        for seat in step.seats.all():
            people |= {p.pk: p for p in people_of(seat, agency) if p.pk not in said}
    deputies = Delegation.objects.current(timezone.localdate()).filter(
        agency=agency, giver__in=people
    )
    people |= {d.deputy_id: d.deputy for d in deputies.select_related("deputy")}
    people.pop(version.author_id, None)
    return sorted(people.values(), key=str)


def _open_next(run: Run, version: Version) -> None:
    """Open the waiting stations of the lowest order; side by side when there are several."""
    waiting = list(run.steps.filter(state=RunStepState.WAITING))
    first = min((step.order for step in waiting), default=0)
    for step in waiting:
        if step.order == first:
            due = timezone.localdate() + dt.timedelta(days=step.days)
            move(step, "open", RUN_STEP_LIFECYCLE, due_on=due)
    forget_steps(version)


def _copy(planned: Planned, run: Run) -> None:
    step = RunStep.objects.create(
        run=run, order=planned.order, duty=planned.duty, rule=planned.rule,
        needed=planned.needed, days=planned.days,
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(step=step, person=s.person, role=s.role, unit=s.unit) for s in planned.seats
    )


def _with_chosen(version: Version, chosen: Mapping[Duty, User | None]) -> list[Planned]:
    """The plan with the persons the author chose among those it asks."""
    plan = plan_of(version.document)
    for duty, person in chosen.items():
        mine = [n for n, step in enumerate(plan) if step.duty == duty]
        if person is None or not mine:
            continue
        n = mine[FIRST_OR_LAST[duty]]
        if person.pk not in {p.pk for p in _all_of(plan[n], version)}:
            raise Unacceptable(
                _("%s không thuộc những người được hỏi ở bước này. Chọn người khác.") % person
            )
        plan[n] = replace(plan[n], rule=Rule.ANY, needed=1, seats=(Asked(person),))
    return plan


def _named(step: Planned, version: Version) -> Planned:
    """Where all must agree, who they are is settled now: those who hold the role today."""
    if step.rule != Rule.ALL:
        return step
    return replace(step, seats=tuple(Asked(person) for person in _all_of(step, version)))


def _require_somebody(step: Planned, version: Version) -> None:
    people = _all_of(step, version)
    wanted = step.needed if step.rule == Rule.SOME else 1
    if len(people) < wanted:
        raise Unacceptable(
            _(
                "Bước %(duty)s cần %(wanted)d người ngoài người soạn thảo, hiện có %(there)d. "
                "Nhờ quản trị cơ quan giao vai trò hoặc sửa tuyến phê duyệt."
            )
            % {
                "duty": Duty(step.duty).label.lower(),
                "wanted": wanted,
                "there": len(people),
            }
        )


def _all_of(step: Planned, version: Version) -> list[User]:
    """Everybody who could decide at the station today; never the author."""
    people: dict[int, User] = {}
    for seat in step.seats:
        people |= {p.pk: p for p in people_of(seat, version.document.agency)}
    people.pop(version.author_id, None)
    return list(people.values())


def people_of(seat: Asked | Seat, agency: Agency) -> list[User]:
    """Those who could sit there today."""
    if seat.person is not None:
        return [seat.person] if agency.pk in seat.person.standing.agencies else []
    return list(holders(agency, Role(seat.role), seat.unit))
