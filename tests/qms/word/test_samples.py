"""The eighteen real procedures: what their covers say, and that not a word is lost."""

import json
import re
import zipfile
from collections import Counter

import pytest
from lxml import etree

from qms.kernel.content import Content, Signatory
from qms.kernel.text import nfc
from qms.word import labels
from qms.word.numbering import W
from qms.word.reading import read
from qms.word.writing import docx
from tests.qms.word.conftest import PROCEDURES
from tests.samples import samples

# What is printed on a cover only to say what stands beside it.
LABELS = [
    "ban",
    "biểu",
    "căn",
    "chữ",
    "chức",
    "cơ",
    "cần",
    "cứ",
    "dõi",
    "dẫn",
    "dung",
    "dẫnđịnh",
    "hiệu",
    "hoặc",
    "hành",
    "hồ",
    "họ",
    "ký",
    "lưu",
    "lược",
    "lần",
    "lý",
    "lục",
    "liệu",
    "mã",
    "mẫu",
    "mục",
    "nghĩa",
    "ngày",
    "nhiệm",
    "nội",
    "pháp",
    "phê",
    "duyệt",
    "phạm",
    "quy",
    "soạn",
    "stt",
    "sơ",
    "số",
    "sửa",
    "theo",
    "thảo",
    "trang",
    "trách",
    "trình",
    "trữ",
    "tài",
    "tên",
    "tóm",
    "tắt",
    "vi",
    "viết",
    "viện",
    "vụ",
    "và",
    "về",
    "việc",
    "xem",
    "xét",
    "đích",
    "định",
    "đổi",
    "tập",
]


def test_the_truth_speaks_of_all_eighteen():
    truth = json.loads(samples("docx/truth.json").read_text(encoding="utf-8"))
    assert len(truth) == PROCEDURES


@pytest.mark.parametrize("name", ["code", "issue_no", "agency"])
def test_the_cover_is_read_as_a_careful_reader_would(real, name):
    _path, truth, reading = real
    assert getattr(reading, name) == truth[name]


def test_the_title_is_the_one_on_the_cover(real):
    _path, truth, reading = real
    assert reading.title == truth["title"]


def test_the_issue_date_is_the_one_on_the_cover_whatever_the_footer_says(real):
    _path, truth, reading = real
    assert reading.issued_on.isoformat() == truth["issued_on"]


def test_a_first_issue_has_no_amendment(real):
    _path, _truth, reading = real
    assert reading.amendment_no in {None, 0}


def test_all_seven_sections_are_there_in_order_and_none_is_empty(real):
    _path, _truth, reading = real
    assert [section.number for section in reading.sections] == list("1234567")
    assert all(section.html for section in reading.sections)


def test_three_people_sign_each_with_name_and_position(real):
    _path, _truth, reading = real
    assert [role.duty for role in reading.roles] == ["author", "reviewer", "approver"]
    assert all(role.name and role.position and role.label for role in reading.roles)


def test_an_amendment_sheet_of_blank_lines_holds_no_amendment(real):
    _path, _truth, reading = real
    assert reading.amendments == ()
    assert "Tóm lược" not in reading.text


def test_a_date_that_contradicts_the_cover_is_warned_of_and_only_then(real):
    _path, truth, reading = real
    said = {
        day
        for text in truth["dates_in_headers_and_footers"]
        for day in labels.dates_in(text)
        if day.isoformat() != truth["issued_on"]
    }
    warned = [w.sentence for w in reading.warnings if w.code == "date_contradicts"]
    assert len(warned) == len(said)
    assert all(any(f"{day:%d/%m/%Y}" in sentence for sentence in warned) for day in said)


def test_warnings_are_few_and_only_of_what_these_files_get_wrong(real):
    _path, _truth, reading = real
    assert len(reading.warnings) <= 3
    assert {w.code for w in reading.warnings} <= {
        "date_contradicts", "section_number", "toc_disagrees", "toc_lacks", "role_unread",
    }  # fmt: skip


def test_no_word_of_the_body_is_lost(real):
    path, _truth, reading = real
    _front, body = _words_of(path)
    numbers = " ".join(section.number for section in reading.sections)
    lost = Counter(body) - Counter(_words(f"{reading.text} {numbers}"))
    assert not {word for word in lost if not re.fullmatch(r"\d", word)}


def test_no_word_of_the_front_is_lost_but_labels(real):
    path, _truth, reading = real
    front, _body = _words_of(path)
    said = [reading.code, reading.title, reading.agency, reading.parent_agency, reading.text]
    said += [f"{r.label} {r.name} {r.position}" for r in reading.roles]
    said += [w.sentence for w in reading.warnings] + [f"{reading.issued_on:%d %m %Y} 01"]
    lost = set(front) - set(_words(" ".join(said))) - set(LABELS)
    assert not {word for word in lost if not re.fullmatch(r"\d", word)}


def test_what_is_written_reads_back_as_the_same_document(real):
    _path, _truth, reading = real
    content = Content(
        agency_name=reading.agency,
        parent_name=reading.parent_agency,
        standard="",
        kind_label="",
        code=reading.code,
        title=reading.title,
        issue_no=reading.issue_no,
        amendment_no=0,
        issued_on=reading.issued_on,
        effective_on=None,
        signatories=tuple(Signatory(r.duty, r.name, r.position) for r in reading.roles),
        amendments=reading.amendments,
        sections=reading.sections,
    )

    again = read(docx(content, assets=reading.assets), name="again.docx")

    assert again.sections == reading.sections
    for name in ("code", "title", "issue_no", "issued_on", "agency", "parent_agency"):
        assert getattr(again, name) == getattr(reading, name)
    people = [(r.duty, r.name, r.position) for r in reading.roles]
    assert [(r.duty, r.name, r.position) for r in again.roles] == people


def _words(text):
    return re.findall(r"\w+", nfc(text).casefold())


def _words_of(path):
    """The words the file prints before and after the heading of section 1, by its XML alone."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for other in list(root.iter("{*}Fallback")):
        other.getparent().remove(other)
    lines = [_line(paragraph) for paragraph in root.iter(f"{W}p")]
    start = max(n for n, line in enumerate(lines) if _is_first_heading(line))
    return _words(" ".join(lines[:start])), _words(" ".join(lines[start:]))


def _is_first_heading(line):
    return re.fullmatch(r"(?:1\W*)?mục đích\W*", nfc(line).strip().casefold()) is not None


def _line(paragraph):
    return "".join(
        (one.text or "") if one.tag == f"{W}t" else " "
        for one in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        if next(one.iterancestors(f"{W}p")) is paragraph
    )
