"""Every Vietnamese letter can be read and searched in the PDF, in the four faces of our font."""

import unicodedata

import pytest

from qms.kernel.content import Section
from qms.paper.render import procedure_pdf, report_pdf
from qms.paper.report import Block, Report
from tests.qms.paper.papers import content, pages, poppler

VOWELS = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
]
LETTERS = [form for letter in [*VOWELS, "đ"] for form in (letter, letter.upper())]
BEYOND_ASCII = [letter for letter in LETTERS if not letter.isascii()]
FACES = {"Tinos": "{}", "Tinos-Bold": "<strong>{}</strong>", "Tinos-Italic": "<em>{}</em>",
         "Tinos-Bold-Italic": "<strong><em>{}</em></strong>"}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("letters")


@pytest.fixture(scope="module")
def data():
    said = " ".join(BEYOND_ASCII)
    faces = [Section(str(n), f"Kiểu {n}", f"<p>{face.format(said)}</p>")
             for n, face in enumerate(FACES.values(), 1)]  # fmt: skip
    return procedure_pdf(content(*faces), assets={})


@pytest.mark.parametrize("number", range(1, 5), ids=list(FACES))
def test_all_134_letters_come_out_in_this_face(number, data, folder):
    assert len(BEYOND_ASCII) == 134
    text = " ".join(pages(data, folder)[2:])
    own = text.split(f"{number}. Kiểu {number}")[1].split(f"{number + 1}. Kiểu")[0]

    # Poppler takes single letters in a row for one spaced-out word, so white space is left out.
    assert "".join(own.split()) == "".join(BEYOND_ASCII)


def test_the_four_faces_are_in_the_file_and_no_other_font(data, folder):
    rows = [row.split() for row in poppler("pdffonts", data, folder).splitlines()[2:]]
    faces = {name.split("+")[-1].replace("-Regular", "") for name, *_rest in rows}

    assert faces == set(FACES), rows
    for _name, *_kind, embedded, subset, readable, _object, _generation in rows:
        assert (embedded, subset, readable) == ("yes", "yes", "yes"), rows


def test_the_letters_of_a_report_come_out_too(folder):
    report = Report(
        parent_name="Tỉnh", agency_name="Sở", place_and_date="Đồng Tháp", kind="BÁO CÁO",
        subject="Chữ", facts=(), blocks=(Block("1", (" ".join(BEYOND_ASCII),)),), signers=(),
    )  # fmt: skip
    data = report_pdf(report)

    assert "".join(BEYOND_ASCII) in "".join(" ".join(pages(data, folder)).split())
    fonts = poppler("pdffonts", data, folder).splitlines()[2:]
    assert all("Tinos" in row for row in fonts), fonts


@pytest.mark.parametrize("said", ["“trích dẫn” – dấu … ≥ ≤ ± × ÷ °C § № €", "→ ☐ ☑ ✓ ● ■"])
def test_signs_of_our_papers_are_not_lost(said, folder):
    data = procedure_pdf(content(Section("1", "Ký hiệu", f"<p>{said}</p>")), assets={})
    found = " ".join(pages(data, folder))
    assert [sign for sign in said.split() if sign not in found] == []
