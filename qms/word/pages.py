"""A paged text, as it comes out of a PDF, as blocks: paragraphs put together, margins set apart.

Its tables are lines like any other: a person is told so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from qms.kernel.text import nfc, one_line
from qms.word import labels
from qms.word.blocks import Block, Paragraph
from qms.word.fields import is_label
from qms.word.found import Found
from qms.word.recognition import recognise_blocks

Line = tuple[str, bool, float]
_ENDED = re.compile(r"[.:;!?…]$")
_BEGINS = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s|[a-zđ][.)]\s|[-–•+*]\s|[IVX]{1,5}[.)]\s|Điều \d|Chương )"
)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d*$")
_CONTENTS = re.compile(r"^(?:muc luc|contents|table of contents|inhalt)")
_DIGITS = re.compile(r"\d+")
# So many lines at the top and bottom of a page may be its header and footer.
_EDGE, _FEWEST_PAGES = 4, 3
# Type so much larger than the usual one is a heading; the title is among the first lines.
_LARGER, _FIRST = 1.12, 25


def recognise_pages(pages: Sequence[Sequence[Line]]) -> Found:
    """What the text says about itself, and all of it but its table of contents."""
    found = Found()
    repeated = _repeated(pages)
    margins: dict[str, Block] = {}
    body: list[Line] = []
    for page in pages:
        listed = _end_of_contents(page)
        for n, (text, bold, size) in enumerate(page):
            at_edge = n < _EDGE or n >= len(page) - _EDGE
            if at_edge and _shape(text) in repeated:
                margins.setdefault(text, _paragraph([(text, bold, size)]))
            elif n > listed:
                body.append((text, bold, size))
    recognise_blocks(found, list(_ranked(_paragraphs(body))), list(margins.values()))
    return found


def _end_of_contents(page: Sequence[Line]) -> int:
    """The last line of a table of contents on a page that holds one; -1 for none."""
    dotted = [n for n, line in enumerate(page) if _LEADER.search(line[0])]
    if len(dotted) < 5 or len(dotted) * 3 < len(page):
        return -1
    return len(page) if len(dotted) * 2 > len(page) else dotted[-1]


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Lines that stand at the edge of at least half of the pages, whatever their numbers."""
    if len(pages) < _FEWEST_PAGES:
        return set()
    seen = Counter(shape for page in pages for shape in {_shape(line[0]) for line in _edges(page)})
    return {shape for shape, times in seen.items() if times * 2 >= len(pages)}


def _edges(page: Sequence[Line]) -> list[Line]:
    return [*page[:_EDGE], *page[_EDGE:][-_EDGE:]]


def _shape(text: str) -> str:
    return _DIGITS.sub("0", one_line(text))


def _ranked(blocks: list[tuple[Paragraph, float]]) -> Iterator[Block]:
    """The blocks with what their size says: the title, and what stands out."""
    sizes: Counter[float] = Counter()
    for block, size in blocks:
        sizes[size] += len(block.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    first = [s for block, s in blocks[:_FIRST] if not _CONTENTS.match(labels.flat(block.text))]
    largest = max(first, default=0.0)
    seen = False
    for block, size in blocks:
        larger = size > _LARGER * usual
        title = larger and not seen and size == largest and len(block.text) > 3
        seen |= title
        yield replace(block, is_title=title, bold=block.bold or larger)


def _paragraphs(lines: list[Line]) -> list[tuple[Paragraph, float]]:
    """Lines that go on from one another as one paragraph, and its size."""
    made: list[list[Line]] = []
    for text, bold, size in lines:
        line = (one_line(text), bold, size)
        if not line[0]:
            continue
        if made and _continues(made[-1][-1], line):
            made[-1].append(line)
        else:
            made.append([line])
    return [(_paragraph(part), part[0][2]) for part in made]


def _continues(before: Line, line: Line) -> bool:
    (last, was_bold, was_size), (text, bold, size) = before, line
    if (bold, size) != (was_bold, was_size) or is_label(text) or is_label(last):
        return False
    if _BEGINS.match(text):
        return False
    if text[0].islower():
        return True
    heading = was_bold or last.isupper() or labels.section_of(last, numbered=False)
    return len(last) > 60 and not heading and not _ENDED.search(last)


def _paragraph(part: list[Line]) -> Paragraph:
    text, bold = one_line(nfc(" ".join(line[0] for line in part))), part[0][1]
    html = escape(text, quote=False)
    return Paragraph(text, f"<strong>{html}</strong>" if bold else html, bold=bold)
