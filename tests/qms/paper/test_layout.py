"""A long procedure as Poppler reads it: running header, contents, tables over pages, pictures."""

import datetime as dt
import re

import pytest

from qms.kernel.content import Amendment, Section, Signatory
from qms.paper.render import procedure_pdf, report_pdf
from qms.paper.report import Block, Grid, Report, Signer
from tests.qms.paper.papers import content, pages, paragraphs, picture, poppler, words

SHA, PICTURE = picture()
MERGED = (
    "<table><thead><tr><th>Bước</th><th>Việc</th><th>Hạn</th></tr></thead><tbody>"
    '<tr><td rowspan="2">Gộp dọc</td><td>Tiếp nhận</td><td>1 ngày</td></tr>'
    '<tr><td>Thẩm định</td><td>2 ngày</td></tr><tr><td colspan="3">Gộp ngang</td></tr>'
    + "".join(f"<tr><td>{n}</td><td>Việc thứ {n}</td><td>ngày</td></tr>" for n in range(90))
    + "</tbody></table>"
)
SECTIONS = (
    Section("1", "Mục đích", "<p>Ngắn.</p>"),
    Section("2", "Phạm vi áp dụng", paragraphs(60)),
    Section("3", "Nội dung quy trình", MERGED),
    Section("4", "Biểu mẫu", f'<p><img src="asset:{SHA}" alt="Lưu đồ"></p>' + paragraphs(30)),
    Section("5", "Hồ sơ cần lưu", "<p>Cuối.</p>"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("paper")


@pytest.fixture(scope="module")
def data():
    return procedure_pdf(
        content(
            *SECTIONS,
            issued_on=dt.date(2026, 3, 1),
            effective_on=dt.date(2026, 3, 15),
            signatories=(
                Signatory("author", "Lê Thị Bình", "Chuyên viên", dt.date(2026, 2, 27)),
                Signatory("approver", "Nguyễn Văn Dũng", "Giám đốc"),
            ),
            amendments=tuple(
                Amendment(f"Lý do {n}", f"Mục {n}", f"Nội dung {n}", f"02/{n:02}", "1/3/2026")
                for n in range(1, 4)
            ),
        ),
        assets={SHA: PICTURE},
    )


@pytest.fixture(scope="module")
def paper(data, folder):
    return pages(data, folder)


def test_every_page_after_the_cover_bears_the_running_header(paper):
    assert len(paper) >= 6
    for number, text in enumerate(paper[1:], 2):
        head = words("\n".join(text.strip().splitlines()[:8]))
        for wanted in ("Sở Nội vụ", "Mã hiệu: QT-03/VP", "Lần ban hành: 02/01", "01/03/2026",
                       f"Trang: {number}/{len(paper)}"):  # fmt: skip
            assert wanted in head, (number, wanted, head)
        for word in content().title.split():
            assert word in head, (number, head)


def test_the_contents_name_the_page_on_which_each_section_begins(paper):
    at = next(n for n, text in enumerate(paper) if "MỤC LỤC" in text)
    contents = words(paper[at])
    for section in SECTIONS:
        title = rf"{section.number}\. {section.title}"
        told = re.search(rf"{title} ?\.+ ?(\d+)", contents)
        assert told, (title, contents)
        begins = [n for n, text in enumerate(paper, 1) if n - 1 != at and re.search(title, text)]
        assert [int(told[1])] == begins
    amendments = re.search(r"Sửa đổi tài liệu ?\.+ ?(\d+)", contents)
    assert amendments is not None
    assert "SỬA ĐỔI TÀI LIỆU" in paper[int(amendments[1]) - 1]


def test_the_cover_says_who_and_since_when(paper):
    cover = words(paper[0])
    for wanted in ("ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP", "SỞ NỘI VỤ", "QUY TRÌNH", "QT-03/VP",
                   "01/03/2026", "15/03/2026", "Soạn thảo", "Phê duyệt", "Lê Thị Bình",
                   "Nguyễn Văn Dũng", "Chuyên viên", "Giám đốc", "27/02/2026", "theo bản giấy"):  # fmt: skip
        assert wanted in cover, wanted
    assert "Soát xét" not in cover


def test_the_amendment_sheet_has_every_line_in_order(paper):
    sheet = next(words(text) for text in paper if "SỬA ĐỔI TÀI LIỆU" in text)
    places = [sheet.index(f"Nội dung {n}") for n in range(1, 4)]
    assert places == sorted(places)
    assert "02/03" in sheet


def test_an_empty_amendment_sheet_says_that_there_is_none(folder):
    text = words(" ".join(pages(procedure_pdf(content(amendments=()), assets={}), folder)))
    assert "Chưa có sửa đổi" in text


def test_a_table_over_pages_repeats_its_head_and_loses_no_row(paper):
    with_table = [text for text in paper if "Việc thứ" in text]
    assert len(with_table) >= 2
    for text in with_table:
        assert re.search(r"Bước\s+Việc\s+Hạn", text), text[:600]
    whole = words(" ".join(with_table))
    assert [n for n in range(90) if f"Việc thứ {n} " not in whole] == []


def test_merged_cells_are_said_once_and_beside_what_they_span(paper):
    whole = "\n".join(paper)
    assert whole.count("Gộp dọc") == whole.count("Gộp ngang") == 1
    assert re.search(r"Tiếp nhận\s+1 ngày", whole)
    assert re.search(r"Thẩm định\s+2 ngày", whole)


def test_the_picture_is_in_the_paper_at_its_own_size(data, paper, folder):
    rows = poppler("pdfimages", data, folder, "-list").splitlines()[2:]
    assert [row.split()[2:5] for row in rows] == [["image", "40", "30"]]
    page = int(rows[0].split()[0])
    assert "Biểu mẫu" in paper[page - 1]


def test_the_paper_is_a4_and_tagged_and_named(data, folder):
    said = poppler("pdfinfo", data, folder)
    assert "A4" in said
    assert re.search(r"Tagged:\s+yes", said)
    assert "QT-03/VP Kiểm soát thông tin dạng văn bản" in said


def test_a_long_title_leaves_the_header_legible(folder):
    title = "Quy trình giải quyết thủ tục " + "cấp bản sao và chứng thực " * 12
    made = pages(procedure_pdf(content(title=title.strip()), assets={}), folder)

    for number, text in enumerate(made[1:], 2):
        assert f"Trang: {number}/{len(made)}" in words(text)
        assert "Mã hiệu: QT-03/VP" in words(text)
    assert words(title).strip() in words(made[0])


def test_a_report_has_its_letterhead_once_its_table_whole_and_its_signers_last(folder):
    rows = tuple((str(n), f"Phát hiện số {n}") for n in range(1, 71))
    made = pages(report_pdf(Report(
        parent_name="Ủy ban nhân dân tỉnh", agency_name="Sở Nội vụ", kind="BÁO CÁO",
        place_and_date="Đồng Tháp, ngày 01 tháng 12 năm 2026", subject="Kết quả đánh giá nội bộ",
        facts=(("Số hiệu", "ĐGNB-2026-01"),),
        blocks=(Block("1. Phát hiện", ("Một câu <b>thật</b>.",), Grid(("TT", "Sự việc"), rows)),),
        signers=(Signer("Trưởng đoàn", "Đỗ Thị Giang"), Signer("Giám đốc", "Nguyễn Văn Dũng")),
        recipients=("Như trên;", "Lưu: VT."),
    )), folder)  # fmt: skip

    whole = words(" ".join(made))
    assert len(made) >= 2
    assert whole.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 1
    assert "Số: ……" in words(made[0])
    assert "Một câu <b>thật</b>." in whole
    assert [row for _n, row in rows if row not in whole] == []
    assert all(re.search(r"TT\s+Sự việc", text) for text in made if "Phát hiện số" in text)
    for wanted in ("TRƯỞNG ĐOÀN", "Đỗ Thị Giang", "Nguyễn Văn Dũng", "Nơi nhận:", "- Lưu: VT."):
        assert wanted in words(made[-1]), wanted
    assert [words(text).strip().split(" ")[0] for text in made[1:]] == [
        str(n) for n in range(2, len(made) + 1)
    ]
