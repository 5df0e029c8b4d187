"""The bundle of what is in force: whole, with an index and hashes, or not openable at all."""

import hashlib
import io
import json
import os
import re
import tracemalloc
import zipfile

import pytest
from django.http import StreamingHttpResponse
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import Document, Version
from documents.registers import bundle
from qms.trail.models import Event
from qms.vault import services as vault
from qms.vault.services import Tampered, path_of
from qms.web.download import safe_name

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def unzip(client, query=None):
    response = client.get("/documents/register.zip", query or {})
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_it_holds_the_sealed_files_an_index_and_their_hashes(in_force, draft, cast, client):
    client.force_login(cast["reader"])
    archive = unzip(client)

    path = "Quy trình hệ thống/QT-03 Kiểm soát thông tin dạng văn bản.pdf"
    assert set(archive.namelist()) == {path, "index.xlsx", "index.html", "manifest.json"}
    assert hashlib.sha256(archive.read(path)).hexdigest() == in_force.sealed_file.sha256
    listed = {f["path"]: f["sha256"] for f in json.loads(archive.read("manifest.json"))["files"]}
    assert listed == {
        name: hashlib.sha256(archive.read(name)).hexdigest()
        for name in archive.namelist()
        if name != "manifest.json"
    }
    sheet = load_workbook(io.BytesIO(archive.read("index.xlsx"))).worksheets[0]
    assert any(cell.value == "QT-03" for row in sheet for cell in row)
    event = Event.objects.get(name="register.exported")
    assert (event.by, event.facts["files"]) == (cast["reader"], 1)


def test_a_title_is_never_a_path_or_a_script(in_force, cast, client, without_sealed_triggers):
    title = '../../<script>alert(1)</script>: "a"\u202egpj'
    Version.objects.filter(pk=in_force.pk).update(title=title, code="QT/../03")
    client.force_login(cast["reader"])
    archive = unzip(client)

    for name in archive.namelist():
        assert not name.startswith(("/", "."))
        assert ".." not in name.split("/")
        assert not set('<>:"\\|?*\u202e') & set(name)
    assert "<script" not in archive.read("index.html").decode()


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("a/b\\c", "a-b-c"), ("CON", "_CON"), ("nul.pdf", "_nul.pdf"), ("  x . ", "x"),
        ("..", "-"), ("", "-"), ("a" * 500, "a" * 120), ("a\u0000\u200eb", "a-b"),
    ],
)  # fmt: skip
def test_a_safe_name_is_one_that_every_system_takes(typed, safe):
    assert safe_name(typed) == safe


def test_two_documents_of_one_name_both_come(in_force, cast, client):
    entry = bundle.entries_of([in_force, in_force])
    assert [e.path.rsplit("/", 1)[1] for e in entry] == [
        "QT-03 Kiểm soát thông tin dạng văn bản.pdf",
        "QT-03 Kiểm soát thông tin dạng văn bản (2).pdf",
    ]


def test_a_lost_file_refuses_and_a_changed_one_breaks_off(in_force, cast, client):
    path = path_of(in_force.sealed_file.sha256)
    kept = path.read_bytes()
    client.force_login(cast["reader"])

    path.write_bytes(kept[:-1] + b"?")
    response = client.get("/documents/register.zip")
    with pytest.raises(Tampered):
        b"".join(response.streaming_content)
    path.unlink()
    assert client.get("/documents/register.zip").status_code == 410


def test_it_is_of_the_day_and_of_what_was_chosen(in_force, cast, client):
    client.force_login(cast["reader"])
    assert len(unzip(client, {"on": "01/01/2020"}).namelist()) == 3
    assert len(unzip(client, {"kind": "form"}).namelist()) == 3
    assert client.get("/documents/register.zip", {"on": "x"}).status_code == 422


EVIL = 'CON <script>alert(1)</script> ../../x:\u202e*?" "\n'


@pytest.fixture
def many(agency, cast):
    """300 documents in force, each with a sealed file of its own of 100 KB."""
    rows = [
        Document(agency=agency, kind="form", code=f"BM-{n}", code_key=f"bm-{n}", title=EVIL)
        for n in range(300)
    ]
    documents = Document.objects.bulk_create(rows)
    versions = Version.objects.bulk_create(
        Version(document=d, issue_no=1, code=d.code, title=d.title, author=cast["author"])
        for d in documents
    )
    for version in versions:
        data = b"%PDF-1.4 " + version.code.encode() + os.urandom(100_000)
        version.sealed_file = vault.keep(data, media_type="application/pdf", name="a.pdf")
        version.state, version.content_hash = "in_force", "x"
        version.issued_on = version.effective_on = TODAY
    fields = ["sealed_file", "state", "content_hash", "issued_on", "effective_on"]
    Version.objects.bulk_update(versions, fields, batch_size=100)
    return versions


def test_the_bundle_streams_hundreds_of_files_in_little_memory(many, cast, client, tmp_path):
    client.force_login(cast["reader"])
    tracemalloc.start()
    response = client.get("/documents/register.zip")
    assert isinstance(response, StreamingHttpResponse)
    with (tmp_path / "bundle.zip").open("wb") as sent:
        for chunk in response.streaming_content:
            assert len(chunk) < 2_000_000
            sent.write(chunk)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (tmp_path / "bundle.zip").stat().st_size > 30_000_000
    assert peak < 20_000_000
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names)) == 303
        for name in names:
            assert not re.search(r'[<>:"\\|?*\x00-\x1f\u202e]|\.\.(/|$)|^/', name), name
        told = {
            row["path"]: row["sha256"]
            for row in json.loads(archive.read("manifest.json"))["files"]
        }
        assert set(told) == set(names) - {"manifest.json"}
        for name, sha in told.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == sha
        index = archive.read("index.html").decode()
    assert "<script" not in index
    assert "&lt;script&gt;" in index
    event = Event.objects.get(name="register.exported")
    assert (event.by, event.facts["files"]) == (cast["reader"], 300)
