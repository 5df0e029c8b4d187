"""Where the parts of a document begin, when no style says so.

A heading of a part is a short paragraph that is numbered, bold or in capitals, and either
continues the count or names one of the seven standard parts, in their order.
"""

import re
from dataclasses import dataclass, field
from typing import Protocol

from qms.kernel.text import one_line
from qms.word import labels
from qms.word.blocks import Block, Paragraph, Table
from qms.word.numbering import BULLET

_TYPED = re.compile(
    r"^\s*(?P<n>\d{1,2}|[IVX]{1,5})\s*[.)\-–:]?\s+(?=\D)|^\s*(?P<m>\d{1,2})[.)](?=\D)"
)
_SUB = re.compile(r"^\s*\d{1,2}\s*\.\s*\d")
_AUTO = re.compile(r"^(?P<n>\d{1,2}|[IVX]{1,5})[.):]?$")
_ANNEX = re.compile(r"^(?:phu luc|bieu mau so|mau so|bm[\s.\-]?\d|mau \d|annex|appendix|anhang)")
_TOC = re.compile(r"^(?:muc luc|table of contents|contents|inhalt(?:sverzeichnis)?)$")
_LEADER = re.compile(r"[\s.…_]+\d{1,3}$")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
          "XI": 11, "XII": 12}  # fmt: skip
_CHAPTER = re.compile(r"^(?:chuong|chapter|kapitel) (?P<n>[ivx]{1,5}|\d{1,2})\b(?!\.\d)")
_ARTICLE = re.compile(r"^dieu (?P<n>\d{1,3})\s*\.")
LONGEST = 160


@dataclass
class Heading:
    """One part: number, title, which standard part it is ("" for none), content.

    `misnumbered` is the number printed when an earlier part had it already.
    """

    number: str
    title: str
    standard: str
    misnumbered: str = ""
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Parts:
    """A document cut at its headings: what stands before, typed contents, the parts."""

    front: list[Block] = field(default_factory=list)
    toc: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


class Finder(Protocol):
    """How a block is known to be a heading, given what came before it."""

    def __call__(
        self, block: Block, *, expected: int, last: str, styled: bool
    ) -> Heading | None: ...


def split(blocks: list[Block]) -> Parts:
    """Cut `blocks` into front matter and parts; every block ends up in exactly one place.

    A typed table of contents looks like the headings themselves: its lines are kept apart,
    as `toc`, and do not count as content.
    """
    parts, body = _take_toc(blocks)
    chapters = _chapters(body)
    if chapters:
        return _named(_cut(parts, body, chapters))
    parts = _cut(parts, body, _heading)
    if "1" in {heading.number for heading in parts.headings}:
        return parts
    for finder in (_level(body), _counted):  # nothing of the usual: what else counts from 1?
        other = _cut(Parts(toc=parts.toc), body, finder) if finder else Parts()
        counted = [heading.number for heading in other.headings if heading.number]
        if counted[:1] == ["1"] and len(counted) > 1:
            return other
    return parts


def _cut(parts: Parts, body: list[Block], heading_of: Finder) -> Parts:
    styled = _styled_at(body, 1)
    expected, last, current = 1, "", None
    for block in body:
        heading = heading_of(block, expected=expected, last=last, styled=styled)
        if heading is not None:
            _renumber(heading, parts.headings)
            current = heading
            parts.headings.append(heading)
            last = heading.standard or last
            if heading.number.isdigit():
                expected = int(heading.number) + 1
        elif current is None:
            parts.front.append(block)
        else:
            current.blocks.append(block)
    return parts


def _styled_at(body: list[Block], level: int) -> bool:
    return sum(isinstance(b, Paragraph) and b.heading == level for b in body) >= 3


def _named(parts: Parts) -> Parts:
    """A chapter takes its name from the line below its number."""
    for heading in parts.headings:
        first = heading.blocks[0] if heading.blocks else None
        bare = _CHAPTER.sub("", labels.flat(heading.title)).strip(" .:") == ""
        if bare and isinstance(first, Paragraph) and (first.bold or first.text.isupper()):
            heading.title = _clean(f"{heading.title}. {first.text}")[:300]
            heading.blocks.pop(0)
    return parts


def _renumber(heading: Heading, before: list[Heading]) -> None:
    """A number that is used twice gives way to the one that its title stands for."""
    if heading.number and heading.standard and heading.number in {h.number for h in before}:
        heading.misnumbered, heading.number = heading.number, heading.standard


def _take_toc(blocks: list[Block]) -> tuple[Parts, list[Block]]:
    """Move the lines of a table of contents aside."""
    parts = Parts()
    body: list[Block] = []
    seen: set[str] = set()
    inside = False
    for block in blocks:
        if not isinstance(block, Paragraph):
            inside = False
            body.append(block)
            continue
        text = one_line(labels.flat(block.text)).strip(" .:")
        if _TOC.match(text):
            inside = True
            body.append(block)
        elif block.in_toc:
            inside = False  # the field itself says where it ends
            parts.toc.append(one_line(block.printed))
        elif inside and _is_entry(block, text, seen):
            seen |= _entry_keys(text, first=not seen)
            parts.toc.append(one_line(block.printed))
        else:
            inside = False
            body.append(block)
    return parts, body


