"""What comes out on paper, read back: headers, page numbers, letters, tables, and nothing else."""

import re
import subprocess

import pypdfium2
import pypdfium2.raw
import pytest

from qms.kernel.content import Amendment, Content, Section, Signatory
from qms.paper import render
from qms.paper.render import Unprintable, pdf, procedure_pdf, report_pdf
from qms.paper.report import Block, Grid, Report, Signer
from tests.pdf import pages_of
from tests.qms.word.files import png

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
LETTERS = VOWELS + "đbcdghklmnpqrstvx"
LONG = "".join(f"<p>Đoạn {n} của mục dài, viết cho đủ nhiều trang giấy.</p>" for n in range(120))


def content(*sections: Section, **fields) -> Content:
    values = {
        "agency_name": "Sở Nội vụ", "parent_name": "Ủy ban nhân dân tỉnh Đồng Tháp",
        "standard": "TCVN ISO 9001:2015", "kind_label": "QUY TRÌNH", "code": "QT-03",
        "title": "Kiểm soát thông tin dạng văn bản", "issue_no": 2, "amendment_no": 1,
        "issued_on": None, "effective_on": None,
        "signatories": (
            Signatory("author", "Lê Thị Bình", "Chuyên viên"),
            Signatory("reviewer", "Phạm Thị Chi", "Trưởng phòng"),
            Signatory("approver", "Nguyễn Văn Dũng", "Giám đốc"),
        ),
        "amendments": (Amendment("Đổi luật", "Mục 5", "Sửa bước 3", "02/01", "1/3/2026"),),
    } | fields  # fmt: skip
    return Content(sections=sections or (Section("1", "Mục đích", "<p>Một.</p>"),), **values)


@pytest.fixture(scope="module")
def long_paper() -> list[str]:
    made = procedure_pdf(
        content(Section("1", "Mục đích", "<p>Ngắn.</p>"), Section("2", "Phạm vi", LONG),
                Section("3", "Hồ sơ cần lưu", "<p>Cuối.</p>")),
        assets={},
    )  # fmt: skip
    return pages_of(made)


def test_every_page_says_what_it_is_a_page_of(long_paper):
    assert len(long_paper) >= 4
    for number, text in enumerate(long_paper, 1):
        for wanted in ("QT-03", "Sở Nội vụ", "Kiểm soát thông tin dạng văn bản"):
            assert wanted.casefold() in text.casefold(), (number, wanted)
        if number > 1:  # the cover says all of it larger
            assert re.search(rf"{number}\s*/\s*{len(long_paper)}", text), (number, text[:300])
            assert re.search(r"Lần ban hành: 02/01", text), number


def test_the_contents_tell_the_pages_where_the_sections_really_are(long_paper):
    contents = next(i for i, text in enumerate(long_paper) if "MỤC LỤC" in text.upper())
    for title in ("Mục đích", "Phạm vi", "Hồ sơ cần lưu"):
        told = re.search(rf"{title}[\s.]*(\d+)", long_paper[contents])
        assert told, long_paper[contents]
        at = [i for i, text in enumerate(long_paper, 1) if title in text and i != contents + 1]
        assert int(told[1]) in at, (title, told[1], at)


def test_cover_signatures_and_amendments(long_paper):
    first = " ".join(long_paper[:2])
    for wanted in ("Lê Thị Bình", "Phạm Thị Chi", "Nguyễn Văn Dũng", "Giám đốc", "Sửa bước 3",
                   "02/01", "TCVN ISO 9001:2015"):  # fmt: skip
        assert wanted in first, wanted


def test_every_vietnamese_letter_comes_out_in_the_official_font(tmp_path):
    said = LETTERS + LETTERS.upper()
    faces = "".join(f"<p><{tag}>{said}</{tag}></p>" for tag in ("strong", "em", "u"))
    data = procedure_pdf(content(Section("1", "Chữ", f"<p>{said}</p>{faces}")), assets={})

    text = "".join(pages_of(data)).replace(" ", "")
    assert text.count(said) >= 1, [c for c in said if c not in text]
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607
    names = [line.split()[0] for line in fonts.splitlines()[2:]]
    assert names
    assert all("Tinos" in name for name in names), fonts


def test_tables_keep_their_cells_and_pictures_their_place():
    table = (
        '<table><tr><th colspan="2">Hai cột</th><th>Ba</th></tr>'
        '<tr><td rowspan="2">Hai dòng</td><td>x1</td><td>y1</td></tr><tr><td>x2</td><td>y2</td></tr></table>'
    )
    import hashlib  # noqa: PLC0415

    picture = png()
    sha = hashlib.sha256(picture).hexdigest()
    html = f'{table}<p><img src="asset:{sha}" alt="Hình"></p>'
    data = procedure_pdf(content(Section("1", "Bảng", html)), assets={sha: picture})

    text = " ".join(pages_of(data))
    for wanted in ("Hai cột", "Hai dòng", "x1", "y2"):
        assert wanted in text
    with pypdfium2.PdfDocument(data) as document:
        kinds = [o.type for page in document for o in page.get_objects()]
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds


@pytest.mark.parametrize("address", [
    "file:///etc/passwd", "http://127.0.0.1:9/x.png", "https://example.test/x.png",
    "/etc/passwd", "asset:" + "0" * 64, "data:image/png;base64,iVBORw0KGgo=", "ftp://x/y",
])  # fmt: skip
def test_nothing_is_fetched_from_anywhere(address):
    with pytest.raises(Unprintable, match="nguồn bên ngoài"):
        procedure_pdf(content(Section("1", "Hình", f'<p><img src="{address}"></p>')), assets={})


def test_a_paper_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(render, "WALL_SECONDS", 1)

    with pytest.raises(Unprintable, match="quá lâu"):
        procedure_pdf(content(Section("1", "Dài", LONG * 60)), assets={})


def test_a_title_never_becomes_markup():
    data = procedure_pdf(content(title="<script>x</script> & <b>Đậm</b>"), assets={})

    assert "<script>x</script> & <b>Đậm</b>" in " ".join(pages_of(data))


def test_the_same_content_gives_the_same_words():
    first, second = (pages_of(procedure_pdf(content(), assets={})) for _ in range(2))
    assert first == second


def test_a_report_in_the_form_of_the_decree():
    made = report_pdf(Report(
        parent_name="Ủy ban nhân dân tỉnh", agency_name="Sở Nội vụ", kind="BÁO CÁO",
        place_and_date="Đồng Tháp, ngày 01 tháng 12 năm 2026", subject="Kết quả đánh giá nội bộ",
        facts=(("Số hiệu", "ĐGNB-2026-01"),),
        blocks=(Block("1. Phát hiện", ("Một câu.",), Grid(("TT", "Sự việc"), (("1", "Sai hẹn"),))),),
        signers=(Signer("TRƯỞNG ĐOÀN", "Đỗ Thị Giang"),),
    ))  # fmt: skip
    text = " ".join(pages_of(made))
    for wanted in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kết quả đánh giá nội bộ", "Sai hẹn",
                   "Đỗ Thị Giang"):  # fmt: skip
        assert wanted in text, text


def test_the_language_of_the_reader_does_not_change_the_record():
    from django.utils.translation import override  # noqa: PLC0415

    with override("en"):
        english = pages_of(pdf("paper/procedure.html", {"c": content()}))
    assert english == pages_of(pdf("paper/procedure.html", {"c": content()}))
