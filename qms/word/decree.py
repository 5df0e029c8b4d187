"""Writing a decision as a Word file in the form of Nghị định 30/2020, Phụ lục I."""

import io
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from qms.kernel.decree import Decree
from qms.word.writing import FONT, field

CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
# Of the 165 mm between the margins: the agency's side and the nation's side of the head.
SIDES = (Mm(67), Mm(98))
COLUMNS = (Mm(11), Mm(30), Mm(58), Mm(20), Mm(20), Mm(26))


def decree_docx(decree: Decree) -> bytes:
    """The decision and its annex as an editable .docx; what the PDF says, word for word."""
    document = Document()
    _page(document, decree)
    _masthead(document, decree)
    _body(document, decree)
    _foot(document, decree)
    _annex(document, decree)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: WordDocument, decree: Decree) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTER
    field(number, "PAGE", "2")
    core = document.core_properties
    core.title, core.author = f"{decree.kind} {decree.subject}"[:250], decree.agency_name[:250]
    core.language = "vi-VN"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    normal.font.color.rgb = RGBColor(0, 0, 0)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)


def _masthead(document: WordDocument, decree: Decree) -> None:
    table = _table(document, 2, SIDES)
    agency, nation = table.rows[0].cells
    if decree.parent_name:
        _say(_first(agency), decree.parent_name.upper(), align=CENTER)
    _say(
        _next(agency, bool(decree.parent_name)),
        decree.agency_name.upper(),
        bold=True,
        align=CENTER,
    )
    _stroke(agency, Mm(20))
    _say(_first(nation), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12.5, align=CENTER)
    _say(nation.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", bold=True, align=CENTER)
    _stroke(nation, Mm(20))
    number, day = table.rows[1].cells
    _say(_first(number), f"Số: {decree.number_line}", align=CENTER)
    _say(_first(day), decree.date_line, italic=True, align=CENTER)


def _body(document: WordDocument, decree: Decree) -> None:
    _say(document.add_paragraph(), decree.kind, bold=True, size=14, align=CENTER, space=(20, 0))
    _say(document.add_paragraph(), decree.subject, bold=True, size=14, align=CENTER)
    _stroke(document, Mm(63))
    _say(document.add_paragraph(), decree.issuer, bold=True, align=CENTER, space=(8, 8))
    for line in decree.grounds:
        _say(_indented(document), line, italic=True, align=JUSTIFY, space=(0, 6))
    _say(document.add_paragraph(), "QUYẾT ĐỊNH:", bold=True, align=CENTER, space=(6, 8))
    for n, article in enumerate(decree.articles, 1):
        paragraph = _indented(document)
        _say(paragraph, f"Điều {n}.", bold=True, align=JUSTIFY, space=(0, 6))
        _say(paragraph, f" {article}", align=JUSTIFY, space=(0, 6))
    # The signature never stands alone on a page.
    paragraph.paragraph_format.keep_with_next = True


def _foot(document: WordDocument, decree: Decree) -> None:
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = _table(document, 1, (Mm(82), Mm(83)))
    to, signer = table.rows[0].cells
    _say(_first(to), "Nơi nhận:", bold=True, italic=True, size=12)
    for one in decree.recipients:
        _say(to.add_paragraph(), f"- {one}", size=11)
    for n, line in enumerate(decree.signer):
        _say(_next(signer, n > 0), line, bold=True, size=13.5, align=CENTER)
    for _line in range(4):
        signer.add_paragraph()
    _say(signer.add_paragraph(), decree.signer_name, bold=True, size=13.5, align=CENTER)
    _together(table)


def _annex(document: WordDocument, decree: Decree) -> None:
    """A section of its own, whose pages count from one; its first bears no number."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)
    _say(document.add_paragraph(), "Phụ lục", bold=True, size=14, align=CENTER)
    _say(document.add_paragraph(), decree.annex_title, bold=True, size=14, align=CENTER)
    _say(document.add_paragraph(), decree.annex_line, italic=True, align=CENTER, space=(0, 12))
    table = document.add_table(1, len(decree.head))
    table.style, table.autofit = "Table Grid", False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widths(table, COLUMNS)
    _row(table.rows[0], decree.head, bold=True)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in decree.rows:
        _row(table.add_row(), row, bold=False)


def _row(row: Any, values: tuple[str, ...], *, bold: bool) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for n, (cell, value, width) in enumerate(zip(row.cells, values, COLUMNS, strict=True)):
        cell.width = width
        align = None if n == 2 and not bold else CENTER
        _say(_first(cell), value, bold=bold, size=12, align=align)


def _table(document: WordDocument, rows: int, widths: tuple[Any, ...]) -> Any:
    """A table without lines, as the parts of the head and foot stand side by side."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    _widths(table, widths)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    return table


def _widths(table: Any, widths: tuple[Any, ...]) -> None:
    """Word asks the cells, other programs the grid above them: both are told."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _first(cell: Any) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    return paragraph


def _next(cell: Any, is_another: bool) -> Paragraph:  # noqa: FBT001
    made: Paragraph = cell.add_paragraph() if is_another else cell.paragraphs[0]
    return made


def _indented(document: WordDocument) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Cm(1)
    return paragraph


def _say(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False,
    size: float = 13, align: Any = None, space: tuple[float, float] = (0, 0),
) -> None:  # fmt: skip
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)
    paragraph.alignment = align
    before, after = space
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)


def _stroke(container: Any, indent: Any) -> None:
    """A thin rule below what stands above: the upper border of a line of almost no height."""
    paragraph = container.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = indent
    form.line_spacing = Pt(3)
    paragraph.add_run().font.size = Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _together(table: Any) -> None:
    """Keep a row on one page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
