"""A stamp stands on every page whatever stood there, in every letter, and hides nothing."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from qms.kernel.content import Section
from qms.paper.letters import letters
from qms.paper.render import procedure_pdf
from qms.paper.stamps import Stamp, stamped
from tests.pdf import pages_of
from tests.qms.paper.papers import content, paragraphs, poppler

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
STAMP = Stamp(
    "HẾT HIỆU LỰC từ 01/12/2026",
    "Trần Văn An · 02/12/2026 09:41",
    "Kiểm tra tại X",
    "HẾT HIỆU LỰC",
)


@pytest.fixture(scope="module")
def data():
    return procedure_pdf(content(Section("1", "Nội dung", paragraphs(80))), assets={})


def empty(*boxes: tuple[int, ...], page_contents: bytes = b"") -> bytes:
    out = io.BytesIO()
    with Pdf.new() as pdf:
        for box in boxes:
            page = Dictionary(Type=Name.Page, MediaBox=Array(list(box)))
            page.Contents = pdf.make_stream(page_contents)
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(out)
    return out.getvalue()


def test_every_page_bears_it_once_and_keeps_its_words(data):
    before, after = pages_of(data), pages_of(stamped(data, STAMP, title="QT-03"))

    assert len(after) == len(before) > 3
    for old, new in zip(before, after, strict=True):
        assert new.count("Trần Văn An · 02/12/2026 09:41") == 1
        assert new.count("HẾT HIỆU LỰC") == 2
        assert set(old.split()) <= set(new.split())


def test_every_vietnamese_letter_can_be_read_out_again(data, tmp_path):
    said = VOWELS + VOWELS.upper()
    for part in (said[:80], said[80:]):
        made = stamped(data, Stamp(part, "x"), title="x")
        assert part in "".join(pages_of(made)[0].split())
    fonts = poppler("pdffonts", made, tmp_path)
    stamp = next(line for line in fonts.splitlines() if "QMSCPY" in line)
    assert "yes yes yes" in stamp  # embedded, a part of the font, with Unicode


def test_a_letter_it_does_not_have_is_a_question_mark(data):
    assert "Tên ?? lạ" in pages_of(stamped(data, Stamp("Tên 龍🙂 lạ", "x"), title="x"))[0]


def test_a_name_typed_in_pieces_is_put_together(data):
    import unicodedata  # noqa: PLC0415

    said = unicodedata.normalize("NFD", "Nguyễn Thị Hạnh")
    assert "Nguyễn Thị Hạnh" in pages_of(stamped(data, Stamp(said, "x"), title="x"))[0]


@pytest.mark.parametrize("box", [(0, 0, 842, 595), (0, 0, 298, 420), (-50, -60, 545, 782)])
def test_it_stays_on_paper_of_any_size(box, tmp_path):
    long = Stamp(
        "BẢN SAO KHÔNG KIỂM SOÁT", "Họ tên rất dài " * 20, "https://x.test/" + "a" * 400, "DỰ THẢO"
    )
    made = stamped(empty(box), long, title="x")

    with pypdfium2.PdfDocument(made) as document:
        shown = document[0].render(scale=1).to_pil().convert("L")
    inside = shown.crop((2, 2, shown.width - 2, shown.height - 2))
    assert min(inside.tobytes()) < 200
    edge = [shown.getpixel((x, y)) for x in (0, shown.width - 1) for y in range(shown.height)]
    assert min(edge) == 255
    assert "…" in pages_of(made)[0]


def test_what_a_page_left_open_does_not_bend_the_stamp():
    """Our papers are drawn upside down and never put back; the stamp is not."""
    plain = stamped(empty((0, 0, 595, 842)), STAMP, title="x")
    bent = stamped(
        empty((0, 0, 595, 842), page_contents=b"1 0 0 -1 0 842 cm 3 0 0 3 9 9 cm"),
        STAMP,
        title="x",
    )

    def seen(data):
        with pypdfium2.PdfDocument(data) as document:
            return document[0].render(scale=0.5).to_pil().tobytes()

    assert seen(bent) == seen(plain)


def test_a_stamped_file_is_whole_and_small(data, tmp_path):
    made = stamped(data, STAMP, title="x")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.check_pdf_syntax() == []
        forms = {page.Resources.XObject["/QmsStamp"].objgen for page in pdf.pages}
    assert len(forms) == 1
    assert len(made) - len(data) < 25_000


def test_no_signature_is_left_to_be_broken():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(empty((0, 0, 595, 842)))) as pdf:
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)
        pdf.Root.Perms = Dictionary()
        pdf.save(out)
    with pikepdf.open(io.BytesIO(stamped(out.getvalue(), STAMP, title="x"))) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Perms" not in pdf.Root


def test_what_is_said_of_a_copy_is_text_and_never_markup(data):
    facts = {"QmsCopyFor": "<b>&\"'</b>"}
    with pikepdf.open(io.BytesIO(stamped(data, STAMP, title="</rdf:li>&", facts=facts))) as pdf:
        assert str(pdf.docinfo["/QmsCopyFor"]) == facts["QmsCopyFor"]
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "BẢN SAO – </rdf:li>&"


def test_the_letters_are_read_once():
    assert letters() is letters()
    assert set(VOWELS + VOWELS.upper()) <= set(letters().glyphs)
