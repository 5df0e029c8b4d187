"""A register as it leaves the house: one set of groups and rows, as Excel and as A4 landscape."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from qms.agencies.models import Agency
from qms.kernel.refusals import Unacceptable
from qms.paper.render import pdf
from qms.sheets.workbook import Value, workbook

# A row costs 9 ms of layout: more would take the paper room longer than the minute it is given.
MOST_ON_PAPER = 3000


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    heading: str
    rows: list[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register on one day. Always Vietnamese, since it is a record of the agency.

    `widths` are percent of the paper for each column. `chosen` says in words how the list was
    narrowed, so that a part is never taken for the whole.
    """

    title: str
    form: str
    day: dt.date
    head: tuple[str, ...]
    widths: tuple[int, ...]
    groups: list[Group]
    agency: Agency | None
    chosen: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def name(self) -> str:
        return f"{self.title.capitalize()} {self.day:%Y-%m-%d}"


def xlsx_of(sheet: Sheet) -> bytes:
    above = [
        sheet.title, f"Có hiệu lực ngày {sheet.day:%d/%m/%Y}", *sheet.chosen,
    ]  # fmt: skip
    return workbook(sheet.title.capitalize(), above, ("TT", *sheet.head), _lines(sheet))


def pdf_of(sheet: Sheet) -> bytes:
    """Refuses a list too long for paper."""
    if sheet.count > MOST_ON_PAPER:
        raise Unacceptable(
            _("Danh mục có %(count)d dòng, bản PDF chỉ in được %(most)d. Lọc bớt hoặc tải Excel.")
            % {"count": sheet.count, "most": MOST_ON_PAPER}
        )
    groups = []
    number = 0
    for group in sheet.groups:
        rows = []
        for row in group.rows:
            number += 1
            rows.append((str(number), *(_shown(value) for value in row)))
        groups.append((group.heading, rows))
    parent = sheet.agency.parent if sheet.agency else None
    context = {
        "sheet": sheet, "groups": groups, "printed_on": timezone.localdate(),
        "agency_name": sheet.agency.name_on(sheet.day) if sheet.agency else "",
        "parent_name": parent.name_on(sheet.day) if parent else "",
        "columns": len(sheet.head) + 1,
    }  # fmt: skip
    return pdf("paper/register.html", context)


def _lines(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    number = 0
    for group in sheet.groups:
        if group.heading:
            yield ("", group.heading)
        for row in group.rows:
            number += 1
            yield (number, *row)


def _shown(value: Value) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
