"""What a PDF/A-3 must and must not be, as far as pikepdf, qpdf and Poppler can tell."""

import datetime as dt
import io
import shutil
import subprocess

import pikepdf
import pytest
from pikepdf import Name

from qms.kernel.content import Section
from qms.paper.attached import Attached
from qms.paper.render import Unprintable, procedure_pdf, report_pdf
from qms.paper.report import Report
from tests.qms.paper.papers import content, paragraphs, picture, poppler

SHA, PICTURE = picture()
RICH = (
    "<h3>Nhỏ</h3><ul><li>Một</li></ul><p><a href='#s1'>Xem mục 1</a></p>"
    f"<table><thead><tr><th>Bước</th></tr></thead><tbody><tr><td>Một</td></tr></tbody></table>"
    f'<p><img src="asset:{SHA}" alt="Lưu đồ"></p>'
)
FILES = (
    Attached("manifest.json", b'{"format": "x"}', "Data", "Thông tin"),
    Attached("source.docx", b"PK\x03\x04 word", "Source", "Tệp soạn thảo: Quy trình.docx"),
)


def made() -> bytes:
    return procedure_pdf(
        content(
            Section("1", "Mục đích", RICH), Section("2", "Nội dung", paragraphs(60)),
            issued_on=dt.date(2026, 3, 1),
        ),
        assets={SHA: PICTURE}, check="https://example.test/check/ABCD-EFGH/", attached=FILES,
    )  # fmt: skip


@pytest.fixture(scope="module")
def data():
    return made()


@pytest.fixture(scope="module")
def pdf(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf


def everything(pdf):
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]


def test_it_says_what_it_is(pdf):
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        assert metadata["xmp:CreateDate"] == "2026-03-01"
    assert str(pdf.docinfo["/Title"]) == "QT-03/VP Kiểm soát thông tin dạng văn bản"
    assert str(pdf.Root.Lang) == "vi"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert pdf.Root.MarkInfo.Marked is True
    assert "/StructTreeRoot" in pdf.Root


def test_colours_are_defined_and_nothing_is_forbidden(pdf):
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    assert intent.DestOutputProfile.N == 3
    assert "/Encrypt" not in pdf.trailer
    assert len(pdf.trailer.ID) == 2
    for one in everything(pdf):
        assert one.get("/S") not in (Name.JavaScript, Name.Launch, Name.Movie), one
        assert "/JS" not in one
        assert one.get("/SMask", Name("/None")) in (Name("/None"), Name("/none")), one
        assert float(one.get("/ca", 1)) == float(one.get("/CA", 1)) == 1
        assert "/OPI" not in one
        assert one.get("/Filter") != Name.LZWDecode


def test_every_font_is_inside_and_every_letter_can_be_read_out(pdf):
    fonts = [one for one in everything(pdf) if one.get("/Type") == Name.Font]
    inside = [f for f in fonts if f.get("/Subtype") == Name.CIDFontType2]
    assert inside
    assert all("/FontFile2" in font.FontDescriptor for font in inside)
    assert all("/ToUnicode" in f for f in fonts if f.get("/Subtype") == Name.Type0)


def test_links_are_printed_with_the_page(pdf):
    marks = [one for one in everything(pdf) if one.get("/Subtype") == Name.Link]
    assert marks
    assert all(int(mark.F) & 4 and not int(mark.F) & 0b100010 for mark in marks)


def test_both_files_are_associated_once_in_their_relation(pdf):
    told = {str(one.UF): one for one in pdf.Root.AF}
    assert len(pdf.Root.AF) == 2
    assert told["manifest.json"].AFRelationship == Name.Data
    assert told["source.docx"].AFRelationship == Name.Source
    for name, one in told.items():
        assert "/F" in one
        assert "/Subtype" in one.EF.F, name
        assert {"/ModDate", "/Size"} <= set(one.EF.F.Params.keys())
    assert told["source.docx"].EF.F.read_bytes() == FILES[1].data
    assert pdf.attachments["manifest.json"].get_file().read_bytes() == FILES[0].data


def test_sections_are_bookmarks(pdf):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == ["MỤC LỤC", "SỬA ĐỔI TÀI LIỆU", "1. Mục đích", "2. Nội dung"]


def test_the_same_input_gives_the_same_bytes(data):
    assert made() == data


def test_qpdf_finds_nothing_wrong(data, tmp_path):
    assert shutil.which("qpdf"), "deploy/install dev installs qpdf"
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    told = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert told.returncode == 0, told.stdout + told.stderr


def test_poppler_reads_the_structure(data, tmp_path):
    told = poppler("pdfinfo", data, tmp_path, "-struct")
    for kind in ("Document", "H2", "Table", "TH", "Figure"):
        assert kind in told, kind


def test_reports_are_for_keeping_too():
    report = Report(
        "", "Sở Nội vụ", "Đồng Tháp, ngày 01 tháng 12 năm 2026", "BÁO CÁO", "Thử", (), (), ()
    )
    with pikepdf.open(io.BytesIO(report_pdf(report))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"


@pytest.mark.parametrize("html", [
    '<link rel="attachment" href="asset:{}">', '<a rel="attachment" href="asset:{}">x</a>',
])  # fmt: skip
def test_a_text_attaches_nothing_of_its_own(html):
    """Pictures are the only assets: not even they can be smuggled in as a file."""
    with pytest.raises(Unprintable):
        procedure_pdf(content(Section("1", "Phần", html.format(SHA))), assets={SHA: PICTURE})


def test_words_too_wide_for_a_table_are_broken_and_stay_on_the_paper(tmp_path):
    cells = "".join(f"<td>{'rộng' * 12}{n}</td>" for n in range(4))
    data = procedure_pdf(
        content(Section("1", "Bảng", f"<table><tr>{cells}</tr></table>")), assets={}
    )

    told = poppler("pdftotext", data, tmp_path, "-bbox")
    edges = [float(part.split('"')[1]) for part in told.split("xMax=")[1:]]
    assert max(edges) <= 595.3 - 40