def _is_entry(block: Paragraph, text: str, seen: set[str]) -> bool:
    """A line of the contents: short, and not one that was listed already (then the body began)."""
    return len(text) <= LONGEST and block.label != BULLET and not seen & {text, _part(text)}


def _entry_keys(text: str, *, first: bool) -> set[str]:
    """How the heading listed by this line may look: without its page number, otherwise worded.

    Only the first line is known by its standard part, too: where that comes again, the text
    begins, however differently it is worded there.
    """
    return {text, _LEADER.sub("", text), _part(text) if first else ""} - {""}


def _part(text: str) -> str:
    """A mark for the standard part whose whole name `text` is; "" for none."""
    title = text if _SUB.match(text) else _TYPED.sub("", _LEADER.sub("", text))
    standard = labels.section_of(title, numbered=False)
    return f"part {standard}" if standard else ""


def _heading(block: Block, *, expected: int, last: str, styled: bool) -> Heading | None:
    if isinstance(block, Table) or not block.text or len(block.text) > LONGEST:
        return None
    number, title = _number(block)
    if styled:
        return _styled(block, number, title)
    if last == "7" or expected > 7:
        annex = _annex(block)
        if annex is not None:
            return annex
    if number is None:
        return _unnumbered(block, title, last=last)
    return _numbered(block, number, title, expected=expected, last=last)


def _level(body: list[Block]) -> Finder | None:
    """Where the highest heading in use is not Word's first (that one is the title)."""
    level = next((n for n in range(2, 5) if _styled_at(body, n)), None)
    if level is None:
        return None

    def of(block: Block, *, expected: int, last: str, styled: bool) -> Heading | None:
        if isinstance(block, Table) or block.heading != level:
            return None
        number, title = _number(block)
        return Heading("" if number is None else str(number), _clean(title or block.text), "")

    return of


def _counted(block: Block, *, expected: int, last: str, styled: bool) -> Heading | None:
    """The next number before a prominent line, whatever its words."""
    if isinstance(block, Table) or not block.text or len(block.text) > LONGEST:
        return None
    number, title = _number(block)
    prominent = block.bold or title.isupper() or block.heading == 1
    if number == expected and prominent and not last:
        return Heading(str(number), _clean(title), "")
    return None


def _chapters(body: list[Block]) -> Finder | None:
    """For an act in chapters (or, without them, articles): where each begins."""
    lines = [labels.flat(b.printed) for b in body if isinstance(b, Paragraph)]
    for pattern in (_CHAPTER, _ARTICLE):
        if sum(pattern.match(line) is not None for line in lines) >= 2:
            return lambda block, **_state: _unit(block, pattern)
    return None


def _unit(block: Block, pattern: re.Pattern[str]) -> Heading | None:
    if isinstance(block, Table) or len(block.text) > LONGEST:
        return None
    match = pattern.match(labels.flat(block.printed))
    if match is None:
        return None
    return Heading("", _clean(block.printed), "")


def _unnumbered(block: Paragraph, title: str, *, last: str) -> Heading | None:
    """A well-known heading standing alone, prominent, and after the parts before it."""
    standard = labels.section_of(title, numbered=False)
    if standard > last and (block.bold or block.text.isupper()):
        return Heading(standard, _clean(title), standard)
    return None


def _numbered(
    block: Paragraph, number: int, title: str, *, expected: int, last: str
) -> Heading | None:
    """The next number, or a number before the name of a later standard part."""
    prominent = block.bold or title.isupper() or block.heading == 1
    standard = labels.section_of(title, numbered=True)
    if standard > last and (prominent or number == expected):
        return Heading(str(number), _clean(title), standard)
    in_count = number == expected and (bool(last) or title.isupper() or block.heading == 1)
    return Heading(str(number), _clean(title), "") if prominent and in_count else None


def _styled(block: Paragraph, number: int | None, title: str) -> Heading | None:
    """In a document with heading styles, only those count."""
    if block.heading != 1:
        return None
    standard = labels.section_of(title, numbered=True)
    return Heading("" if number is None else str(number), _clean(title), standard)


def _annex(block: Paragraph) -> Heading | None:
    text = labels.flat(block.text).strip()
    if _ANNEX.match(text) and (block.bold or block.text.isupper() or block.align == "center"):
        return Heading("", _clean(block.text), "")
    return None


def _number(block: Paragraph) -> tuple[int | None, str]:
    """The number of a first-level heading, typed or automatic, and the words after it."""
    if block.label and block.label != BULLET:
        match = _AUTO.match(block.label)
        return (_value(match["n"]), block.text) if match else (None, "")
    if _SUB.match(block.text):
        return None, ""
    match = _TYPED.match(block.text)
    if match is None:
        return None, block.text
    return _value(match["n"] or match["m"]), block.text[match.end() :]


def _value(digits: str) -> int | None:
    return int(digits) if digits.isdigit() else _ROMAN.get(digits)


def _clean(title: str) -> str:
    return one_line(title).strip(" .:;")
