"""How the pieces of a Word page come in: tables, lists, letters, notes, boxes, pictures."""

import hashlib
import io

import pytest
from docx import Document

from qms.word.reading import read
from tests.qms.word import files

TEXT_BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
    'markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
    "<w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def last(data):
    """The rich text of section 7, behind its own paragraph."""
    html = read(data, name="t.docx").sections[-1].html
    return html.removeprefix("<p>Đoạn văn thứ 7 của quy trình.</p>")


def built(body):
    return last(files.procedure(body=body))


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_merged_cells_keep_their_spans():
    def body(document):
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Ngang"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Dọc"
        table.cell(1, 1).merge(table.cell(2, 2)).text = "Khối"
        table.cell(0, 2).text = "Lẻ"

    assert built(body) == (
        '<table><tbody><tr><td colspan="2"><p>Ngang</p></td><td><p>Lẻ</p></td></tr>'
        '<tr><td rowspan="2"><p>Dọc</p></td><td colspan="2" rowspan="2"><p>Khối</p></td></tr>'
        "<tr></tr></tbody></table>"
    )


def test_a_bold_first_row_is_the_head_of_its_table():
    def body(document):
        files.grid(document, [("a", "b"), ("1", "2")])
        for cell in document.tables[-1].rows[0].cells:
            cell.paragraphs[0].runs[0].bold = True

    assert built(body).startswith("<table><thead><tr><th><p><strong>a</strong></p></th>")


def test_a_table_in_a_cell_stays_in_its_cell():
    def body(document):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "ngoài"
        cell.add_table(1, 1).cell(0, 0).text = "trong"

    assert built(body) == (
        "<table><tbody><tr><td><p>ngoài</p><table><tbody><tr><td><p>trong</p></td></tr>"
        "</tbody></table></td></tr></tbody></table>"
    )


def test_bullets_become_one_list_and_printed_numbers_stay_as_printed():
    def body(document):
        for text in ("một", "hai"):
            document.add_paragraph(text, style="List Bullet")
        for text in ("ba", "bốn"):
            document.add_paragraph(text, style="List Number")

    assert built(body) == "<ul><li>một</li><li>hai</li></ul><p>1. ba</p><p>2. bốn</p>"


@pytest.mark.parametrize(("look", "tag"), [
    ("<w:b/>", "strong"), ("<w:i/>", "em"), ('<w:u w:val="single"/>', "u"), ("<w:strike/>", "s"),
    ('<w:vertAlign w:val="superscript"/>', "sup"), ('<w:vertAlign w:val="subscript"/>', "sub"),
])  # fmt: skip
def test_a_way_of_setting_letters_is_kept(look, tag):
    xml = f"<w:p>{run('m')}{run('2', look)}</w:p>"
    assert last(files.in_body(xml)) == f"<p>m<{tag}>2</{tag}></p>"


def test_a_way_of_setting_that_is_switched_off_is_none():
    look = '<w:b w:val="0"/><w:i w:val="false"/><w:u w:val="none"/>'
    assert last(files.in_body(f"<w:p>{run('chữ', look)}</w:p>")) == "<p>chữ</p>"


@pytest.mark.parametrize(
    ("jc", "align"), [("center", "center"), ("right", "right"), ("both", "justify"), ("end", "right")]
)  # fmt: skip
def test_the_alignment_of_a_paragraph_is_kept(jc, align):
    xml = f'<w:p><w:pPr><w:jc w:val="{jc}"/></w:pPr>{run("chữ")}</w:p>'
    assert last(files.in_body(xml)) == f'<p align="{align}">chữ</p>'


def test_letters_that_mean_something_in_html_are_only_letters():
    data = built(lambda d: d.add_paragraph('1 < 2 & "x" <script>alert(1)</script> đồng ₫ → ≥'))
    assert data == (
        '<p>1 &lt; 2 &amp; "x" &lt;script&gt;alert(1)&lt;/script&gt; đồng ₫ → ≥</p>'
    )  # fmt: skip


