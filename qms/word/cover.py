"""The cover of a procedure: code, title, numbers, date, agency; nothing of the body.

Each field is looked for on the cover first, then in the headers and footers; what was not
found under its label on the cover is told as a doubt (`qms.word.doubts`).
"""

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


def read_cover(found: Found, front: list[Block], margins: list[Block]) -> Table | None:
    """Fill in code, numbers, date, title and agency; the table that is the cover, if any."""
    cover = next((b for b in front if isinstance(b, Table) and _is_cover(b)), None)
    on_cover, in_margins = Fields(), Fields()
    for block in [*([cover] if cover else []), *front]:
        on_cover.read(block)
    for block in margins:
        in_margins.read(block)
    _code(found, on_cover, in_margins, front, margins)
    _numbers(found, on_cover, in_margins)
    _date(found, on_cover, in_margins)
    _agency(found, cover, front, on_cover)
    _title(found, cover, front, margins, on_cover)
    return cover


def _code(
    found: Found, on_cover: Fields, in_margins: Fields, front: list[Block], margins: list[Block]
) -> None:
    found.code = on_cover.text("code")
    other = in_margins.text("code")
    if found.code:
        if other and code_key(other) != code_key(found.code):
            found.doubt("code", "contradicts")
        return
    for code, how in (
        (other, "header"),
        (on_cover.text("act"), "act"),
        (_bare_code([*margins, *front]), "unlabelled"),
    ):
        if code:
            found.code = code
            found.doubt("code", how)
            return


def _numbers(found: Found, on_cover: Fields, in_margins: Fields) -> None:
    found.issue_no, found.amendment_no = on_cover.numbers()
    issue, amendment = in_margins.numbers()
    if found.issue_no is None and issue is not None:
        found.issue_no = issue
        found.doubt("issue_no", "header")
    if found.amendment_no is None and amendment is not None:
        found.amendment_no = amendment
        found.doubt("amendment_no", "header")


def _date(found: Found, on_cover: Fields, in_margins: Fields) -> None:
    found.issued_on = on_cover.date("issued", "placed")
    if found.issued_on:
        begins = on_cover.date("effective")
        if begins and begins < found.issued_on:
            found.doubt("issued_on", "before_issue")
        return
    for day, how in (
        (on_cover.date("effective"), "effective"),
        (in_margins.date("issued", "effective"), "header"),
    ):
        if day:
            found.issued_on = day
            found.doubt("issued_on", how)
            return


def _agency(found: Found, cover: Table | None, front: list[Block], fields: Fields) -> None:
    if cover:
        found.agency, found.parent_agency = agency_of_table(cover, fields.used)
    if not found.agency:
        found.agency, found.parent_agency = agency_of_lines(front)


def _title(
    found: Found, cover: Table | None, front: list[Block], margins: list[Block], fields: Fields
) -> None:
    if cover:
        found.title = title_of_table(cover, fields.used)
    found.title = found.title or fields.text("title")
    if found.title:
        return
    found.title, how = title_of_lines(front)
    if found.title and how != "heading":
        return
    for table in margins:
        if isinstance(table, Table) and _is_cover(table):
            inside = Fields()
            inside.read(table)
            title = title_of_table(table, inside.used)
            if title:
                found.title = title
                found.doubt("title", "header")
                return
    if found.title:
        found.doubt("title", "heading")


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
