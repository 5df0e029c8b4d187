"""The sheet of amendments: which table it is, and its lines; other tables are left alone."""

import re

from qms.kernel.content import Amendment
from qms.kernel.text import one_line
from qms.word import labels
from qms.word.blocks import Block, Table
from qms.word.found import Found

_AMENDMENT_COLUMNS = (
    ("number", ("lan", "so lan", "issue", "revision", "rev", "version", "ausgabe")),
    ("on", ("ngay", "date", "datum")),
    ("place", ("trang", "phan", "vi tri", "muc", "page", "section", "clause")),
    ("request", ("yeu cau", "co so", "can cu", "ly do", "reason", "request", "basis")),
    (
        "description",
        ("tom luoc", "mo ta", "noi dung", "description", "change", "amendment", "anderung"),
    ),
)
_RUNNING = re.compile(r"(?:s?tt|so tt|no\.?|nr\.?|#)")
_COUNT = re.compile(r"\d{1,3}")
_DATED = re.compile(r"^(?:[a-z]+ )?(?:date|datum)\s*$")


def read_amendments(found: Found, blocks: list[Block]) -> set[int]:
    """The amendment sheet: a table whose head says what was amended and in which number."""
    for block in blocks:
        if not isinstance(block, Table) or not is_amendment_sheet(block):
            continue
        columns = _amendment_columns(block)
        for row in block.rows[1:]:
            values = {columns[c.column]: one_line(c.text) for c in row if c.column in columns}
            if any(values.values()):
                blank = {"request": "", "place": "", "description": "", "number": "", "on": ""}
                found.amendments.append(Amendment(**(blank | values)))
        _doubt_the_cover(found, block, columns)
        return {id(block)} if _all_understood(block, columns) else set()
    return set()


def _doubt_the_cover(found: Found, sheet: Table, columns: dict[int, str]) -> None:
    """A sheet that counts further than the cover: one of them was not kept up to date."""
    head = next((c.text for c in sheet.rows[0] if columns.get(c.column) == "number"), "")
    days = [day for line in found.amendments for day in labels.dates_in(line.on)]
    if found.issued_on and found.issue_no == 1 and days and min(days) < found.issued_on:
        found.doubt("issued_on", "after_amendment")
    counted = [int(n) for line in found.amendments for n in _COUNT.findall(line.number)[-1:]]
    if not counted:
        return
    if re.search(r"sua doi|soat xet|amend", labels.flat(head)):
        if max(counted) > (found.amendment_no or 0):
            found.amendment_no = max(counted)
            found.doubt("amendment_no", "sheet")
    elif found.issue_no is None:
        found.issue_no = max(counted)
        found.doubt("issue_no", "sheet")


def is_amendment_sheet(table: Table) -> bool:
    return bool(table.rows) and {"number", "description"} <= set(
        _amendment_columns(table).values()
    )


def _all_understood(table: Table, columns: dict[int, str]) -> bool:
    """Whether all that the sheet says has gone into its lines, but for a running number."""
    known = set(columns) | {
        cell.column for cell in table.rows[0] if _RUNNING.fullmatch(labels.flat(cell.text).strip())
    }
    return not any(
        cell.lines and (cell.column not in known or cell.colspan > 1)
        for row in table.rows[1:]
        for cell in row
    )


def _amendment_columns(table: Table) -> dict[int, str]:
    head = " ".join(one_line(labels.flat(cell.text)) for cell in table.rows[0])
    if not re.search(r"sua doi|amend|revision|change|anderung", head):
        return {}
    columns: dict[int, str] = {}
    for cell in table.rows[0]:
        text = "date" if _DATED.search(labels.flat(cell.text)) else cell.text
        for name, words in _AMENDMENT_COLUMNS:
            if labels.begins(text, words) and name not in columns.values():
                columns[cell.column] = name
                break
    return columns
