"""The cover of a procedure: code, title, numbers, date, agency; nothing of the body.

Labels are matched folded; their values may stand behind them, in the next line, the next cell
or the cell below.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from qms.kernel.text import one_line
from qms.word import labels
from qms.word.amendments import is_amendment_sheet
from qms.word.blocks import Block, Paragraph, Table
from qms.word.found import Found

_NUMBER = re.compile(r"\d{1,3}")
_PAIR = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")
_RULE = re.compile(r"[_\-.…=]{4,}")


def read_cover(found: Found, front: list[Block], margins: list[Block]) -> Table | None:
    """Fill in code, numbers, date, title and agency; the table that is the cover, if any."""
    fields = Fields()
    cover = next((b for b in front if isinstance(b, Table) and _is_cover(b)), None)
    for block in [*([cover] if cover else []), *front, *margins]:
        fields.read(block)
    found.code = fields.text("code")
    found.issue_no, found.amendment_no = fields.numbers()
    found.issued_on = fields.date("issued") or fields.date("effective")
    if cover:
        found.agency, found.parent_agency = _agency(cover)
        found.title = _title(cover)
    else:
        _heading_of(found, front)
    found.title = found.title or fields.text("title")
    return cover


@dataclass
class Fields:
    """Labelled values in the order in which they were met; the first one wins."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def read(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._lines([one_line(line) for line in block.lines], beside=[])
            return
        for r, row in enumerate(block.rows):
            for c, cell in enumerate(row):
                right = [line for other in row[c + 1 : c + 2] for line in other.lines]
                below = [
                    line
                    for other in (block.rows[r + 1] if r + 1 < len(block.rows) else ())
                    if other.column == cell.column
                    for line in other.lines
                ]
                self._lines([one_line(line) for line in cell.lines], beside=[*right, *below])

    def _lines(self, lines: list[str], *, beside: list[str]) -> None:
        for n, line in enumerate(lines):
            for key, pattern in LABELS:
                value = labels.after(pattern, line)
                if value is None:
                    continue
                following = lines[n + 1 : n + 2] or beside[:1]
                if not value and following and not is_label(following[0]):
                    value = one_line(following[0])
                self.values.setdefault(key, []).append(value)
                break

    def text(self, key: str) -> str:
        for value in self.values.get(key, []):
            cleaned = _RULE.split(value)[0].strip(" .:;–")
            if cleaned:
                return cleaned
        return ""

    def numbers(self) -> tuple[int | None, int | None]:
        """Issue and amendment; "02/01" after a label that names both gives both."""
        for value in self.values.get("both", []):
            pair = _PAIR.search(value)
            if pair:
                return int(pair[1]), int(pair[2])
        return self._number("issue"), self._number("amendment")

    def _number(self, key: str) -> int | None:
        for value in self.values.get(key, []):
            digits = _NUMBER.search(value)
            if digits:
                return int(digits[0])
        return None

    def date(self, key: str) -> dt.date | None:
        for value in self.values.get(key, []):
            dates = labels.dates_in(value)
            if dates:
                return dates[0]
        return None


LABELS = (
    ("both", rf"{labels.ISSUE}\s*/\s*(?:lan )?(?:sua doi|amendment)"),
    ("code", labels.CODE),
    ("issue", labels.ISSUE),
    ("amendment", labels.AMENDMENT),
    ("issued", labels.ISSUED),
    ("effective", labels.EFFECTIVE),
    ("title", labels.TITLE),
    ("page", labels.PAGE),
)


def is_label(line: str) -> bool:
    return any(labels.after(pattern, line) is not None for _key, pattern in LABELS)


def _is_cover(table: Table) -> bool:
    if is_amendment_sheet(table):
        return False
    lines = [one_line(line) for row in table.rows for cell in row for line in cell.lines]
    kinds = {key for line in lines for key, p in LABELS[:6] if labels.after(p, line) is not None}
    return "code" in kinds or len(kinds) >= 2


def _words(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Column and lines of the cells that hold no labelled value."""
    for row in table.rows:
        skip_next = False
        for cell in row:
            lines = [one_line(line) for line in cell.lines if one_line(line)]
            if skip_next:
                skip_next = False
                continue
            if lines and is_label(lines[0]):
                # A label alone in its cell has its value in the next one.
                skip_next = len(lines) == 1 and _empty_label(lines[0])
                continue
            if lines:
                yield cell.column, lines


def _empty_label(line: str) -> bool:
    return any(labels.after(pattern, line) == "" for _key, pattern in LABELS)


def _agency(table: Table) -> tuple[str, str]:
    """The agency (last line of the left-most words) and what stands above it."""
    for column, lines in _words(table):
        if column == 0 and not is_kind(lines[0]):
            return lines[-1], " ".join(lines[:-1])
    return "", ""


def _title(table: Table) -> str:
    """The words of the cover that are neither the agency nor a label nor a kind on its own.

    A kind in one cell with the title ("QUY TRÌNH" above it) is read as part of the title.
    """
    cells = list(_words(table))
    agency_first = bool(cells) and cells[0][0] == 0 and not is_kind(cells[0][1][0])
    rest = cells[1:] if agency_first and len(cells) > 1 else cells
    wanted = next((column for column, lines in rest if is_kind(lines[0])), None)
    words = [
        " ".join(line for line in lines if not labels.flat(line).startswith("tcvn"))
        for column, lines in rest
        if (wanted in (None, column) or not agency_first) and not is_kind(" ".join(lines))
    ]
    return one_line(" ".join(words)) or next(
        (line for _column, lines in rest for line in lines if _is_title(line)), ""
    )


def _is_title(line: str) -> bool:
    """Whether the name of a kind is all the title there is."""
    return one_line(labels.flat(line)).strip(" :.") in labels.TITLES


def is_kind(line: str) -> bool:
    return one_line(labels.flat(line)).strip(" :.") in labels.KINDS


def _heading_of(found: Found, front: list[Block]) -> None:
    """Without a cover table: the heading in capitals or bold is the title."""
    paragraphs = [b for b in front if isinstance(b, Paragraph) and b.text]
    for n, block in enumerate(paragraphs):
        if is_label(one_line(block.text)) or labels.flat(block.text).startswith("muc luc"):
            continue
        if _is_title(block.text):
            found.title = one_line(block.text)
            return
        if is_kind(block.text):
            following = paragraphs[n + 1 : n + 2]
            found.title = one_line(following[0].text) if following else ""
            return
        if block.heading == 1 or (block.bold and len(block.text) > 8) or block.text.isupper():
            found.title = found.title or one_line(block.text)
