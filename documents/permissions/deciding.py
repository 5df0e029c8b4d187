"""Whose turn it is to decide about a version, in his own name or in another's."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from documents.lifecycles import RunStepState
from documents.models import (
    ControlSettings,
    Decision,
    Delegation,
    Duty,
    RunStep,
    RunStepQuerySet,
    Seat,
    Verdict,
    Version,
)
from qms.agencies.models import User


@dataclass(frozen=True, slots=True)
class Turn:
    """A person's place at an open step; `for_whom` when he is there as somebody's deputy."""

    step: RunStep
    seat: Seat
    for_whom: User | None


def open_steps(version: Version) -> list[RunStep]:
    """The stations of the current run that wait now; read once for the life of the object."""
    kept: list[RunStep] | None = version.__dict__.get("_open_steps")
    if kept is None:
        steps = RunStep.objects.open().filter(run__version=version, run__round=version.round)
        kept = list(steps.asked())
        version.__dict__["_open_steps"] = kept
    return kept


def forget_steps(version: Version) -> None:
    """Read the stations anew next time, since they have moved."""
    version.__dict__.pop("_open_steps", None)


def turn_of(user: User, version: Version, duty: Duty) -> Turn | None:
    """Where `user` may decide about `version` in this duty now; None when it is not his turn.

    Never the author, nor anybody in the author's place; nobody twice in one step; nobody who
    reviewed the text approves it where the agency wants three people.
    """
    if user.pk == version.author_id or not _may_take(user, version, duty):
        return None
    agency = version.document.agency_id
    for step in open_steps(version):
        if step.duty != duty or user.pk in {d.by_id for d in step.decisions.all()}:
            continue
        for person in (user, *givers(user, agency)):
            for seat in step.seats.all():
                if person.pk != version.author_id and seat.fits(person, agency):
                    return Turn(step, seat, None if person is user else person)
    return None


def has_reviewed(user: User, version: Version) -> bool:
    """Whether he agreed as a reviewer in this round."""
    return any(
        d.by_id == user.pk and d.duty == Duty.REVIEWER and d.verdict == Verdict.AGREED
        for d in version.decisions.filter(round=version.round)
    )


def givers(user: User, agency_id: int) -> list[User]:
    """The people for whom `user` decides at the agency today; none once he left it himself."""
    kept: list[Delegation] | None = user.__dict__.get("_delegations")
    if kept is None:
        held = Delegation.objects.current(timezone.localdate()).filter(deputy=user)
        kept = list(held.select_related("giver"))
        user.__dict__["_delegations"] = kept
    if agency_id not in user.standing.agencies:
        return []
    return [delegation.giver for delegation in kept if delegation.agency_id == agency_id]


def steps_waiting_for(user: User) -> RunStepQuerySet:
    """The open stations where it is the turn of `user`; as `turn_of`, for many at once."""
    seats = Q(pk__in=[])
    for person, agencies in _actors(user):
        own = Q(person=person, step__run__version__document__agency__in=agencies)
        for agency in agencies:
            held = Q(role__in=person.standing.roles(agency)) & Q(
                step__run__version__document__agency=agency
            )
            own |= held & (Q(unit=None) | Q(unit__in=person.standing.units))
        seats |= own & ~Q(step__run__version__author=person)
    asked = Seat.objects.filter(seats, step__state=RunStepState.OPEN)
    said = Decision.objects.filter(by=user, step=OuterRef("pk"))
    return (
        RunStep.objects.open()
        .filter(pk__in=asked.values("step"))
        .exclude(Exists(said))
        .exclude(run__version__author=user)
    )


def _actors(user: User) -> list[tuple[User, list[int]]]:
    """`user` at his agencies, and those he stands in for at theirs."""
    agencies = list(user.standing.agencies)
    return [(user, agencies)] + [
        (giver, [agency]) for agency in agencies for giver in givers(user, agency)
    ]


def _may_take(user: User, version: Version, duty: Duty) -> bool:
    if duty != Duty.APPROVER or not has_reviewed(user, version):
        return True
    return not ControlSettings.of(version.document.agency).needs_three_people
