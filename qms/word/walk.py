"""From the XML of a Word file to a flat list of blocks: paragraphs and tables, as rich text.

Knows Word's XML; knows nothing of procedures. What is struck out by a tracked deletion is
left out; everything else that is printed is kept.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from qms.kernel.text import one_line
from qms.word.blocks import Block, Cell, Paragraph, Table, rich, table_html
from qms.word.numbering import Numbering, W
from qms.word.package import Package
from qms.word.runs import Runs, letters
from qms.word.styles import Element, Look, Style, styles_of, value

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALIGN = {"center": "center", "right": "right", "end": "right", "both": "justify"}
_WRAPS = {f"{W}{tag}" for tag in ("ins", "smartTag", "hyperlink", "fldSimple", "sdt", "sdtContent",
                                  "moveTo", "customXml", "dir", "bdo")}  # fmt: skip
_DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"}
_NOTED = {f"{W}{kind}Reference": kind for kind in ("footnote", "endnote")}
_PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
LEGACY_FONTS = (".vn", "vni-", "vntime", ".tmc")


@dataclass
class Walk:
    """One reading of one part of the file: what it gathers besides the blocks."""

    package: Package
    part: str
    numbering: Numbering
    assets: dict[str, bytes] = field(default_factory=dict)
    warned: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    field_depth: int = 0
    in_instruction: bool = False
    toc: bool = False
    toc_depth: int = 0

    def __post_init__(self) -> None:
        self.relations = self.package.relations(self.part)
        self.styles = styles_of(self.package.xml(self.package.beside("styles.xml")))
        self.noted = {
            kind: _notes(self.package.xml(self.package.beside(f"{kind}s.xml")), kind)
            for kind in ("footnote", "endnote")
        }

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks of a body, cell, header or text box, in printed order."""
        for child in container:
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self.table(child)
            elif child.tag in _WRAPS:
                yield from self.blocks(child)

    def paragraph(self, element: Element) -> Iterator[Block]:
        style = self.styles.get(value(element, "pPr/pStyle"), Style())
        was_toc = self.toc
        runs = Runs()
        boxes: list[Element] = []
        self._inline(element, style, runs, boxes)
        text = one_line(runs.text)
        breaks = tuple(line for part in runs.text.split("\n") if (line := one_line(part)))
        label = self._label(element, style, text)
        if text or runs.html.strip():
            yield Paragraph(
                text=text,
                html=runs.html.strip(),
                label=label,
                bold=runs.all_bold,
                heading=style.heading,
                align=_ALIGN.get(value(element, "pPr/jc") or style.align, ""),
                in_toc=was_toc or self.toc or style.is_toc,
                is_title=style.is_title,
                breaks=breaks if len(breaks) > 1 else (),
            )
        for box in boxes:
            yield from self.blocks(box)
        for note in self.notes:
            yield Paragraph(text=note, html=escape(note))
        self.notes.clear()

    def table(self, element: Element) -> Table:
        """A table with merged cells turned into spans."""
        grid: list[list[list[Any]]] = []
        open_cells: dict[int, list[Any]] = {}
        for row in _rows(element):
            cells: list[list[Any]] = []
            column = _count(row, "trPr/gridBefore", least=0)
            for cell in _cells(row):
                width = _count(cell, "tcPr/gridSpan", least=1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                if continues and column in open_cells:
                    open_cells[column][4] += 1
                else:
                    made = [*self._cell(cell), column, width, 1]
                    # order: lines, html, bold | column | colspan | rowspan
                    entry = [made[0], made[1], made[3], made[4], made[5], made[2]]
                    cells.append(entry)
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = entry
                column += width
            grid.append(cells)
        rows = tuple(
            tuple(Cell(c[0], c[1], c[2], c[3], c[4], c[5]) for c in cells) for cells in grid
        )
        return Table(rows, table_html(rows))

    def _cell(self, cell: Element) -> tuple[tuple[str, ...], str, bool]:
        blocks = list(self.blocks(cell))
        lines = tuple(
            line
            for block in blocks
            for line in (block.lines if isinstance(block, Paragraph) else block.text.split("\n"))
            if line.strip()
        )
        paragraphs = [b for b in blocks if isinstance(b, Paragraph) and b.text]
        bold = bool(paragraphs) and all(b.bold for b in paragraphs)
        return lines, rich(blocks), bold

    def _label(self, element: Element, style: Style, text: str) -> str:
        if not text:
            return ""
        list_id = value(element, "pPr/numPr/numId") or style.list_id
        if not list_id or list_id == "0":
            return ""
        depth = value(element, "pPr/numPr/ilvl") or style.depth
        return self.numbering.label(list_id, int(depth) if depth.isdecimal() else 0).strip()

    def _inline(self, element: Element, style: Style, runs: Runs, boxes: list[Element]) -> None:
        for child in element:
            if child.tag == f"{W}r":
                self._run(child, style, runs, boxes)
            elif child.tag in _WRAPS:
                self._inline(child, style, runs, boxes)

    def _run(self, run: Element, style: Style, runs: Runs, boxes: list[Element]) -> None:
        look = Look.of(run, style)
        self._warn_of_font(run)
        for child in run:
            if child.tag == f"{W}fldChar":
                self._field(child)
            elif child.tag == f"{W}instrText":
                self._instruction(child.text or "")
            elif self.in_instruction:
                continue
            elif child.tag in _DRAWN:
                self._drawn(child, runs, boxes)
            elif child.tag in _NOTED:
                self._note(_NOTED[child.tag], child.get(f"{W}id", ""), runs, look)
            else:
                letters(child, runs, look)

    def _warn_of_font(self, run: Element) -> None:
        font = run.find(f"{W}rPr/{W}rFonts")
        if font is not None and (font.get(f"{W}ascii") or "").lower().startswith(LEGACY_FONTS):
            self.warned.add("legacy_font")

    def _instruction(self, text: str) -> None:
        """Inside a table of contents, lines are its entries until the field ends."""
        if text.strip().upper().startswith("TOC"):
            self.toc, self.toc_depth = True, self.field_depth

    def _field(self, mark: Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self.field_depth += 1
            self.in_instruction = True
        elif kind == "separate":
            self.in_instruction = False
        elif kind == "end":
            if self.toc and self.field_depth == self.toc_depth:
                self.toc = False
            self.field_depth = max(0, self.field_depth - 1)
            self.in_instruction = False

    def _note(self, kind: str, note_id: str, runs: Runs, look: Look) -> None:
        text = self.noted[kind].get(note_id)
        if text:
            runs.add(f"[{note_id}]", look)
            self.notes.append(f"[{note_id}] {text}")

    def _drawn(self, element: Element, runs: Runs, boxes: list[Element]) -> None:
        """Pictures in place; text boxes after the paragraph. Of two drawings of one, the first."""
        if element.tag == f"{MC}AlternateContent":
            chosen = element.find(f"{MC}Choice")
            if chosen is None or next(chosen.iter(f"{W}txbxContent", f"{A}blip"), None) is None:
                fallback = element.find(f"{MC}Fallback")
                chosen = fallback if fallback is not None else chosen
            if chosen is not None:
                self._drawn(chosen, runs, boxes)
            return
        boxes.extend(b for b in element.iter(f"{W}txbxContent") if _drawn_once(b, element))
        for blip in element.iter(f"{A}blip", f"{V}imagedata"):
            if next(blip.iterancestors(f"{W}txbxContent"), None) is None:
                self._picture(blip.get(f"{R}embed") or blip.get(f"{R}id") or "", runs)

    def _picture(self, relation: str, runs: Runs) -> None:
        data = self.package.parts.get(self.relations.get(relation, ""), b"")
        if not any(data.startswith(magic) for magic in _PICTURES):
            self.warned.add("unreadable_image")
            runs.raw("<em>[hình]</em>")
            return
        sha256 = hashlib.sha256(data).hexdigest()
        self.assets[sha256] = data
        runs.raw(f'<img src="asset:{sha256}" alt="">')


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in _WRAPS:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in _WRAPS:
            yield from _cells(child)


def _drawn_once(box: Element, drawing: Element) -> bool:
    """False for a box that is the fallback of one already read, or inside another box."""
    for above in box.iterancestors():
        if above is drawing:
            return True
        if above.tag in {f"{MC}Fallback", f"{W}txbxContent"}:
            return False
    return True


def _count(element: Element, path: str, *, least: int) -> int:
    """A number of columns; `least` when it is none. Word allows at most 63."""
    number = value(element, path)
    return min(max(int(number), least), 63) if number.isdecimal() and len(number) < 9 else least


def _notes(root: Element | None, kind: str) -> dict[str, str]:
    if root is None:
        return {}
    return {
        note.get(f"{W}id", ""): one_line(" ".join(_words(p) for p in note.iter(f"{W}p")))
        for note in root.iter(f"{W}{kind}")
        if note.get(f"{W}type") is None
    }


def _words(paragraph: Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
