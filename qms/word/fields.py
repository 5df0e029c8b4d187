"""Labelled values of a document ("Mã hiệu: QT-01"), wherever they stand, and where that was.

Labels are matched folded; their values may stand behind them, in the next line, the next cell
or the cell below.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import chain

from qms.kernel.text import one_line
from qms.word import labels
from qms.word.blocks import Block, Cell, Paragraph

_NUMBER = re.compile(r"\d{1,3}")
_PAIR = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")
_RULE = re.compile(r"[_\-.…=]{4,}")
_PLACED = re.compile(r"^[^\d:]{2,40}, ?(ngay \d{1,2} thang \d{1,2} nam \d{4})")
_ACT = re.compile(r"^so ?: ?(\d{1,5}[a-z]?/[\w./-]{2,30})$")
# What several labels stand for on one line: "Lần BH: 01 - Ngày BH: 02/5/2024".
_SEVERAL = re.compile(r"\s*[;|]\s*|\s+[-–]\s+(?=\D)|\t+")
LABELS = (
    ("both", rf"{labels.ISSUE}\s*/\s*(?:lan )?(?:sua doi|sd|amendment|revision)"),
    ("code", labels.CODE),
    ("issued", labels.ISSUED),
    ("effective", labels.EFFECTIVE),
    ("issue", labels.ISSUE),
    ("amendment", labels.AMENDMENT),
    ("revision", labels.REVISION),
    ("title", labels.TITLE),
    ("page", labels.PAGE),
)
# Labels of which a cover has at least one; the others also stand elsewhere.
TELLING = ("both", "code", "issued", "effective", "issue", "amendment", "revision")


def label_of(line: str) -> tuple[str, str] | None:
    """Which label `line` begins with, and what follows it; None for no label."""
    for key, pattern in LABELS:
        value = labels.after(pattern, line)
        if value is not None:
            return key, value
    return None


def is_label(line: str) -> bool:
    return label_of(line) is not None


@dataclass
class Fields:
    """Labelled values in the order in which they were met; the first one wins.

    `used` are the cells that were read as values of a label in another cell.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def read(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._lines([one_line(line) for line in block.lines], beside=[])
            return
        for r, row in enumerate(block.rows):
            below = block.rows[r + 1] if r + 1 < len(block.rows) else ()
            for c, cell in enumerate(row):
                under = [other for other in below if other.column == cell.column]
                self._lines(
                    [one_line(line) for line in cell.lines], beside=[*row[c + 1 : c + 2], *under]
                )

    def _lines(self, lines: list[str], *, beside: list[Cell]) -> None:
        lines = list(chain.from_iterable(_apart(line) for line in lines))
        for n, line in enumerate(lines):
            self._unlabelled(line)
            found = label_of(line)
            if found is None:
                continue
            key, value = found
            if not value:
                value = self._following(lines[n + 1 : n + 2], beside)
            self.values.setdefault(key, []).append(value)

    def _following(self, lines: list[str], beside: list[Cell]) -> str:
        """The value of a label that stands alone: the next line, else the cell beside or below."""
        if lines:
            return "" if is_label(lines[0]) else one_line(lines[0])
        for cell in beside:
            first = one_line(cell.lines[0]) if cell.lines else ""
            if first and not is_label(first):
                self.used.add(id(cell))
                return first
        return ""

    def _unlabelled(self, line: str) -> None:
        """What needs no label: the number of an act, the place and day it was signed."""
        folded = labels.flat(line).strip()
        act, placed = _ACT.match(folded), _PLACED.match(folded)
        if act:
            self.values.setdefault("act", []).append(line.strip()[act.start(1) : act.end(1)])
        if placed:
            self.values.setdefault("placed", []).append(placed[1])

    def text(self, key: str) -> str:
        for value in self.values.get(key, []):
            cleaned = _RULE.split(value)[0].strip(" .:;–")
            if cleaned:
                return cleaned
        return ""

    def numbers(self) -> tuple[int | None, int | None]:
        """Issue and amendment; "02/01" after a label that names both gives both.

        "Revision" is the amendment beside an issue number, and the issue number without one.
        """
        for value in self.values.get("both", []):
            pair = _PAIR.search(value)
            if pair:
                return int(pair[1]), int(pair[2])
        issue, amendment = self._number("issue"), self._number("amendment")
        revision = self._number("revision")
        if issue is None:
            return revision, amendment
        return issue, amendment if amendment is not None else revision

    def _number(self, key: str) -> int | None:
        for value in self.values.get(key, []):
            digits = _NUMBER.search(value)
            if digits:
                return int(digits[0])
        return None

    def date(self, *keys: str) -> dt.date | None:
        for value in chain.from_iterable(self.values.get(key, []) for key in keys):
            dates = labels.dates_in(value)
            if dates:
                return dates[0]
        return None


def _apart(line: str) -> list[str]:
    """A line that holds several labels, one a piece; other lines as they are."""
    pieces = [piece for piece in _SEVERAL.split(line) if piece]
    labelled = sum(is_label(piece) for piece in pieces)
    return pieces if labelled > 1 else [line]
