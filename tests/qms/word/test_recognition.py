"""What is recognised in built files: cover, people, amendments, sections, and what is warned of."""

import datetime as dt
import unicodedata

import pytest
from docx import Document

from qms.kernel.content import Amendment
from qms.word.reading import read
from tests.qms.word import files


def found(**fields):
    return read(files.procedure(**fields), name="t.docx")


def codes(reading):
    return [warning.code for warning in reading.warnings]


def test_an_orderly_procedure_is_read_whole_and_without_a_warning():
    reading = found(toc=files.SEVEN, footer="Ngày ban hành: 07/7/2025")

    assert (reading.code, reading.title) == ("QT 07/VP", "Tiếp nhận phản ánh của công dân")
    assert (reading.issue_no, reading.amendment_no) == (1, None)
    assert reading.issued_on == dt.date(2025, 7, 7)
    assert (reading.agency, reading.parent_agency) == ("SỞ NỘI VỤ", "ỦY BAN NHÂN DÂN TỈNH")
    assert [s.number for s in reading.sections] == list("1234567")
    assert [s.title for s in reading.sections] == [h[3:] for h in files.SEVEN]
    assert codes(reading) == []


def test_a_quality_manual_is_titled_by_its_kind():
    document = Document()
    files.bold(document, "SỔ TAY CHẤT LƯỢNG")
    document.add_paragraph("Mã hiệu: ST-01")
    reading = read(files.saved(document), name="t.docx")
    assert (reading.title, reading.code) == ("SỔ TAY CHẤT LƯỢNG", "ST-01")
    assert found(title="Sổ tay chất lượng").title == "Sổ tay chất lượng"


def test_the_people_are_read_with_duty_label_name_and_position():
    roles = [(r.duty, r.label, r.name, r.position) for r in found().roles]
    assert roles == [
        ("author", "Soạn thảo", "Lê Thị Bình", "Chuyên viên"),
        ("reviewer", "Xem xét", "Phạm Thị Chi", "Trưởng phòng"),
        ("approver", "Phê duyệt", "Nguyễn Văn Dũng", "Giám đốc"),
    ]


def test_people_listed_one_a_row_are_read_too():
    def front(document):
        files.grid(document, [
            ("", "Họ và tên", "Chức vụ", "Chữ ký"),
            ("Người soạn thảo", "Trần Văn An", "Chuyên viên", ""),
            ("Người phê duyệt", "Võ Thị Em", "Giám đốc", ""),
        ])  # fmt: skip

    document = Document()
    front(document)
    files.bold(document, "1. MỤC ĐÍCH")
    roles = read(files.saved(document), name="t.docx").roles
    assert [(r.duty, r.name, r.position) for r in roles] == [
        ("author", "Trần Văn An", "Chuyên viên"),
        ("approver", "Võ Thị Em", "Giám đốc"),
    ]


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("07/7/2025", dt.date(2025, 7, 7)),
        ("7.7.2025", dt.date(2025, 7, 7)),
        ("2025-07-07", dt.date(2025, 7, 7)),
        ("ngày 07 tháng 7 năm 2025", dt.date(2025, 7, 7)),
        ("31/02/2025", None),
        ("……", None),
    ],
)
def test_issue_dates_are_read_however_written(day, date):
    assert found(day=day).issued_on == date


@pytest.mark.parametrize(
    ("issue", "amendment", "numbers"),
    [("02", "01", (2, 1)), ("3", "", (3, None)), ("", "", (None, None))],
)
def test_issue_and_amendment_numbers_are_read_apart(issue, amendment, numbers):
    reading = found(issue=issue, amendment=amendment)
    assert (reading.issue_no, reading.amendment_no) == numbers


def test_the_amendment_sheet_becomes_lines_in_order():
    reading = found(
        amendments=[
            ("1", "Bỏ bước 3", "Nghị định mới", "01", "01/9/2025"),
            ("2", "Thêm biểu mẫu", "Góp ý", "02", "02/10/2025"),
            ("", "", "", "", ""),
        ]
    )
    assert reading.amendments == (
        Amendment("Nghị định mới", "", "Bỏ bước 3", "01", "01/9/2025"),
        Amendment("Góp ý", "", "Thêm biểu mẫu", "02", "02/10/2025"),
    )
    assert "Bỏ bước 3" not in reading.text


def test_an_english_revision_history_keeps_its_dates():
    def body(document):
        files.grid(document, [
            ("Revision", "Revision Date", "Change Summary"),
            ("R01", "2026-03-02", "First text."),
        ])  # fmt: skip

    assert found(body=body).amendments == (Amendment("", "", "First text.", "R01", "2026-03-02"),)


def test_an_amendment_sheet_with_a_column_nobody_knows_stays_in_the_text_too():
    def body(document):
        files.grid(document, [
            ("Lần sửa đổi", "Nội dung sửa đổi", "Phụ trách"),
            ("01", "Bỏ bước 3", "Lê Thị Bình"),
        ])  # fmt: skip

    reading = found(body=body)
    assert len(reading.amendments) == 1
    assert "Lê Thị Bình" in reading.text


