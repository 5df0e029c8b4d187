"""What is warned of, each in a sentence: the few things that are wrong, and nothing else."""

import datetime as dt

import pytest

from qms.word.reading import read
from qms.word.warnings import SENTENCES, sentence
from tests.qms.word import files


def found(**fields):
    return read(files.procedure(**fields), name="t.docx")


def codes(reading):
    return [warning.code for warning in reading.warnings]


@pytest.mark.parametrize("code", SENTENCES)
def test_every_warning_is_a_sentence_a_person_can_act_on(code):
    values = dict.fromkeys(("found", "cover", "number", "title"), "x")
    said = sentence({"code": code} | values)
    assert said.endswith(".")
    assert "%" not in said


def test_what_the_cover_lacks_is_warned_of_in_a_sentence_each():
    reading = found(code="", issue="", day="")
    assert codes(reading) == ["no_code", "no_issue_no", "no_issue_date"]
    assert reading.warnings[0].sentence == "Không tìm thấy mã hiệu."
    assert (reading.code, reading.issue_no, reading.issued_on) == ("", None, None)


def test_a_footer_with_another_date_is_warned_of_and_the_cover_wins():
    reading = found(footer="Ngày ban hành: 01/6/2024")
    assert reading.issued_on == dt.date(2025, 7, 7)
    assert [w.sentence for w in reading.warnings] == [
        "Ngày 01/06/2024 ở đầu hoặc chân trang khác ngày 07/07/2025 trên trang bìa."
    ]


def test_a_footer_with_another_issue_number_is_warned_of():
    assert codes(found(footer="Lần ban hành: 03")) == ["issue_contradicts"]


@pytest.mark.parametrize("gone", range(7))
def test_a_missing_section_is_warned_of_by_its_number_and_the_others_are_kept(gone):
    left = [heading for n, heading in enumerate(files.SEVEN) if n != gone]
    reading = found(sections=left)
    assert codes(reading) == ["section_missing"]
    assert reading.warnings[0].sentence.startswith(f"Thiếu mục {gone + 1} (")
    assert len(reading.sections) == 6


def test_a_number_used_twice_is_put_right_and_warned_of():
    reading = found(sections=[*files.SEVEN[:6], "6. HỒ SƠ CẦN LƯU"])
    assert [s.number for s in reading.sections] == list("1234567")
    assert codes(reading) == ["section_number"]


def test_contents_that_list_what_the_text_lacks_are_warned_of():
    reading = found(toc=[*files.SEVEN, "8. PHỤ LỤC KÈM THEO"])
    assert codes(reading) == ["toc_disagrees"]
    assert "PHỤ LỤC KÈM THEO" in reading.warnings[0].sentence


def test_contents_that_omit_a_section_are_warned_of():
    reading = found(toc=files.SEVEN[:6])
    assert [w.sentence for w in reading.warnings] == ["Mục lục thiếu mục 7. HỒ SƠ CẦN LƯU."]


def test_contents_with_page_numbers_agree():
    assert codes(found(toc=[f"{h} ........ {n}" for n, h in enumerate(files.SEVEN, 2)])) == []


def test_contents_are_not_taken_for_the_text():
    assert found(toc=files.SEVEN).sections[0].html == "<p>Đoạn văn thứ 1 của quy trình.</p>"


def test_contents_are_compared_by_their_first_level_only():
    listed = [*files.SEVEN[:5], "5.1. Cơ sở pháp lý", "5.2. Thành phần hồ sơ", *files.SEVEN[5:]]
    assert codes(found(toc=listed)) == []


@pytest.mark.parametrize("text", [
    "Die Maßnahmen wurden geändert und geöffnet; geübte Abläufe sind geändert. " * 30,
    "Cơ quan tiếp nhận hồ sơ, kiểm tra và trả kết quả đúng hạn. " * 30,
])  # fmt: skip
def test_text_in_unicode_is_not_taken_for_an_old_font(text):
    assert codes(found(body=lambda document: document.add_paragraph(text))) == []
