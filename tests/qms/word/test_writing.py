"""What is written as Word: it opens, it reads back the same, and nobody overlooks a gap."""

import dataclasses
import datetime as dt
import hashlib
import io
import unicodedata
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from qms.kernel.content import Amendment, Content, Section, Signatory
from qms.word.reading import read
from qms.word.writing import docx
from tests.qms.word import files

SHA256 = hashlib.sha256(files.png()).hexdigest()
PICTURE = f'<img src="asset:{SHA256}" alt="">'
TITLES = ("Mục đích", "Phạm vi áp dụng", "Tài liệu viện dẫn", "Định nghĩa, viết tắt",
          "Nội dung quy trình", "Biểu mẫu", "Hồ sơ cần lưu")  # fmt: skip
TEXTS = {
    "letters": "<p>m<sup>2</sup>, H<sub>2</sub>O, <strong>đậm </strong><strong><em>cả hai</em></strong></p>",
    "under and through": "<p><u>gạch chân</u> <s>gạch bỏ</s></p>",
    "special letters": "<p>1 &lt; 2 &amp; 3 &gt; 2 “Hoà” Hòa ₫ → ≥ ½ 🙂</p>",
    "aligned": '<p align="center">giữa</p><p align="right">phải</p><p align="justify">đều</p>',
    "a list": "<ul><li>một</li><li><strong>hai</strong></li></ul><p>sau</p>",
    "two lists": "<ul><li>một</li></ul><p>giữa</p><ul><li>hai</li></ul>",
    "a broken line": "<p>trên<br>dưới</p>",
    "headings inside": "<h3><strong>5.1 Trình tự</strong></h3><p>Bước 1.</p>",
    "a plain table": "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>",
    "a headed table": (
        "<table><thead><tr><th><p><strong>TT</strong></p></th><th><p><strong>Tên</strong></p></th>"
        "</tr></thead><tbody><tr><td><p>1</p></td><td></td></tr></tbody></table>"
    ),
    "spans": (
        '<table><tbody><tr><td colspan="2"><p>ngang</p></td><td rowspan="3"><p>dọc</p></td></tr>'
        '<tr><td rowspan="2"><p>a</p></td><td><p>b</p></td></tr><tr><td><p>c</p></td></tr>'
        "</tbody></table>"
    ),
    "an aligned cell": (
        '<table><tbody><tr><td><p align="center">a</p><p>b</p></td></tr></tbody></table>'
    ),
    "a list in a cell": (
        "<table><tbody><tr><td><ul><li>a</li><li>b</li></ul></td></tr></tbody></table>"
    ),
    "a table in a cell": (
        "<table><tbody><tr><td><p>a</p><table><tbody><tr><td><p>b</p></td></tr></tbody></table>"
        "</td></tr></tbody></table>"
    ),
    "a picture": f"<p>Hình 1: {PICTURE}</p><p>{PICTURE}</p>",
    "a picture in a cell": f"<table><tbody><tr><td><p>{PICTURE}</p></td></tr></tbody></table>",
    "a field nobody filled": "<p>Ngày {{ ngay_ban_hanh }} tại {{noi}}</p>",
}


def content(html="<p>Đoạn văn.</p>", **fields):
    base = Content(
        agency_name="Sở Nội vụ",
        parent_name="Ủy ban nhân dân tỉnh",
        standard="TCVN ISO 9001:2015",
        kind_label="QUY TRÌNH",
        code="QT-03/VP",
        title="Kiểm soát thông tin dạng văn bản",
        issue_no=2,
        amendment_no=1,
        issued_on=dt.date(2025, 7, 7),
        effective_on=None,
        signatories=(
            Signatory("author", "Lê Thị Bình", "Chuyên viên"),
            Signatory("reviewer", "Phạm Thị Chi", "Trưởng phòng"),
            Signatory("approver", "Nguyễn Văn Dũng", "Giám đốc"),
        ),
        amendments=(Amendment("Góp ý", "Mục 5", "Bỏ bước 3", "02/01", "07/7/2025"),),
        sections=tuple(Section(str(n), title, html) for n, title in enumerate(TITLES, 1)),
    )
    return dataclasses.replace(base, **fields)


def again(said, assets=None):
    return read(docx(said, assets=assets), name="again.docx")


@pytest.mark.parametrize("html", TEXTS.values(), ids=TEXTS)
def test_every_kind_of_text_reads_back_as_it_was(html):
    said = content(html)
    reading = again(said, assets={SHA256: files.png()})
    assert [s.html for s in reading.sections] == [html] * 7
    assert reading.sections == said.sections


def test_the_cover_reads_back_as_it_was_and_without_a_warning():
    said = content()
    reading = again(said)
    assert (reading.code, reading.title) == (said.code, said.title)
    assert (reading.issue_no, reading.amendment_no) == (2, 1)
    assert reading.issued_on == said.issued_on
    assert (reading.agency, reading.parent_agency) == (said.agency_name, said.parent_name)
    assert [(r.duty, r.name, r.position) for r in reading.roles] == [
        (s.duty, s.name, s.position) for s in said.signatories
    ]
    assert reading.amendments == said.amendments
    assert reading.warnings == ()


