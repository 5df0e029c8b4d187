"""From blocks to a procedure: cover, signatures, amendment sheet, sections 1-7, what is odd.

Written for files never seen before: nothing of the body is dropped, and what was not
understood stands in a section of its own. Each part has a module beside this one.
"""

import re
from collections.abc import Iterator
from html import escape

from qms.kernel.content import Section
from qms.kernel.text import one_line
from qms.word import labels
from qms.word.amendments import read_amendments
from qms.word.blocks import Block, Paragraph, Table, rich
from qms.word.checks import FRONT_WORDS, check
from qms.word.cover import read_cover
from qms.word.fields import is_label, label_of
from qms.word.found import Found
from qms.word.headings import Parts, split
from qms.word.legacy import is_legacy
from qms.word.numbering import Numbering, W
from qms.word.package import Package
from qms.word.richtext import plain_text
from qms.word.signatures import read_roles
from qms.word.titles import is_kind
from qms.word.walk import Walk

_WORD = re.compile(r"\w+")
# The cover stands among the first blocks of a file.
COVER_BLOCKS = 40


def recognise(package: Package) -> Found:
    """Everything a Word file says about itself, and the whole of its body."""
    walk = Walk(package, package.main, Numbering(package.xml(package.beside("numbering.xml"))))
    root = package.xml(package.main)
    body = None if root is None else root.find(f"{W}body")
    blocks = list(walk.blocks(body)) if body is not None else []
    found = Found(assets=walk.assets)
    recognise_blocks(found, blocks, list(_margins(package)), title=_core_title(package))
    for code in [*sorted(walk.warned), *package.foreign()]:
        found.warn(code)
    return found


def recognise_blocks(
    found: Found, blocks: list[Block], margins: list[Block], *, title: str = ""
) -> None:
    """The same, of blocks from wherever; `title` is the one in the file's properties."""
    parts = split(blocks)
    cover = read_cover(found, parts.front[:COVER_BLOCKS], margins)
    used = read_roles(found, parts.front, blocks)
    used |= read_amendments(found, blocks)
    if not found.title and title:
        found.title = title
        found.doubt("title", "properties")
    if found.issue_no is None:
        found.doubt("issue_no", "assumed")
    _sections(found, parts, cover, used)
    check(found, parts.headings, parts.toc, margins)
    if is_legacy("\n".join(block.text for block in blocks)):
        found.warn("legacy_font")
    found.text = "\n".join(f"{s.title}\n{plain_text(s.html)}" for s in found.sections)


def _sections(found: Found, parts: Parts, cover: Table | None, used: set[int]) -> None:
    """The whole body as sections; what stands in front and was not understood comes first."""
    rest: list[Block] = []
    for block in parts.front:
        if cover is not None and block is cover:
            rest += _unread(cover, found)
        elif id(block) not in used and not (
            isinstance(block, Paragraph) and _is_furniture(block, found)
        ):
            rest.append(block)
    if rest:
        found.sections.append(Section("", "Phần đầu", rich(rest)))
    for heading in parts.headings:
        kept = [block for block in heading.blocks if id(block) not in used]
        found.sections.append(Section(heading.number, heading.title, rich(kept)))
    if not parts.headings:
        found.warn("no_sections")


def _unread(cover: Table, found: Found) -> list[Paragraph]:
    """The lines of the cover that say something for which there is no field."""
    lines = (one_line(line) for row in cover.rows for cell in row for line in cell.lines)
    return [
        Paragraph(line, escape(line, quote=False)) for line in lines if not _is_read(line, found)
    ]


def _is_read(line: str, found: Found) -> bool:
    """Whether `line` says nothing but what was read: a label, its value, a kind, the norm."""
    if is_kind(line) or labels.flat(line).startswith("tcvn"):
        return True
    key, value = label_of(line) or ("", line)
    if labels.dates_in(value) == [found.issued_on]:
        return True
    words = set(_WORD.findall(labels.flat(value)))
    if key == "page" and all(word.isdigit() for word in words):
        return True
    numbers = [n for n in (found.issue_no, found.amendment_no) if n is not None]
    said = [found.code, found.title, found.agency, found.parent_agency]
    said += [f"{n:0{width}d}" for n in numbers for width in (1, 2, 3)]
    return words <= set(_WORD.findall(labels.flat(" ".join(said))))


def _is_furniture(block: Paragraph, found: Found) -> bool:
    """Headings of what was read elsewhere: contents, amendment sheet, title, labelled values."""
    line = one_line(block.text)
    text = labels.flat(line).strip(" .:")
    return (
        block.in_toc
        or FRONT_WORDS.fullmatch(text) is not None
        or (bool(found.title) and text == one_line(labels.flat(found.title)))
        or is_kind(block.text)
        or (is_label(line) and _is_read(line, found) and "<img" not in block.html)
    )


def _core_title(package: Package) -> str:
    """The title in the file's properties, for documents whose pages do not say one."""
    core = package.xml("docProps/core.xml")
    title = None if core is None else core.find("{http://purl.org/dc/elements/1.1/}title")
    return "" if title is None else one_line(title.text or "")


def _margins(package: Package) -> Iterator[Block]:
    """What the headers and footers print, each part once."""
    folder = package.main.rsplit("/", 1)[0]
    names = [
        name
        for name in sorted(package.parts)
        if re.fullmatch(rf"{re.escape(folder)}/(?:header|footer)\d*\.xml", name)
    ]
    for name in names:
        walk = Walk(package, name, Numbering(None))
        yield from walk.blocks(package.xml(name))
