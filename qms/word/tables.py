"""Tables of rich text as Word tables: spans become merged cells."""

from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def add_table(container: Any, node: Any, fill: Callable[[Any, Any], None]) -> None:
    """Append the HTML table `node`; `fill(cell, td)` puts the content in."""
    rows = [row for row in node.iter("tr") if _own(row, node)]
    placed, width = places(rows)
    if not rows or not width:
        return
    table = _new(container, len(rows), width)
    for top, left, down, right, cell in placed:
        target = table.cell(top, left)
        if (down, right) != (1, 1):
            target = target.merge(table.cell(top + down - 1, left + right - 1))
        fill(target, cell)
    if rows[0].getparent().tag == "thead" or all(c.tag == "th" for c in rows[0]):
        _repeat(table.rows[0])


def _own(row: Any, table: Any) -> bool:
    """Whether the row belongs to this table and not to one inside a cell."""
    above = next(row.iterancestors("table"), None)
    return above is table


def places(rows: list[Any]) -> tuple[list[tuple[int, int, int, int, Any]], int]:
    """(row, column, rows covered, columns covered, cell) of every cell, and the table's width."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for top, row in enumerate(rows):
        left = 0
        for cell in row.iterchildren("td", "th"):
            while (top, left) in taken:
                left += 1
            right = _span(cell, "colspan")
            down = min(_span(cell, "rowspan"), len(rows) - top)
            taken |= {(top + r, left + c) for r in range(down) for c in range(right)}
            placed.append((top, left, down, right, cell))
            left += right
    return placed, max((column for _row, column in taken), default=-1) + 1


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, min(int(value), 60)) if value.isdigit() else 1


def _new(container: Any, rows: int, columns: int) -> Any:
    table = container.add_table(rows, columns)
    table.style = "Table Grid"
    return table


def _repeat(row: Any) -> None:
    """Print the head again on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
