"""A version's way to its approval as a page shows it: stations, who was asked, who said what."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import RunStepState, VersionState
from documents.models import Decision, Duty, Rule, RunStep, Verdict, Version
from documents.services.content import counts
from documents.services.run import people_of, plan_of
from qms.agencies.models import Agency

S = VersionState
ICONS = {Duty.AUTHOR: "pencil", Duty.REVIEWER: "eye", Duty.APPROVER: "stamp"}
MOST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """One dot of the stepper: name, who and when, whether it is done, now or to come."""

    label: str
    remark: str
    place: str
    icon: str


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the run with its people; `rule` says how many must agree, if not one."""

    label: str
    icon: str
    state: str
    rule: str
    due_on: dt.date | None
    said: list[Decision]
    waiting: list[str]


@dataclass(frozen=True, slots=True)
class Journey:
    """The current run, and what was said in earlier ones and counts no more."""

    stages: list[Stage]
    stations: list[Station]
    author: Decision | None
    earlier: list[Decision]
    broken: list[Decision]

    @property
    def waiting(self) -> list[str]:
        """Who is asked now."""
        return [name for s in self.stations if s.state == RunStepState.OPEN for name in s.waiting]


def journey_of(version: Version, *, hash_now: str) -> Journey:
    """Read in a fixed number of queries. `hash_now` is the hash of what the version says.

    A decision given on another text than the version now shows is `broken`, and said to be.
    """
    decisions = list(version.decisions.select_related("step"))
    running = version.state != S.DRAFT
    current = [d for d in decisions if running and d.round == version.round and counts(d)]
    agency = version.document.agency
    stations = [_station(step, agency) for step in _steps(version)] if running else []
    agreed = [d for d in current if d.verdict == Verdict.AGREED]
    return Journey(
        stages=_stages(version, stations, agreed),
        stations=stations,
        author=next((d for d in agreed if d.duty == Duty.AUTHOR), None),
        earlier=[d for d in decisions if d not in current],
        broken=[d for d in agreed if d.content_hash != hash_now],
    )


def _steps(version: Version) -> list[RunStep]:
    steps = RunStep.objects.filter(run__version=version, run__round=version.round)
    steps = steps.exclude(state=RunStepState.VOID, decisions=None).order_by("order", "pk")
    return [s for s in steps.asked() if s.state != RunStepState.VOID]


def _station(step: RunStep, agency: Agency) -> Station:
    said = list(step.decisions.all())
    names = {d.by_id for d in said} | {d.for_whom_id for d in said}
    seats = [s for s in step.seats.all() if s.person_id is None or s.person_id not in names]
    if step.state == RunStepState.OPEN:  # the names of those who can act, not of their role
        people = {p.pk: str(p) for s in seats for p in people_of(s, agency)}
        waiting = [name for pk, name in people.items() if pk not in names]
    else:
        waiting = [str(s) for s in seats] if step.state == RunStepState.WAITING else []
    return Station(
        label=str(Duty(step.duty).label),
        icon=ICONS[Duty(step.duty)],
        state=step.state,
        rule=_rule(step),
        due_on=step.due_on if step.state == RunStepState.OPEN else None,
        said=said,
        waiting=waiting,
    )


def _rule(step: RunStep) -> str:
    if step.rule == Rule.ALL and step.wanted > 1:
        return _("Cần tất cả %d người đồng ý") % step.wanted
    if step.rule == Rule.SOME:
        return _("Cần ít nhất %d người đồng ý") % step.wanted
    return ""


def _stages(version: Version, stations: list[Station], agreed: list[Decision]) -> list[Stage]:
    """Where the paper is, with whom, since when; only for versions on their way or in force."""
    if version.state == S.DISCARDED:
        return []
    author = next((d for d in agreed if d.duty == Duty.AUTHOR), None)
    rows = [
        (_("Soạn thảo"), _who([author] if author else []) or str(version.author), "pencil"),
        *(_rows(version, stations, agreed)),
        (_("Ban hành"), _day(version.issued_on), "send"),
        (_("Có hiệu lực"), _day(version.effective_on), "circle-check"),
    ]
    reached, last = _reached(version, stations, len(rows)), len(rows) - 1
    return [
        Stage(label, remark, _place(n, reached, last), icon)
        for n, (label, remark, icon) in enumerate(rows)
    ]


def _rows(
    version: Version, stations: list[Station], agreed: list[Decision]
) -> list[tuple[str, str, str]]:
    """One row for each station; of a draft those planned, of a paper that came in signed two."""
    if stations:
        return [(s.label, _who(s.said) or _names(s.waiting), s.icon) for s in stations]
    if version.state == S.DRAFT:
        plan = plan_of(version.document)
        return [(str(Duty(p.duty).label), "", ICONS[Duty(p.duty)]) for p in plan]
    duties = (Duty.REVIEWER, Duty.APPROVER)
    return [
        (str(duty.label), _who([d for d in agreed if d.duty == duty]), ICONS[duty])
        for duty in duties
    ]


def _reached(version: Version, stations: list[Station], rows: int) -> int:
    if version.state == S.DRAFT:
        return 0
    if version.state in (S.IN_REVIEW, S.IN_APPROVAL):
        now = (n for n, s in enumerate(stations, 1) if s.state == RunStepState.OPEN)
        return next(now, 1)
    return rows - 2 if version.state == S.APPROVED else rows - 1


def _place(n: int, reached: int, last: int) -> str:
    if n < reached or reached == last:
        return "done"
    return "now" if n == reached else "todo"


def _who(decisions: list[Decision]) -> str:
    said = [d for d in decisions if d.verdict == Verdict.AGREED]
    return _names([f"{d.by_name} · {timezone.localtime(d.at):%d/%m}" for d in said])


def _names(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return (
        _("%(names)s và %(more)d người khác") % {"names": shown, "more": more}
        if more > 0
        else shown
    )


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
