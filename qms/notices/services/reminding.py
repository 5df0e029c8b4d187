"""When to remind: by ranges of days, so that a missed round of the clock misses nobody."""

import datetime as dt
from enum import StrEnum


class Stage(StrEnum):
    """Where a piece of work stands against its due day; each stage is told once."""

    SOON = "soon"
    DUE = "due"
    LATE = "late"
    ESCALATED = "escalated"


def stage_of(
    due_on: dt.date, *, today: dt.date, remind_days: int, escalate_days: int
) -> Stage | None:
    """The stage on `today`; None while it is too early to say anything.

    `remind_days` before the day it is soon, on the day due, after it late, and more than
    `escalate_days` after it the next one up must know.
    """
    days = (due_on - today).days
    if days > remind_days:
        return None
    if days > 0:
        return Stage.SOON
    if days == 0:
        return Stage.DUE
    return Stage.LATE if -days <= escalate_days else Stage.ESCALATED
