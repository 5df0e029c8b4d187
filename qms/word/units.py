"""Rich text cut into the units that can be merged, and put together again letter for letter.

A unit is a paragraph, a heading, or a whole list or table; a list is cut further into its
items, a table into its rows. Joining the units gives back the very text they were cut from.
"""

import re
from collections.abc import Iterator

from qms.kernel.text import fold, nfc
from qms.word.richtext import plain_text

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(/?)>")
_VOID = frozenset({"br", "img"})
_SPACE = re.compile(r"(?:\s|&nbsp;|\u00a0)+")
_CELL = re.compile(r"<t[dh]\b")


def units(html: str) -> list[str]:
    """The outermost elements of `html`; loose text between them is a unit of its own."""
    return [unit for unit in _cut(html, 0, len(html)) if unit.strip()]


def parts(unit: str) -> list[str]:
    """A list as its tags and items, a table as its tags and rows; anything else alone."""
    opened = _TAG.match(unit)
    if opened is None or opened[2] not in {"ul", "ol", "table"}:
        return [unit]
    closed = unit.rfind("</")
    inside = unit[opened.end() : closed]
    found = [opened[0]]
    for one in units(inside):
        groups = _TAG.match(one)
        if groups and groups[2] in {"thead", "tbody", "tfoot"}:
            end = one.rfind("</")
            found += [groups[0], *units(one[groups.end() : end]), one[end:]]
        else:
            found.append(one)
    return [*found, unit[closed:]]


def is_whole(html: str) -> bool:
    """Whether every element that begins in `html` ends in it, in order."""
    depth: list[str] = []
    for closing, tag, alone in _TAG.findall(html):
        if tag in _VOID or alone:
            continue
        if not closing:
            depth.append(tag)
        elif not depth or depth.pop() != tag:
            return False
    return not depth


def widths(table: str) -> set[int]:
    """The numbers of cells that the rows of a table have."""
    return {len(_CELL.findall(row)) for row in parts(table) if row.startswith("<tr")}


def same_key(html: str) -> str:
    """What two units share that differ only in blanks, NFC and ways of closing a tag."""
    text = nfc(html).replace("<br/>", "<br>").replace("<br />", "<br>")
    return _SPACE.sub(" ", text).replace("> ", ">").replace(" <", "<").strip()


def words(html: str) -> str:
    """What a unit says, folded; a bare tag says its name."""
    return fold(plain_text(html)) or html


def _cut(html: str, start: int, end: int) -> Iterator[str]:
    depth, at = 0, start
    for tag in _TAG.finditer(html, start, end):
        if tag[2] in _VOID or tag[3]:
            continue
        if not tag[1]:
            if depth == 0 and tag.start() > at:
                yield html[at : tag.start()]
                at = tag.start()
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0:
                yield html[at : tag.end()]
                at = tag.end()
    if at < end:
        yield html[at:end]
