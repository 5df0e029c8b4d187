"""Reading the step table of a procedure: "TT | Trình tự | Trách nhiệm | Thời gian | Kết quả".

Only what stands in rich text that was read before; what is made of it is for others to say.
"""

import re
from dataclasses import dataclass
from typing import Any

from lxml import html as markup

from qms.kernel.durations import Duration, Unit, parse
from qms.kernel.text import fold, one_line
from qms.word.tables import places

_COLUMNS = {
    "name": re.compile(r"trinh tu|cac buoc|noi dung cong viec|buoc thuc hien"),
    "responsible": re.compile(r"trach nhiem|nguoi thuc hien|don vi thuc hien"),
    "time": re.compile(r"thoi gian|thoi han"),
    "result": re.compile(r"bieu mau|ket qua|san pham|ho so"),
}
# "Tổng hợp", "tổng kết" are work to be done.
_TOTAL = re.compile(r"^tong(?!\s+(?:hop|ket))\b")
_WHOLE = re.compile(r"(?:thoi gian|thoi han) (?:xu ly|giai quyet)")


@dataclass(frozen=True, slots=True)
class FoundStep:
    """One row. `time` is None where the row says none; `unsure` says what was not clear."""

    name: str
    responsible: str
    result: str
    time: Duration | None
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class FoundSteps:
    """The rows of a step table, and the total where a row or a line of the text says one."""

    steps: tuple[FoundStep, ...]
    total: Duration | None


def step_table(html: str) -> FoundSteps | None:
    """The first step table in `html`; None when there is none."""
    if "<table" not in html:
        return None
    root = markup.fragment_fromstring(html, create_parent="div")
    for table in root.iter("table"):
        grid = _grid(table)
        for at, row in enumerate(grid[:3]):
            columns = _columns(row)
            if {"name", "responsible", "time"} <= set(columns):
                return _rows(grid[at + 1 :], columns, row[columns["time"]][1])
    return None


def total_in(text: str) -> Duration | None:
    """The whole time as a line of the text says it: "Thời gian xử lý: 03 ngày làm việc"."""
    for line in text.splitlines():
        if _WHOLE.search(fold(line)) and ":" in line and (found := parse(line.split(":", 1)[1])):
            return found
    return None


Grid = list[dict[int, tuple[Any, str]]]


def _grid(table: Any) -> Grid:
    """Row by row, column → (cell, its words); a cell over several rows stands in each."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    placed, _width = places(rows)
    grid: Grid = [{} for _row in rows]
    for top, left, down, right, cell in placed:
        words = one_line(" ".join(cell.itertext()))
        for row in range(top, top + down):
            for column in range(left, left + right):
                grid[row][column] = (cell, words)
    return grid


def _columns(row: dict[int, tuple[Any, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, (_cell, words) in sorted(row.items()):
        said = fold(words)
        for name, pattern in _COLUMNS.items():
            if name not in found and pattern.search(said):
                found[name] = column
                break
    return found


def _rows(grid: Grid, columns: dict[str, int], head: str) -> FoundSteps:
    unit = Unit.HOUR if "gio" in fold(head) else Unit.DAY
    stated = re.search(r"\((?:gio|ngay)|gio lam viec|ngay lam viec", fold(head)) is not None
    steps, total, seen = [], None, set()
    for row in grid:
        said = {name: row.get(column, (None, "")) for name, column in columns.items()}
        name, responsible = said["name"][1], said["responsible"][1]
        cell, time = said["time"]
        if _TOTAL.match(fold(name)) or _TOTAL.match(fold(row.get(0, (None, ""))[1])):
            total = parse(time, unit)
            continue
        if not name and not responsible:
            continue
        shared = id(cell) in seen  # the time of several steps stands once, at the first of them
        seen.add(id(cell))
        duration = None if shared else parse(time, unit)
        result = said.get("result", (None, ""))[1]
        steps.append(
            FoundStep(name, responsible, result, duration, _doubt(time, duration, shared, stated))
        )
    return FoundSteps(tuple(steps), total)


def _doubt(time: str, duration: Duration | None, shared: bool, stated: bool) -> str:  # noqa: FBT001  # four facts of one cell
    if shared or not time:
        return ""
    if duration is None:
        return time
    return "" if stated or re.search(r"[^\W\d_]{3}", time) else time
