"""Reminders go by ranges of days: a round of the clock that was missed misses nobody."""

import datetime as dt

import pytest

from qms.notices.services import Stage, stage_of

DUE = dt.date(2026, 12, 10)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (7, None),
        (8, Stage.SOON),
        (9, Stage.SOON),
        (10, Stage.DUE),
        (11, Stage.LATE),
        (13, Stage.LATE),
        (14, Stage.ESCALATED),
        (31, Stage.ESCALATED),
    ],
)
def test_every_day_has_its_stage(day, stage):
    today = dt.date(2026, 12, day)

    assert stage_of(DUE, today=today, remind_days=2, escalate_days=3) == stage
