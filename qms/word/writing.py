"""Writing a Word file that people go on editing: real styles, contents, header, merged cells.

What is written here, `qms.word.reading` reads back as the same document. Merge fields that
nobody filled are marked, so that none is overlooked. Nothing is ever evaluated.
"""

import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree, html

from qms.kernel.content import Content
from qms.kernel.procedures import printed_sections
from qms.kernel.tokens import TOKEN
from qms.word.lists import count, new_list
from qms.word.tables import add_table

FONT = "Times New Roman"
_OPEN = re.compile(f"({TOKEN.pattern})")
_DUTIES = {"author": "Soạn thảo", "reviewer": "Soát xét", "approver": "Phê duyệt"}
_ALIGN = {
    "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY, "left": WD_ALIGN_PARAGRAPH.LEFT,
}  # fmt: skip
_WIDEST = Cm(16)


def docx(content: Content, *, assets: Mapping[str, bytes] | None = None) -> bytes:
    """`content` as an editable .docx; `assets` are its pictures by SHA-256."""
    document = Document()
    _page(document, content)
    _cover(document, content)
    _contents(document, content)
    _amendments(document, content)
    for section in printed_sections(content):
        heading = f"{section.number}. {section.title}" if section.number else section.title
        _text(document.add_heading(level=1), heading)
        Writer(document, dict(assets or {})).write(section.html)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class Writer:
    """Puts rich text into a Word container (the body or a cell), block after block."""

    def __init__(self, container: Any, assets: dict[str, bytes]) -> None:
        self.container = container
        self.assets = assets

    def write(self, rich: str) -> None:
        nodes: Any = html.fragments_fromstring(rich) if rich.strip() else []
        for node in nodes:
            if isinstance(node, str):
                self._line(node)
            else:
                self._block(node)

    def _line(self, text: str) -> None:
        if text.strip():
            _text(self._paragraph(), " ".join(text.split()))

    def _block(self, node: Any) -> None:
        if node.tag == "table":
            self._table(node)
        elif node.tag in {"ul", "ol"}:
            self._list(node)
        elif node.tag in {"h3", "h4"}:
            self._inline(self._paragraph(f"Heading {int(node.tag[1]) - 1}"), node)
        else:
            paragraph = self._paragraph()
            if node.get("align") in _ALIGN:
                paragraph.alignment = _ALIGN[node.get("align")]
            self._inline(paragraph, node)
        self._line(node.tail or "")

    def _table(self, node: Any) -> None:
        for caption in node.iterchildren("caption"):
            self._inline(self._paragraph(), caption)
        add_table(self.container, node, self._fill_cell)

    def _list(self, node: Any) -> None:
        number = new_list(self.container.part, node) if node.tag == "ol" else None
        for item in node.iterchildren("li"):
            self._item(item, "List Bullet" if number is None else "List Number", number=number)

    def _item(self, item: Any, style: str, *, number: int | None = None) -> None:
        paragraph = self._paragraph(style)
        if number is not None:
            count(paragraph, number)
        self._inline(paragraph, item, skip={"ul", "ol", "table"})
        for inner in item.iterchildren("ul", "ol", "table"):
            self._block(inner)

    def _fill_cell(self, cell: Any, node: Any) -> None:
        """The content of a table cell; its first, empty paragraph is used up."""
        inner = Writer(cell, self.assets)
        blocks = {"p", "ul", "ol", "table", "h3", "h4", "blockquote"}
        if any(child.tag in blocks for child in node):
            inner._line(node.text or "")
            for child in node:
                inner._block(child)
        else:
            inner._inline(inner._paragraph(), node)
        first = cell.paragraphs[0]
        if not first.runs and len(cell.paragraphs) > 1:
            first._p.getparent().remove(first._p)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(2)
            if node.tag == "th":
                for run in paragraph.runs:
                    run.bold = True
            if paragraph.alignment is None and node.get("align") in _ALIGN:
                paragraph.alignment = _ALIGN[node.get("align")]

    def _paragraph(self, style: str | None = None) -> Paragraph:
        made: Paragraph = self.container.add_paragraph(style=style)
        return made

    def _inline(
        self, paragraph: Paragraph, node: Any, *, skip: frozenset[str] | set[str] = frozenset()
    ) -> None:
        self._runs(paragraph, node, frozenset(), skip)

    def _runs(self, paragraph: Paragraph, node: Any, look: frozenset[str], skip: Any) -> None:
        _text(paragraph, _spaced(node.text), look)
        for child in node:
            if child.tag in skip:
                continue
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag == "img":
                self._picture(paragraph, child)
            else:
                if child.tag == "p" and paragraph.text.strip():
                    paragraph.add_run().add_break()
                self._runs(paragraph, child, look | {child.tag}, skip)
            _text(paragraph, _spaced(child.tail), look)

    def _picture(self, paragraph: Paragraph, node: Any) -> None:
        data = self.assets.get(node.get("src", "").removeprefix("asset:"))
        if data is None:
            return
        try:
            picture = paragraph.add_run().add_picture(io.BytesIO(data))
        except Exception:  # noqa: BLE001  # a picture Word's library cannot measure is left out
            _text(paragraph, "[hình]")
            return
        if picture.width > _WIDEST:
            picture.height = Length(picture.height * _WIDEST // picture.width)
            picture.width = _WIDEST


def _text(paragraph: Paragraph, text: str, look: frozenset[str] = frozenset()) -> None:
    """Add `text` with the look of its tags; what is still open in it gets a marker's colour."""
    for part in _OPEN.split(text):
        if not part:
            continue
        run = paragraph.add_run(part)
        run.bold = True if "strong" in look else None
        run.italic = True if "em" in look else None
        run.underline = True if "u" in look else None
        run.font.strike = True if "s" in look else None
        if "sup" in look:  # either one set to None takes the other away
            run.font.superscript = True
        elif "sub" in look:
            run.font.subscript = True
        if _OPEN.fullmatch(part):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _page(document: WordDocument, content: Content) -> None:
    """A4, margins and type of Nghị định 30/2020, header table with page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    section.different_first_page_header_footer = True
    core = document.core_properties
    core.title, core.author, core.language = (
        content.title[:250],
        content.agency_name[:250],
        "vi-VN",
    )
    for name, size in (("Normal", 13), ("Heading 1", 13), ("Heading 2", 13), ("Heading 3", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        style.font.bold = name != "Normal"
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    _header(section.header, content)


def _header(header: Any, content: Content) -> None:
    table = header.add_table(1, 3, Cm(16.5))
    table.style = "Table Grid"
    agency, title, numbers = table.rows[0].cells
    _fill(agency, [content.agency_name])
    _fill(title, [content.title])
    _fill(numbers, [
        f"Mã hiệu: {content.code}", f"Lần ban hành: {content.issue_no:02d}",
        f"Ngày ban hành: {_day(content.issued_on)}",
    ])  # fmt: skip
    page = numbers.add_paragraph("Trang: ")
    field(page, "PAGE", "1")
    page.add_run("/")
    field(page, "NUMPAGES", "1")


def _cover(document: WordDocument, content: Content) -> None:
    table = document.add_table(3, 3)
    table.style = "Table Grid"
    agency = table.cell(0, 0).merge(table.cell(2, 0))
    title = table.cell(0, 1).merge(table.cell(2, 1))
    _fill(agency, [line for line in (content.parent_name, content.agency_name) if line])
    _fill(title, [content.title])
    _fill(table.cell(0, 2), [f"Mã hiệu: {content.code}"])
    issue = [f"Lần ban hành: {content.issue_no:02d}"]
    if content.amendment_no:
        issue.append(f"Lần sửa đổi: {content.amendment_no:02d}")
    _fill(table.cell(1, 2), issue)
    _fill(table.cell(2, 2), [f"Ngày ban hành: {_day(content.issued_on)}"])
    document.add_paragraph()
    _signatures(document, content)


def _signatures(document: WordDocument, content: Content) -> None:
    by_duty = {one.duty: one for one in content.signatories}
    table = document.add_table(4, 4)
    table.style = "Table Grid"
    for row, label in enumerate(("Trách nhiệm", "Họ tên", "Chữ ký", "Chức vụ")):
        _fill(table.cell(row, 0), [label])
    for column, (duty, label) in enumerate(_DUTIES.items(), 1):
        _fill(table.cell(0, column), [label])
        one = by_duty.get(duty)
        _fill(table.cell(1, column), [one.name if one else ""])
        _fill(table.cell(3, column), [one.position if one else ""])


def _contents(document: WordDocument, content: Content) -> None:
    """A real table of contents, with typed entries that show until Word updates it."""
    document.add_page_break()
    _text(document.add_paragraph(), "MỤC LỤC", frozenset({"strong"}))
    document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    entries = [
        f"{s.number}. {s.title}" if s.number else s.title for s in printed_sections(content)
    ] or [" "]
    first = document.add_paragraph()
    _mark(first, "begin")
    _instruction(first, ' TOC \\o "1-1" \\h \\z \\u ')
    _mark(first, "separate")
    first.add_run(entries[0])
    paragraph = first
    for entry in entries[1:]:
        paragraph = document.add_paragraph(entry)
    _mark(paragraph, "end")


def _amendments(document: WordDocument, content: Content) -> None:
    _text(document.add_paragraph(), "SỬA ĐỔI TÀI LIỆU", frozenset({"strong"}))
    document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    head = ("Yêu cầu sửa đổi, bổ sung", "Trang, phần liên quan", "Mô tả nội dung sửa đổi",
            "Lần ban hành, lần sửa đổi", "Ngày ban hành, sửa đổi")  # fmt: skip
    table = document.add_table(1, 5)
    table.style = "Table Grid"
    for cell, label in zip(table.rows[0].cells, head, strict=True):
        _fill(cell, [label])
    for line in content.amendments:
        values = (line.request, line.place, line.description, line.number, line.on)
        for cell, value in zip(table.add_row().cells, values, strict=True):
            _fill(cell, [value])
    if not content.amendments:
        table.add_row()
    document.add_page_break()


def _fill(cell: Any, lines: list[str]) -> None:
    for n, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _text(paragraph, line)


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "……"


def field(paragraph: Paragraph, name: str, shown: str) -> None:
    """A field such as PAGE, with the text that stands until Word works it out."""
    _mark(paragraph, "begin")
    _instruction(paragraph, f" {name} ")
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Paragraph, text: str) -> None:
    element: etree._Element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = text
    paragraph.add_run()._r.append(element)
