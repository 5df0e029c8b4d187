"""When working time is over: evenings, weekends, holidays and days worked instead."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from qms.agencies.worktime import DATA, add_working_time, calendar
from qms.kernel.durations import HOURS_A_DAY
from qms.kernel.refusals import Unacceptable


def at(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.strptime(text, "%d/%m/%Y %H:%M"))  # noqa: DTZ007


@pytest.mark.parametrize(("start", "hours", "end"), [
    ("04/11/2026 08:00", 2, "04/11/2026 10:00"),
    ("04/11/2026 10:00", 2, "04/11/2026 14:00"),  # over noon
    ("04/11/2026 06:00", 8, "04/11/2026 17:30"),  # ends with the office, not the next morning
    ("04/11/2026 16:30", 2, "05/11/2026 08:30"),
    ("06/11/2026 16:30", 8, "09/11/2026 16:30"),  # over a weekend
    ("07/11/2026 09:00", 4, "09/11/2026 11:30"),  # taken in on a Saturday
    ("13/02/2026 15:30", 8, "23/02/2026 15:30"),  # over Tết
    ("31/12/2025 15:30", 4, "05/01/2026 09:30"),  # 2 January was moved to a Saturday
    ("09/01/2026 15:30", 4, "10/01/2026 09:30"),  # and that Saturday is worked
    ("24/04/2026 13:30", 8, "28/04/2026 11:30"),  # Giỗ Tổ on a Sunday is made up for on Monday
])  # fmt: skip
def test_working_time_counts_office_hours_only(start, hours, end):
    assert add_working_time(at(start), hours) == at(end)


def test_a_moment_of_another_clock_is_read_on_ours():
    start = dt.datetime(2026, 11, 4, 1, 0, tzinfo=dt.UTC)
    assert add_working_time(start, 1) == at("04/11/2026 09:00")


@pytest.mark.parametrize("hours", [0, -1, 10**6])
def test_a_time_that_is_none_or_never_ends_is_refused(hours):
    with pytest.raises(Unacceptable):
        add_working_time(at("04/11/2026 08:00"), hours)


def test_an_agency_adds_its_own_days_and_its_word_goes_first():
    own = calendar(off=frozenset({dt.date(2026, 11, 5)}), worked=frozenset({dt.date(2026, 11, 7)}))

    assert add_working_time(at("04/11/2026 16:30"), 2, of=own) == at("06/11/2026 08:30")
    assert add_working_time(at("06/11/2026 16:30"), 2, of=own) == at("07/11/2026 08:30")


def test_what_nobody_announced_yet_is_named_until_the_agency_enters_it():
    first, last = dt.date(2027, 1, 25), dt.date(2027, 2, 20)
    assert calendar().unknown(first, last) == ["Tết Nguyên đán 2027"]
    assert calendar(off=frozenset({dt.date(2027, 2, 5)})).unknown(first, last) == []
    assert calendar().unknown(dt.date(2031, 1, 1), dt.date(2031, 1, 2)) == ["2031"]


def test_the_data_agrees_with_itself():
    data = json.loads(DATA.read_text(encoding="utf-8"))
    assert data["source"]
    for number, year in data["years"].items():
        off = [dt.date.fromisoformat(day) for day in year["off"]]
        worked = [dt.date.fromisoformat(day) for day in year["worked"]]
        assert {day.year for day in (*off, *worked)} <= {int(number)}
        assert all(day.weekday() < 5 for day in off)
        assert all(day.weekday() >= 5 for day in worked)
    spans = [[dt.datetime.strptime(x, "%H:%M") for x in span] for span in data["hours"]]  # noqa: DTZ007
    assert sum((b - a).seconds for a, b in spans) == HOURS_A_DAY * 3600
