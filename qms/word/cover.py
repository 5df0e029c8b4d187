"""The cover of a procedure: code, title, numbers, date, agency; nothing of the body.

Each field is looked for on the cover first, then in the headers and footers; what was not
found under its label on the cover is told as a doubt (`qms.word.doubts`).
"""

from dataclasses import dataclass, field

from qms.kernel.text import code_key, one_line
from qms.word import labels
from qms.word.amendments import is_amendment_sheet
from qms.word.blocks import Block, Paragraph, Table
from qms.word.fields import TELLING, Fields, is_label
from qms.word.found import Found
from qms.word.titles import (
    agency_of_lines,
    agency_of_table,
    labelled,
    title_of_lines,
    title_of_table,
)


@dataclass
class Front:
    """What is looked through: the cover table if any, what stands in front, the margins."""

    blocks: list[Block]
    margins: list[Block]
    table: Table | None = None
    on_cover: Fields = field(default_factory=Fields)
    in_margins: Fields = field(default_factory=Fields)

    def __post_init__(self) -> None:
        tables = (b for b in self.blocks if isinstance(b, Table) and _is_cover(b))
        self.table = next(tables, None)
        for block in [*([self.table] if self.table else []), *self.blocks]:
            self.on_cover.read(block)
        for block in self.margins:
            self.in_margins.read(block)


def read_cover(found: Found, front: list[Block], margins: list[Block]) -> Table | None:
    """Fill in code, numbers, date, title and agency; the table that is the cover, if any."""
    seen = Front(front, margins)
    _code(found, seen)
    _numbers(found, seen)
    _date(found, seen)
    _agency(found, seen)
    _title(found, seen)
    return seen.table


def _code(found: Found, seen: Front) -> None:
    found.code = seen.on_cover.text("code")
    other = seen.in_margins.text("code")
    if found.code:
        if other and code_key(other) != code_key(found.code):
            found.doubt("code", "contradicts")
        return
    for code, how in (
        (other, "header"),
        (seen.on_cover.text("act"), "act"),
        (_bare_code([*seen.margins, *seen.blocks]), "unlabelled"),
    ):
        if code:
            found.code = code
            found.doubt("code", how)
            return


def _numbers(found: Found, seen: Front) -> None:
    found.issue_no, found.amendment_no = seen.on_cover.numbers()
    issue, amendment = seen.in_margins.numbers()
    if found.issue_no is None and issue is not None:
        found.issue_no = issue
        found.doubt("issue_no", "header")
    if found.amendment_no is None and amendment is not None:
        found.amendment_no = amendment
        found.doubt("amendment_no", "header")


def _date(found: Found, seen: Front) -> None:
    begins = seen.on_cover.date("effective")
    found.issued_on = seen.on_cover.date("issued", "placed")
    if found.issued_on:
        if begins and begins < found.issued_on:
            found.doubt("issued_on", "before_issue")
        return
    for day, how in (
        (begins, "effective"),
        (seen.in_margins.date("issued", "effective"), "header"),
    ):
        if day:
            found.issued_on = day
            found.doubt("issued_on", how)
            return


def _agency(found: Found, seen: Front) -> None:
    if seen.table:
        found.agency, found.parent_agency = agency_of_table(seen.table, seen.on_cover.used)
    if not found.agency:
        found.agency, found.parent_agency = agency_of_lines(seen.blocks)


def _title(found: Found, seen: Front) -> None:
    if seen.table:
        found.title = title_of_table(seen.table, seen.on_cover.used)
    found.title = found.title or seen.on_cover.text("title")
    if found.title:
        return
    found.title, how = title_of_lines(seen.blocks)
    if found.title and how != "heading":
        return
    in_margins = _title_of_margins(seen.margins)
    if in_margins:
        found.title = in_margins
        found.doubt("title", "header")
    elif found.title:
        found.doubt("title", "heading")


def _title_of_margins(margins: list[Block]) -> str:
    """A table in the page header that is laid out like a cover."""
    for table in margins:
        if isinstance(table, Table) and _is_cover(table):
            inside = Fields()
            inside.read(table)
            title = title_of_table(table, inside.used)
            if title:
                return title
    return ""


def _is_cover(table: Table) -> bool:
    if is_amendment_sheet(table):
        return False
    lines = [one_line(line) for row in table.rows for cell in row for line in cell.lines]
    kinds = labelled(lines) & set(TELLING)
    return "code" in kinds or len(kinds) >= 2


def _bare_code(blocks: list[Block]) -> str:
    """A code that stands alone, without any label: in a corner of the page, or as a cell."""
    for block in blocks:
        lines = (
            block.lines
            if isinstance(block, Paragraph)
            else [line for row in block.rows for cell in row for line in cell.lines]
        )
        for line in lines:
            text = one_line(line)
            if not is_label(text) and labels.code_in(text) == text:
                return text
    return ""
