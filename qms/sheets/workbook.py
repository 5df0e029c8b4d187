"""A list as an Excel file: the only room that imports openpyxl. What is listed is said above.

Every text is written as text: a title that begins with "=" stays a title and is never counted.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | dt.date | None
_FACE = "Times New Roman"
_WIDEST, _LONGEST = 60, 32_767
_PLAIN, _BOLD = Font(name=_FACE, size=12), Font(name=_FACE, size=12, bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_FLAT = Alignment(vertical="top", wrap_text=False)


def workbook(
    name: str, above: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> bytes:
    """One sheet: lines above, a head that stays in view, rows. Dates are real dates."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "".join(c for c in name if c not in "[]:*?/\\")[:31] or "1"
    for number, line in enumerate(above, 1):
        _write(sheet, number, [line], bold=True)
    top = len(above) + 1
    _write(sheet, top, head, bold=True)
    # The number is counted here: the library would look through every cell for it each time.
    for number, row in enumerate(rows, top + 1):
        _write(sheet, number, row)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _widen(sheet, len(head), top)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, row: int, values: Sequence[Value], *, bold: bool = False) -> None:
    font = _BOLD if bold else _PLAIN
    alignment = _FLAT if bold and len(values) == 1 else _WRAPPED
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row=row, column=column)
        if isinstance(cell, Cell):
            _put(cell, value)
            cell.font, cell.alignment = font, alignment


def _put(cell: Cell, value: Value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
        cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "DD/MM/YYYY"


def _widen(sheet: Worksheet, columns: int, top: int) -> None:
    for column in range(1, columns + 1):
        texts = (str(sheet.cell(row, column).value or "") for row in range(top, sheet.max_row + 1))
        width = max((len(text) for text in texts), default=8)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, 8), _WIDEST)