def test_words_inserted_in_tracked_changes_are_kept_and_deleted_ones_left_out():
    xml = f"<w:p><w:ins>{run('mới')}</w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>"
    assert last(files.in_body(xml)) == "<p>mới</p>"


@pytest.mark.parametrize("wrap", [
    "w:hyperlink", "w:smartTag", "w:fldSimple", "w:customXml", "w:moveTo", "w:sdt><w:sdtContent",
])  # fmt: skip
def test_words_wrapped_in_something_are_kept_in_place(wrap):
    end = "".join(f"</{one}>" for one in reversed(wrap.split("><")))
    xml = f"<w:p>{run('trước ')}<{wrap}>{run('giữa')}{end}{run(' sau')}</w:p>"
    assert last(files.in_body(xml)) == "<p>trước giữa sau</p>"


def test_a_link_that_would_run_a_script_comes_in_as_its_words():
    xml = f'<w:p><w:hyperlink r:id="rId99">{run("bấm")}</w:hyperlink></w:p>'.replace(
        "<w:p>",
        '<w:p xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    )
    data = files.changed(
        files.in_body(xml), "word/_rels/document.xml.rels", "</Relationships>",
        '<Relationship Id="rId99" Type="x" Target="javascript:alert(1)" TargetMode="External"/>'
        "</Relationships>",
    )  # fmt: skip
    assert last(data) == "<p>bấm</p>"


def test_a_text_box_is_read_once_after_its_paragraph():
    assert last(files.in_body(TEXT_BOX)) == "<p>Trong khung</p>"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_behind_the_paragraph_that_refers_to_it(kind):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = files.in_body(f'<w:p>{run("Xem")}<w:r><w:{kind}Reference w:id="2"/></w:r></w:p>')
    note = f'<w:{kind}s {w}><w:{kind} w:id="2"><w:p>{run("Điều 5.")}</w:p></w:{kind}></w:{kind}s>'
    data = files.packed(files.parts(data) | {f"word/{kind}s.xml": note.encode()})
    assert last(data) == "<p>Xem[2]</p><p>[2] Điều 5.</p>"


def test_a_picture_is_kept_under_its_hash_where_it_stands():
    def body(document):
        document.add_paragraph("Sơ đồ: ").add_run().add_picture(io.BytesIO(files.png()))

    reading = read(files.procedure(body=body), name="t.docx")
    sha256 = hashlib.sha256(files.png()).hexdigest()
    assert reading.assets == {sha256: files.png()}
    assert reading.sections[-1].html.endswith(f'<p>Sơ đồ: <img src="asset:{sha256}" alt=""></p>')


def test_a_picture_nobody_can_show_is_said_in_words_and_warned_of():
    def body(document):
        document.add_picture(io.BytesIO(files.png()))

    contents = files.parts(files.procedure(body=body))
    contents["word/media/image1.png"] = b"\x01\x00\x00\x00EMF"
    reading = read(files.packed(contents), name="t.docx")
    assert reading.sections[-1].html.endswith("<p><em>[hình]</em></p>")
    assert [w.code for w in reading.warnings] == ["unreadable_image"]


def test_legacy_fonts_are_warned_of():
    xml = f"""<w:p>{run("chữ", '<w:rFonts w:ascii=".VnTime"/>')}</w:p>"""
    reading = read(files.in_body(xml), name="t.docx")
    assert [w.code for w in reading.warnings] == ["legacy_font"]


def test_lines_broken_inside_a_paragraph_stay_broken():
    assert built(lambda d: d.add_paragraph("trên\ndưới")) == "<p>trên<br>dưới</p>"


def test_a_generated_table_of_contents_is_not_text():
    document = Document(io.BytesIO(files.procedure()))
    first = document.paragraphs[0].insert_paragraph_before("1. MỤC ĐÍCH\t2", style="Normal")
    first.style = document.styles.add_style("toc 1", 1)
    reading = read(files.saved(document), name="t.docx")
    assert [s.number for s in reading.sections] == list("1234567")
    assert "toc_lacks" in {w.code for w in reading.warnings}
