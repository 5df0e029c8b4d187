"""When a working time is over: office hours, weekends, public holidays and days worked instead.

The days are data (`data/worktime.json`, with its source); an agency may add its own. How long
something takes is said by `qms.kernel.durations`.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from qms.kernel.refusals import Unacceptable

DATA = Path(__file__).parent / "data" / "worktime.json"
Span = tuple[dt.time, dt.time]


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which people may be off, but nobody has said yet which."""

    first: dt.date
    last: dt.date
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, and during which hours. `years` are those the data speaks of."""

    hours: tuple[Span, ...]
    weekdays: frozenset[int]
    off: frozenset[dt.date]
    worked: frozenset[dt.date]
    gaps: tuple[Gap, ...]
    years: frozenset[int]

    def is_worked(self, day: dt.date) -> bool:
        if day in self.worked:
            return True
        return day.weekday() in self.weekdays and day not in self.off

    def unknown(self, first: dt.date, last: dt.date) -> list[str]:
        """Holidays between two days that are not settled yet, by name; years by number."""
        named = [gap.name for gap in self.gaps if gap.first <= last and first <= gap.last]
        years = range(first.year, last.year + 1)
        return [*named, *(str(year) for year in years if year not in self.years)]


def calendar(
    off: frozenset[dt.date] = frozenset(), worked: frozenset[dt.date] = frozenset()
) -> Calendar:
    """The public calendar with an agency's own days; its own word goes first.

    Days off that an agency enters inside a gap settle that gap.
    """
    public = _public()
    gaps = tuple(g for g in public.gaps if not any(g.first <= day <= g.last for day in off))
    return Calendar(
        hours=public.hours,
        weekdays=public.weekdays,
        off=(public.off | off) - worked,
        worked=(public.worked | worked) - off,
        gaps=gaps,
        years=public.years,
    )


def add_working_time(
    start: dt.datetime, hours: float, *, of: Calendar | None = None
) -> dt.datetime:
    """The moment at which `hours` of working time since `start` are over.

    Time outside office hours does not count; what ends with the office ends that evening,
    not the next morning. Refuses (`Unacceptable`) a time that is none, or beyond the years
    a calendar can speak of.
    """
    left = dt.timedelta(seconds=round(hours * 3600))
    if left <= dt.timedelta(0):
        raise Unacceptable(_("Thời gian phải lớn hơn 0."))
    for begins, ends in _spans(of or calendar(), timezone.localtime(start)):
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    raise Unacceptable(_("Thời gian này dài quá mười năm."))


def _spans(days: Calendar, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Every stretch of office hours from `start` on, ten years long."""
    for n in range(3660):
        day = start.date() + dt.timedelta(days=n)
        if not days.is_worked(day):
            continue
        for opens, closes in days.hours:
            begins = max(dt.datetime.combine(day, opens, start.tzinfo), start)
            ends = dt.datetime.combine(day, closes, start.tzinfo)
            if begins < ends:
                yield begins, ends


@cache
def _public() -> Calendar:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    years = data["years"]
    day, clock = dt.date.fromisoformat, dt.time.fromisoformat
    return Calendar(
        hours=tuple((clock(opens), clock(closes)) for opens, closes in data["hours"]),
        weekdays=frozenset(data["weekdays"]),
        off=frozenset(day(d) for year in years.values() for d in year["off"]),
        worked=frozenset(day(d) for year in years.values() for d in year["worked"]),
        gaps=tuple(
            Gap(day(gap["from"]), day(gap["to"]), gap["name"])
            for year in years.values()
            for gap in year["open"]
        ),
        years=frozenset(int(year) for year in years),
    )
