"""Finding the tables whose words are too wide for the paper, before the layout begins."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

# A line of a table holds about this many letters of 12 points; a cell's frame takes some.
LETTERS, FRAME = 74.0, 1.5
_BLOCKS = frozenset({"p", "li", "br", "h3", "h4", "div", "tr", "td", "th"})


def mark_tight(tree: Any) -> None:
    """Give the class `tight` to every table whose longest words do not fit side by side.

    In those, and only in those, a word may be broken anywhere rather than run off the paper.
    """
    for table in tree.iter("table"):
        if sum(_columns(table).values()) > LETTERS:
            table.set("class", f"{table.get('class', '')} tight".strip())


def _columns(table: Any) -> dict[int, float]:
    """What each column needs at least; a cell over several columns shares among them."""
    needs: dict[int, float] = defaultdict(float)
    for row in table.iter("tr"):
        at = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            span = _span(cell.get("colspan", "1"))
            for column in range(at, at + span):
                needs[column] = max(needs[column], _longest(cell) / span + FRAME)
            at += span
    return needs


def _span(said: str) -> int:
    return min(max(int(said), 1), 100) if said.isascii() and said.isdecimal() else 1


def _longest(cell: Any) -> int:
    return max((len(word) for word in "".join(_texts(cell)).split()), default=0)


def _texts(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        apart = " " if child.tag in _BLOCKS else ""
        yield apart
        yield from _texts(child)
        yield apart + (child.tail or "")
