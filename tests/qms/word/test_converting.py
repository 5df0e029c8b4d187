"""Older and foreign formats: converted where LibreOffice is, a clear sentence where it is not."""

import os
import subprocess

import pytest

from qms.word import converting
from qms.word.converting import converter, to_docx
from qms.word.reading import read
from qms.word.refusals import Unreadable
from tests.qms.word import files
from tests.samples import samples

needs_it = pytest.mark.skipif(not converter(), reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """The procedure of the tests as .doc and as .odt, written by LibreOffice itself."""
    folder = tmp_path_factory.mktemp("older")
    source = folder / "a.docx"
    source.write_bytes(files.procedure(title="Tiếp nhận đơn"))
    subprocess.run(  # noqa: S603  # a fixed command
        [converter(), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "odt", "--outdir", str(folder), str(source)], check=True, capture_output=True,
        env=os.environ | {"HOME": str(folder)}, timeout=90,
    )  # fmt: skip
    return {"odt": (folder / "a.odt").read_bytes()}


@needs_it
def test_an_odt_is_read_as_the_same_document(older):
    reading = read(older["odt"], name="a.odt")
    assert (reading.code, reading.title, reading.issue_no) == ("QT 07/VP", "Tiếp nhận đơn", 1)
    assert [s.number for s in reading.sections] == list("1234567")
    assert [w.code for w in reading.warnings] == ["converted"]


@needs_it
def test_the_old_word_file_of_the_samples_is_read():
    reading = read(samples("docx/13_legacy_ND30_PhuLuc5.doc").read_bytes(), name="cũ.doc")
    assert "LẬP HỒ SƠ VÀ GIAO NỘP HỒ SƠ" in reading.text
    assert reading.warnings[0].code == "converted"


@needs_it
def test_what_libreoffice_cannot_load_is_refused_although_it_ends_well():
    """It ends with 0 and writes nothing: what counts is the file."""
    with pytest.raises(Unreadable) as told:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, name="a.doc")
    assert told.value.reason == "unconverted"


@needs_it
def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(converting, "converter", lambda: str(slow))
    monkeypatch.setattr(converting, "WALL_SECONDS", 1)
    with pytest.raises(Unreadable) as told:
        to_docx(b"x", ending="doc")
    assert told.value.reason == "timeout"
    left = subprocess.run(["pgrep", "-f", str(slow)], capture_output=True, check=False)  # noqa: S603, S607
    assert left.stdout == b""


@pytest.mark.parametrize(("data", "name", "says"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "a.doc", "chưa cài LibreOffice"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "a.docx", "định dạng Word cũ"),
])  # fmt: skip
def test_without_libreoffice_a_sentence_says_what_to_do(monkeypatch, data, name, says):
    monkeypatch.setattr(converting, "converter", lambda: "")
    with pytest.raises(Unreadable, match=says) as told:
        read(data, name=name)
    assert told.value.status == 415


def odt(**parts):
    contents = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
    return files.packed(contents | {k.replace("__", "/"): v for k, v in parts.items()})


@pytest.mark.parametrize(("data", "reason"), [
    (odt(Basic__script="x"), "macro"),
    (odt(**{"META-INF/manifest.xml": b"<m><encryption-data/></m>"}), "encrypted"),
    (odt(**{"content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "external_entity"),
    (odt(**{"content.xml": b"\0" * 30_000_000}), "zip_bomb"),
])  # fmt: skip
def test_an_odt_is_looked_into_before_anything_converts_it(monkeypatch, data, reason):
    monkeypatch.setattr(converting, "converter", lambda: pytest.fail("It was converted."))
    with pytest.raises(Unreadable) as told:
        read(data, name="a.odt")
    assert told.value.reason == reason
