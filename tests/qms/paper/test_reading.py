"""The text of PDFs handed in: read page by page, refused with a sentence, never carried out."""

import pytest

from qms.paper import pdf_worker, reading
from qms.paper.reading import UnreadablePdf, read_pdf
from qms.word.reading import read_lines
from tests.documents import bad_files
from tests.samples import samples

LINES = (
    "QUY TRINH", "Tiep nhan don thu", "Document No.: QT-77", "Issue: 2", "Issue date: 2024-05-02",
    "1. Purpose", "What this is for.", "2. Scope", "Where this holds.", "3. Procedure", "Do it.",
)  # fmt: skip


def refused(data):
    with pytest.raises(UnreadablePdf) as told:
        read_pdf(data, name="a.pdf")
    return told.value.reason, told.value.status


def test_the_lines_of_a_page_come_in_order_with_what_is_bold():
    found = read_pdf(bad_files.pdf("Mot", "Hai", bold="Hai"), name="a.pdf")
    assert [(text, bold) for text, bold, _size in found.pages[0]] == [
        ("Mot", False),
        ("Hai", True),
    ]
    assert (found.page_count, found.is_blank) == (1, False)


def test_lines_are_recognised_as_a_procedure():
    found = read_pdf(bad_files.pdf(*LINES), name="a.pdf")
    got = read_lines(found.pages, name="a.pdf")
    assert (got.code, got.title, got.issue_no) == ("QT-77", "Tiep nhan don thu", 2)
    assert str(got.issued_on) == "2024-05-02"
    assert [(s.number, s.title) for s in got.sections] == [
        ("1", "Purpose"), ("2", "Scope"), ("3", "Procedure"),
    ]  # fmt: skip


def test_a_scan_has_no_text_and_is_no_fault():
    found = read_pdf(samples("pdf/p3_scan_no_text_layer.pdf").read_bytes(), name="a.pdf")
    assert (found.page_count, found.is_blank) == (1, True)


def test_a_handbook_of_149_pages_is_read_by_its_chapters():
    found = read_pdf(samples("pdf/p1_de_iso9001_handbook_149p.pdf").read_bytes(), name="a.pdf")
    got = read_lines(found.pages, name="a.pdf")
    chapters = [s.title for s in got.sections if s.title.startswith("Chapter")]
    assert found.page_count == 149
    assert chapters[0].startswith("Chapter 1. ISO 9001")
    assert len(chapters) >= 28


def test_the_locked_pdf_of_the_samples():
    assert refused(samples("pdf/p5_encrypted_userpw.pdf").read_bytes()) == ("encrypted", 422)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"\0" * 99])
def test_what_is_no_whole_pdf(data):
    assert refused(data) == ("damaged", 422)


def test_ten_thousand_pages_are_counted_and_not_read():
    found = read_pdf(bad_files.long_pdf(10_000), name="a.pdf")
    assert (found.page_count, found.is_too_long, found.pages) == (10_000, True, ())


def test_a_file_over_the_limit(settings):
    settings.UPLOAD_LIMIT = 10
    assert refused(bad_files.pdf("x")) == ("too_large", 413)


@pytest.mark.parametrize(("code", "reason"), [
    ("import time; time.sleep(30)", "timeout"), ("raise ValueError", "damaged"),
    ("import os; os.kill(os.getpid(), 9)", "timeout"),
])  # fmt: skip
def test_a_worker_that_ends_early_is_a_refusal(monkeypatch, code, reason):
    monkeypatch.setattr(reading, "_START", code)
    monkeypatch.setattr(reading, "WALL_SECONDS", 1)
    assert refused(bad_files.pdf("x"))[0] == reason


def test_the_limits_are_ones_that_a_server_can_bear():
    assert pdf_worker.CPU_SECONDS < reading.WALL_SECONDS <= 30
    assert pdf_worker.MEMORY <= 1024**3
