"""Working time as people type it: "04 giờ", "1/2 ngày", "0,5 ngày làm việc". Pure text, no calendar.

When such a time is over is said by `qms.agencies.worktime`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qms.kernel.text import fold

# A working day, wherever days and hours are put against each other.
HOURS_A_DAY = 8
DAY = HOURS_A_DAY * 60
# Ten years of working days: more is a slip of the keyboard.
LONGEST = 2500 * DAY

_MINUTES = {"phut": 1, "gio": 60, "h": 60, "buoi": DAY // 2, "ngay": DAY}
_HALVES = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⁄": "/"})
_NUMBER = r"(\d{1,4}\s+\d{1,2}\s*/\s*\d{1,2}|\d{1,2}\s*/\s*\d{1,2}|\d{1,4}(?:[.,]\d{1,3})?)"
_TIMED = re.compile(_NUMBER + r"\s*\(?(?:gio|h|ngay|phut|buoi)\b")
_UNIT = re.compile(r"(gio|h|ngay|phut|buoi)\b")
_BARE = re.compile(_NUMBER)
_MINUS = re.compile(r"(?:^|\s)[-–]\s*\d")
_ASIDE = re.compile(r"\([^()]*\)")


class Unit(StrEnum):
    """In which unit a time is said; it is counted in minutes all the same."""

    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Duration:
    """So much working time. `minutes` counts, `unit` says how it is written."""

    minutes: int
    unit: Unit

    def __str__(self) -> str:
        return in_words(self.minutes, self.unit)


def parse(text: str, bare: Unit | None = None) -> Duration | None:
    """The time that `text` says; None when it says none, or more than one.

    A number without a unit counts in `bare`, when that is given. What stands in brackets
    repeats the same in other words and is left out.
    """
    said = fold(_ASIDE.sub(" ", text.translate(_HALVES)))
    if _MINUS.search(said):
        return None
    if bare is not None and (found := _BARE.fullmatch(said)):
        return _made(_value(found[1]), DAY if bare == Unit.DAY else 60, bare)
    minutes, units = Fraction(0), set()
    for found in _TIMED.finditer(said):
        unit = _UNIT.search(found[0], found.end(1) - found.start())
        value = _value(found[1])
        if unit is None or value is None:
            return None
        units.add(unit[1])
        minutes += value * _MINUTES[unit[1]]
    if not units or re.search(r"\d", _TIMED.sub("", said)):
        return None
    return _made(minutes, 1, Unit.DAY if units & {"ngay", "buoi"} else Unit.HOUR)


def in_words(minutes: int, unit: str) -> str:
    """ "0,5 ngày làm việc", "4 giờ làm việc"; in minutes when nothing rounder says it."""
    for size, word in ((DAY, "ngày"), (60, "giờ")):
        if (size == DAY and unit != Unit.DAY) or minutes * 100 % size:
            continue
        number = f"{minutes / size:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        return f"{number} {word} làm việc"
    return f"{minutes} phút làm việc"


def _value(text: str) -> Fraction | None:
    """A number with a fraction or a decimal comma; None where it divides by nothing."""
    whole, _space, part = text.strip().rpartition(" ") if "/" in text else ("", "", text)
    part = part.replace(",", ".").replace(" ", "")
    if "/" in part and int(part.split("/")[1]) == 0:
        return None
    return Fraction(whole.strip() or 0) + Fraction(part)


def _made(value: Fraction | None, size: int, unit: Unit) -> Duration | None:
    minutes = None if value is None else value * size
    if minutes is None or minutes.denominator != 1 or not 0 < minutes <= LONGEST:
        return None
    return Duration(int(minutes), unit)