def test_an_amendment_sheet_is_never_taken_for_the_cover():
    document = Document()
    files.bold(document, "QUY TRÌNH")
    files.bold(document, "Tiếp công dân")
    files.grid(document, [
        ("Lần ban hành", "Ngày ban hành", "Nội dung sửa đổi"), ("02", "01/9/2025", "Bỏ bước 3"),
    ])  # fmt: skip
    for heading in files.SEVEN:
        files.bold(document, heading)
    reading = read(files.saved(document), name="t.docx")
    assert reading.title == "Tiếp công dân"
    assert reading.amendments == (Amendment("", "", "Bỏ bước 3", "02", "01/9/2025"),)


def test_words_before_section_1_that_are_no_cover_are_kept():
    reading = found(front=lambda d: d.add_paragraph("Áp dụng thí điểm tại ba xã."))
    assert (reading.sections[0].number, reading.sections[0].html) == (
        "",
        "<p>Áp dụng thí điểm tại ba xã.</p>",
    )


@pytest.mark.parametrize(
    "line",
    [
        "Ký hiệu dùng trong tài liệu này gồm chữ và số.",
        "Ngày hiệu lực: 15/8/2025",
        "Mã số thuế của cơ quan: 1400",
        "Phiên bản điện tử có giá trị như bản giấy.",
    ],
)
def test_a_line_before_section_1_is_only_dropped_when_it_was_read_elsewhere(line):
    reading = found(front=lambda d: d.add_paragraph(line))
    assert line in reading.text
    assert reading.code == "QT 07/VP"


def test_a_line_that_repeats_the_cover_is_not_kept_twice():
    reading = found(front=lambda d: d.add_paragraph("Mã hiệu: QT 07/VP"))
    assert [s.number for s in reading.sections] == list("1234567")


def test_a_cover_line_that_is_no_field_is_kept():
    data = files.changed(
        files.procedure(), "word/document.xml",
        "Ngày ban hành: 07/7/2025</w:t>",
        "Ngày ban hành: 07/7/2025</w:t><w:br/><w:t>Ngày hiệu lực: 15/8/2025</w:t>",
    )  # fmt: skip
    reading = read(data, name="t.docx")
    assert reading.issued_on == dt.date(2025, 7, 7)
    assert "Ngày hiệu lực: 15/8/2025" in reading.text


def test_a_second_name_in_the_signature_table_is_warned_of_not_lost():
    data = files.changed(
        files.procedure(), "word/document.xml", "Giám đốc<", "Giám đốc</w:t><w:br/><w:t>Sở Nội vụ<"
    )
    assert read(data, name="t.docx").roles[2].position == "Giám đốc Sở Nội vụ"

    data = files.changed(
        data, "word/document.xml", "Nguyễn Văn Dũng<", "Nguyễn Văn Dũng</w:t><w:br/><w:t>Đỗ Huy<"
    )
    reading = read(data, name="t.docx")
    assert reading.roles[2].name == "Nguyễn Văn Dũng"
    assert [w.code for w in reading.warnings] == ["role_unread"]
    assert "Đỗ Huy" in reading.warnings[0].sentence


def test_a_file_that_is_no_procedure_comes_in_whole_under_one_section():
    document = Document()
    document.add_paragraph("Thư mời họp.")
    document.add_paragraph("Kính gửi các đơn vị.")
    reading = read(files.saved(document), name="t.docx")
    assert len(reading.sections) == 1
    assert "Kính gửi các đơn vị." in reading.text
    assert "no_sections" in codes(reading)


def test_forms_after_section_7_become_parts_without_a_number():
    def body(document):
        files.bold(document, "PHỤ LỤC 1")
        document.add_paragraph("Mẫu đơn.")

    last = found(body=body).sections[-1]
    assert (last.number, last.title, last.html) == ("", "PHỤ LỤC 1", "<p>Mẫu đơn.</p>")


def test_text_that_comes_in_nfd_is_nfc_everywhere_afterwards():
    reading = found(
        title=unicodedata.normalize("NFD", "Tiếp nhận phản ánh"),
        sections=[unicodedata.normalize("NFD", heading) for heading in files.SEVEN],
        toc=[unicodedata.normalize("NFD", heading) for heading in files.SEVEN],
        amendments=[("1", unicodedata.normalize("NFD", "Đổi chữ"), "", "01", "")],
        body=lambda d: d.add_paragraph(unicodedata.normalize("NFD", "Kết thúc ở đây.")),
    )
    everything = f"{reading}"
    assert everything == unicodedata.normalize("NFC", everything)
    assert reading.title == "Tiếp nhận phản ánh"
    assert codes(reading) == []
    assert "Kết thúc ở đây." in reading.text