@pytest.mark.parametrize("title", [
    "Quy trình tiếp nhận hồ sơ", "Thủ tục cấp bản sao từ sổ gốc", "Mã số đơn vị", "Trang bị bảo hộ", "A & B <C>",
])  # fmt: skip
def test_titles_read_back_as_they_were(title):
    assert again(content(title=title)).title == title


def test_no_amendments_and_no_people_read_back_as_none():
    reading = again(content(amendments=(), signatories=(), amendment_no=0, issued_on=None))
    assert (reading.amendments, reading.issued_on) == ((), None)
    assert all(not role.name for role in reading.roles)


def test_reading_and_writing_again_changes_nothing_more():
    first = docx(content("<p>Trần</p><ul><li>a</li></ul><p>b</p>"))
    once = read(first, name="a.docx")
    twice = again(content(sections=once.sections))
    assert twice.sections == once.sections


@pytest.mark.parametrize(("html", "words"), [
    ("chữ trần không đoạn", "chữ trần không đoạn"),
    ("<ol><li>một<ul><li>con</li></ul></li></ol>", "con"),
    ("<blockquote><p>trích</p><p>dẫn</p></blockquote>", "trích<br>dẫn"),
    ("<table><caption>Bảng 1</caption><tbody><tr><td>a</td></tr></tbody></table>", "Bảng 1"),
    ('<p><a href="https://dichvucong.gov.vn">Cổng</a></p>', "Cổng"),
    ("<ul><li><p>một</p><p>hai</p></li></ul>", "một<br>hai"),
    ("<table><tbody><tr><td>a<p>b</p>c</td></tr></tbody></table>", "c"),
])  # fmt: skip
def test_no_word_of_what_a_browser_may_send_is_lost(html, words):
    assert words in again(content(html)).sections[0].html


@pytest.mark.parametrize(("html", "printed"), [
    ("<ol><li>a</li><li>b</li></ol><p>x</p><ol><li>c</li></ol>",
     "<p>1. a</p><p>2. b</p><p>x</p><p>1. c</p>"),
    ('<ol start="3"><li>a</li><li>b</li></ol>', "<p>3. a</p><p>4. b</p>"),
    ('<ol type="a"><li>x</li><li>y</li></ol>', "<p>a. x</p><p>b. y</p>"),
    ('<ol type="I"><li>x</li><li>y</li></ol>', "<p>I. x</p><p>II. y</p>"),
    ("<table><tbody><tr><td><ol><li>a</li></ol></td></tr></tbody></table>",
     "<table><tbody><tr><td><p>1. a</p></td></tr></tbody></table>"),
])  # fmt: skip
def test_every_numbered_list_counts_for_itself_and_is_read_as_printed(html, printed):
    reading = again(content(html))
    assert [s.html for s in reading.sections] == [printed] * 7
    assert again(content(printed)).sections == reading.sections


def test_a_list_item_inside_an_item_and_its_tail_are_all_written():
    html = "<ul><li>một <ul><li>con</li></ul> đuôi</li></ul>"
    text = again(content(html)).text
    assert all(word in text for word in ("một", "con", "đuôi"))


def test_fields_nobody_filled_are_marked_and_never_worked_out():
    document = Document(io.BytesIO(docx(content("<p>Tại {{ noi }} {{ 1+1 }} {% x %}</p>"))))
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert marked == ["{{ noi }}"] * 7
    assert any("{{ 1+1 }} {% x %}" in paragraph.text for paragraph in document.paragraphs)


def test_the_file_is_one_that_word_can_work_with():
    data = docx(content())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        body = archive.read("word/document.xml").decode()
    document = Document(io.BytesIO(data))
    assert body.count("TOC \\o") == 1
    styles = [p.style.name for p in document.paragraphs if p.style.name == "Heading 1"]
    assert len(styles) == 7
    assert document.core_properties.title == "Kiểm soát thông tin dạng văn bản"
    assert body == unicodedata.normalize("NFC", body)


def test_a_picture_wider_than_the_page_is_made_to_fit():
    wide = files.png(4000, 2)
    sha256 = hashlib.sha256(wide).hexdigest()
    data = docx(content(f'<p><img src="asset:{sha256}" alt=""></p>'), assets={sha256: wide})
    document = Document(io.BytesIO(data))
    assert all(shape.width.cm <= 16 for shape in document.inline_shapes)
    assert len(document.inline_shapes) == 7


@pytest.mark.parametrize("assets", [{}, {SHA256: b"\x89PNG\r\n\x1a\n broken"}])
def test_a_picture_that_is_absent_or_broken_does_not_stop_the_writing(assets):
    assert "trước" in again(content(f"<p>trước {PICTURE} sau</p>"), assets=assets).text


def test_an_office_far_longer_than_a_line_is_no_obstacle():
    assert again(content(title="Tên rất dài " * 40)).title == ("Tên rất dài " * 40).strip()
