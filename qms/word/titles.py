"""The title of a document and the agency above it: in the cover table, else as the cover's lines."""

import re
from collections.abc import Iterator

from qms.kernel.text import nfc, one_line
from qms.word import labels
from qms.word.blocks import Block, Paragraph, Table
from qms.word.fields import is_label, label_of

_TYPE = re.compile(r"^(?:tcvn|iso|theo tieu chuan|nd \d)")
# A line in capitals that is an agency, its parent or the national motto, accents and all.
_AGENCIES = (
    "ủy ban", "uỷ ban", "ubnd", "sở ", "phòng ", "chi cục", "cục ", "tổng cục", "bộ ", "ban quản",
    "trung tâm", "văn phòng", "cộng hòa", "cộng hoà", "độc lập", "tỉnh ", "thành phố ", "huyện ",
    "xã ", "phường ", "hội đồng", "ban chỉ đạo",
)  # fmt: skip
_LONGEST, _MOST_LINES = 300, 4


def title_of_table(table: Table, used: set[int]) -> str:
    """The words of a cover that are neither the agency nor a label, a value or a kind.

    A kind in one cell with the title ("QUY TRÌNH" above it) is read as part of the title.
    """
    cells = list(_words(table, used))
    agency_first = bool(cells) and cells[0][0] == 0 and not is_kind(cells[0][1][0])
    rest = cells[1:] if agency_first else cells
    wanted = next((column for column, lines in rest if is_kind(lines[0])), None)
    words = [
        " ".join(_without_standard(lines))
        for column, lines in rest
        if (wanted in (None, column) or not agency_first) and not is_kind(" ".join(lines))
    ]
    return one_line(" ".join(words)) or next(
        (line for _column, lines in rest for line in lines if is_whole_title(line)), ""
    )


def agency_of_table(table: Table, used: set[int]) -> tuple[str, str]:
    """The agency (last line of the left-most words) and what stands above it."""
    for column, lines in _words(table, used):
        if column == 0 and not is_kind(lines[0]):
            return lines[-1], " ".join(lines[:-1])
    return "", ""


def title_of_lines(front: list[Block]) -> tuple[str, str]:
    """The title in a cover of paragraphs, and how it was known; both "" for none."""
    lines = [b for b in front if isinstance(b, Paragraph) and b.text]
    styled = next((b for b in lines if b.is_title and not is_kind(b.text)), None)
    if styled:
        return one_line(styled.text), "style"
    below = _below_kind(front)
    if below:
        return below, "kind"
    for n, block in enumerate(lines):
        if _is_prominent(block) and _may_be_title(block.text):
            form = labels.begins(block.text, labels.FORMS)
            return _run(list(lines[n:])), "form" if form else "heading"
    return "", ""


def _below_kind(front: list[Block]) -> str:
    """What stands below "QUY TRÌNH", or the kind itself where that is all the title there is."""
    for n, block in enumerate(front):
        if not isinstance(block, Paragraph):
            continue
        if is_whole_title(block.text):
            return one_line(block.text)
        following = _run(front[n + 1 :]) if is_kind(block.text) else ""
        if following:
            return following
    return ""


def agency_of_lines(front: list[Block]) -> tuple[str, str]:
    """The agency among the first lines, and what stands above it."""
    lines = []
    for block in front:
        if not isinstance(block, Paragraph) or is_kind(block.text) or is_label(block.text):
            break
        if nfc(block.text).casefold().startswith(_AGENCIES):
            lines.append(one_line(block.text))
    return (lines[-1], " ".join(lines[:-1])) if lines else ("", "")


def is_kind(line: str) -> bool:
    return one_line(labels.flat(line)).strip(" :.") in labels.KINDS


def is_whole_title(line: str) -> bool:
    """Whether the name of a kind is all the title there is."""
    return one_line(labels.flat(line)).strip(" :.") in labels.TITLES


def _run(blocks: list[Block]) -> str:
    """The line that comes first and those that go on like it: one title over several lines."""
    said: list[Paragraph] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or len(said) == _MOST_LINES:
            break
        if not block.text or _TYPE.match(labels.flat(block.text)):
            continue
        if is_label(block.text) or labels.flat(block.text).startswith("muc luc"):
            break
        if said and not _goes_on(said[0], block):
            break
        said.append(block)
    return one_line(" ".join(block.text for block in said))[:_LONGEST]


def _goes_on(first: Paragraph, block: Paragraph) -> bool:
    alike = (first.align, first.bold, first.text.isupper()) == (
        block.align, block.bold, block.text.isupper(),
    )  # fmt: skip
    return alike and first.align == "center" and _is_prominent(block) and _may_be_title(block.text)


def _is_prominent(block: Paragraph) -> bool:
    return block.heading == 1 or (block.bold and len(block.text) > 8) or block.text.isupper()


def _may_be_title(text: str) -> bool:
    folded = labels.flat(text)
    return not (
        is_label(one_line(text))
        or folded.startswith("muc luc")
        or _TYPE.match(folded)
        or labels.code_in(text) == one_line(text)
        or nfc(text).casefold().startswith(_AGENCIES)
        or labels.duty_of(text)
    )


def _words(table: Table, used: set[int]) -> Iterator[tuple[int, list[str]]]:
    """Column and lines of the cells that hold no labelled value."""
    for row in table.rows:
        if row and labels.duty_of(row[0].text):
            continue
        for cell in row:
            lines = [one_line(line) for line in cell.lines if one_line(line)]
            if not lines or id(cell) in used or is_label(lines[0]):
                continue
            yield cell.column, _unlabelled(lines)


def _unlabelled(lines: list[str]) -> list[str]:
    """Lines up to the first label: below it stand values."""
    end = next((n for n, line in enumerate(lines) if is_label(line)), len(lines))
    return lines[:end]


def _without_standard(lines: list[str]) -> list[str]:
    return [line for line in lines if not _TYPE.match(labels.flat(line))]


def labelled(lines: list[str]) -> set[str]:
    """Which labels these lines begin with."""
    return {found[0] for line in lines if (found := label_of(line)) is not None}
