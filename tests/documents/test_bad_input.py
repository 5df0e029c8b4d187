"""What must not come in, at every door: a sentence, a status, and nothing changed."""

import http.server
import io
import threading
import unicodedata
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from documents.lifecycles import VersionState
from documents.models import Batch, BatchFile, Document, Doubt, Version
from documents.services import batch as batches
from documents.services.confirmation import confirm
from qms.kernel.refusals import Unacceptable
from qms.trail.models import Event
from qms.vault.models import Blob
from qms.word.converting import converter
from tests.documents import bad_files
from tests.documents.bad_files import DOCX
from tests.qms.word import files

pytestmark = pytest.mark.django_db
IMPORT = "/documents/import/"
BAD = bad_files.bad_files()
# Of a form of ours: 422, and the wording of its own door, which looks at the ending first.
KINDS_OF_A_DRAFT = (".docx", ".doc", ".odt")


def state_of(settings):
    """Everything that a refusal must leave as it is."""
    counts = [m.objects.count() for m in (Document, Version, Blob, Event, Batch, BatchFile, Doubt)]
    kept = sorted(str(p) for p in Path(settings.FILES_DIR).rglob("*") if p.is_file())
    return counts, kept


@pytest.fixture
def hand_in(client, cast, agency):
    """Return `hand_in(file, ...)`: the answer of the import page to one or more files."""
    client.force_login(cast["quality"])

    def hand_in(*handed, **fields):
        sent = [SimpleUploadedFile(n, d, *rest) for n, d, *rest in handed]
        return client.post(IMPORT, {"agency": agency.pk, "documents": sent} | fields)

    return hand_in


@pytest.fixture
def only_row(hand_in):
    """Return `only_row(name, data)`: the row and the version that one good file becomes."""

    def only_row(name, data):
        answer = hand_in((name, data, DOCX))
        assert answer.status_code == 302, answer.content.decode()
        row = BatchFile.objects.latest("pk")
        return row, row.version

    return only_row


@pytest.fixture
def canary():
    """A server on this machine that nobody may ask for anything; `.hits` is who did."""

    class Canary(http.server.BaseHTTPRequestHandler):
        hits: list[str] = []

        def do_GET(self):
            self.hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args):
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.hits, server.url = Canary.hits, f"http://127.0.0.1:{server.server_address[1]}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("case", BAD)
def test_the_page_refuses_one_bad_file_and_changes_nothing(case, hand_in, settings):
    bad, before = BAD[case], state_of(settings)
    answer = hand_in((bad.name, bad.data, DOCX))
    assert (answer.status_code, bad.says in answer.content.decode()) == (bad.status, True)
    assert state_of(settings) == before


@pytest.mark.parametrize("case", BAD)
def test_a_draft_is_not_replaced_by_a_bad_file(case, client, cast, draft, settings):
    bad, before = BAD[case], state_of(settings)
    client.force_login(cast["author"])
    answer = client.post(
        reverse("documents:version-upload", args=[draft.pk]),
        {"file": SimpleUploadedFile(bad.name, bad.data, DOCX), "revision": draft.revision},
    )
    takes = bad.name.endswith(KINDS_OF_A_DRAFT) and bad.data
    assert answer.status_code == (bad.status if takes else 422)
    assert (bad.says if takes else "Tệp") in answer.content.decode()
    assert state_of(settings) == before
    assert Version.objects.get(pk=draft.pk).revision == draft.revision


def test_bad_files_in_an_archive_are_rows_and_the_good_one_comes_in(hand_in):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for bad in BAD.values():
            archive.writestr(bad.name, bad.data)
        archive.writestr("tốt.docx", files.procedure())
    assert hand_in(("tất cả.zip", out.getvalue(), "application/zip")).status_code == 302
    batches.work_off(seconds=60)

    rows = {row.name: row for row in BatchFile.objects.all()}
    assert rows.pop("tốt.docx").state == "imported"
    told = {bad.name: bad.says for bad in BAD.values()}
    assert {name for name, row in rows.items() if row.state != "refused"} == set()
    assert {n: told[n] for n, row in rows.items() if told[n] not in row.reason} == {}
    assert (Document.objects.count(), Version.objects.count()) == (1, 1)
    assert Batch.objects.get().finished_at


def test_bad_files_of_the_command_are_rows_and_the_good_one_comes_in(
    agency, cast, tmp_path, capsys
):
    folder = tmp_path / "vào"
    folder.mkdir()
    for bad in BAD.values():
        (folder / bad.name).write_bytes(bad.data)
    (folder / "tốt.docx").write_bytes(files.procedure())
    paths = [str(path) for path in sorted(folder.iterdir())]
    call_command("import_documents", *paths, agency="SNV", by="em")

    said = capsys.readouterr().out
    assert f"Đã nhập 1/{len(BAD) + 1} tệp" in said
    for bad in BAD.values():
        line = next(x for x in said.splitlines() if x.endswith(".") and f"/{bad.name} " in x)
        assert line.startswith("refused")
        assert bad.says in line
    assert Document.objects.count() == 1


def test_five_gigabytes_are_refused_before_a_byte_is_read(client, cast):
    class Unread:
        def read(self, *_args):
            raise AssertionError("The body was read.")

        readline = read

    client.force_login(cast["quality"])
    for address in (IMPORT, "/documents/new/"):
        answer = client.generic(
            "POST", address, CONTENT_TYPE="multipart/form-data; boundary=x",
            **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(5 * 1024**3)},
        )  # fmt: skip
        assert answer.status_code == 413
        assert "vượt mức" in answer.content.decode()


def test_only_the_import_page_takes_bodies_larger_than_a_file(client, cast, settings):
    client.force_login(cast["quality"])
    size = {"CONTENT_LENGTH": str(settings.BODY_LIMIT + 1), "CONTENT_TYPE": "text/plain"}
    assert client.generic("POST", "/documents/new/", **size).status_code == 413
    assert client.generic("POST", IMPORT, **size).status_code != 413
    client.logout()
    assert client.generic("POST", IMPORT, **size).status_code == 413


def test_a_body_streamed_without_saying_how_long_is_not_read(client, cast):
    class Endless:
        def read(self, *_args):
            raise AssertionError("The body was read.")

        readline = read

    client.force_login(cast["quality"])
    answer = client.generic(
        "POST", IMPORT, CONTENT_TYPE="multipart/form-data; boundary=x",
        **{"wsgi.input": Endless(), "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"},
    )  # fmt: skip
    assert answer.status_code in {400, 403, 413, 422}


def test_a_file_over_the_limit_is_refused_for_its_size(hand_in, settings):
    settings.UPLOAD_LIMIT, before = 10_000, state_of(settings)
    answer = hand_in(("to.docx", files.procedure(), DOCX))
    assert (answer.status_code, "lớn hơn mức" in answer.content.decode()) == (413, True)
    assert state_of(settings) == before


def test_more_files_than_a_request_may_hold_are_told_to_be_packed(hand_in, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES, before = 2, state_of(settings)
    answer = hand_in(*[(f"{n}.docx", b"x", DOCX) for n in range(3)])
    assert answer.status_code == 413
    assert "Nén cả thư mục thành một tệp ZIP" in answer.content.decode()
    assert state_of(settings) == before


@pytest.mark.parametrize("declared", ["text/html", "image/png", "message/rfc822"])
def test_a_file_declared_to_be_something_else_is_refused(hand_in, settings, declared):
    before = state_of(settings)
    answer = hand_in(("a.docx", files.procedure(), declared))
    assert (answer.status_code, "không phải tài liệu" in answer.content.decode()) == (415, True)
    assert state_of(settings) == before


@pytest.mark.parametrize("declared", ["", "application/octet-stream", "application/kswps"])
def test_a_machine_without_word_may_call_a_file_anything(hand_in, declared):
    assert hand_in(("a.docx", files.procedure(), declared)).status_code == 302


def test_an_entity_and_a_template_elsewhere_ask_nobody(hand_in, canary, only_row):
    entity = bad_files.with_head(
        f'<!DOCTYPE w:document [<!ENTITY % p SYSTEM "{canary.url}/p.dtd">%p;'
        f'<!ENTITY x SYSTEM "{canary.url}/x">]>'
    )
    assert hand_in(("a.docx", entity, DOCX)).status_code == 422
    rels = "word/_rels/settings.xml.rels"
    template = files.packed(files.parts(files.procedure()) | {
        rels: b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/attachedTemplate" TargetMode="External" Target="'
        + f"{canary.url}/evil.dotm".encode() + b'"/></Relationships>',
        "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
    })  # fmt: skip
    row, _version = only_row("b.docx", template)
    said = " ".join(row.found["warnings"])
    assert "ở nơi khác" in said
    assert "đối tượng nhúng" in said
    assert canary.hits == []


@pytest.mark.skipif(not converter(), reason="LibreOffice is not installed")
def test_a_picture_that_an_old_format_calls_for_is_not_fetched(canary, only_row):
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        "<text:p>QUY TRÌNH</text:p><text:p>Tiếp công dân</text:p><text:p>Mã hiệu: QT-88</text:p>"
        f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple" '
        f'xlink:href="{canary.url}/x.png"/></draw:frame></text:p>'
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    row, version = only_row("a.odt", out.getvalue())
    assert (version.code, version.title) == ("QT-88", "Tiếp công dân")
    assert version.source_file.media_type == "application/vnd.oasis.opendocument.text"
    assert "chuyển đổi tự động" in " ".join(row.found["warnings"])
    assert canary.hits == []


def test_twenty_two_thousand_runs_are_read_in_their_time(only_row):
    run = '<w:r><w:rPr><w:b w:val="{}"/></w:rPr><w:t xml:space="preserve">từ </w:t></w:r>'
    xml = "<w:p>" + "".join(run.format(n % 2) for n in range(22_000)) + "</w:p>"
    _row, version = only_row("dài.docx", files.in_body(xml))
    assert version.text_folded.count("tu ") > 20_000


def test_a_reading_without_end_is_ended_with_a_sentence(hand_in, settings, monkeypatch):
    from qms.word import reading  # noqa: PLC0415

    monkeypatch.setattr(reading, "_START", "import time; time.sleep(30)")
    monkeypatch.setattr(reading, "WALL_SECONDS", 1)
    before = state_of(settings)
    answer = hand_in(("a.docx", files.procedure(), DOCX))
    assert (answer.status_code, "quá lâu" in answer.content.decode()) == (422, True)
    assert state_of(settings) == before


def test_text_and_name_in_nfd_are_one_form_afterwards(only_row):
    def nfd(text):
        return unicodedata.normalize("NFD", text)

    _row, version = only_row(nfd("tiếp dân.docx"), files.procedure(title=nfd("Tiếp dân")))
    assert (version.title, version.source_file.name) == ("Tiếp dân", "tiếp dân.docx")


def test_a_title_without_end_is_cut_and_asked_about(only_row, cast):
    _row, version = only_row("a.docx", files.procedure(title="Rất dài " * 1300))
    assert len(version.title) <= 500
    assert version.doubts.get(field="title").how == "cut"


@pytest.mark.parametrize("title", ["x" * 10_000, "\x00\x01", "\u200b\u200d", "   "])
def test_titles_typed_without_end_or_letters_are_refused(client, cast, agency, settings, title):
    client.force_login(cast["quality"])
    before = state_of(settings)
    said = {"agency": agency.pk, "kind": "internal_procedure", "code": "QT-1", "title": title}
    assert client.post("/documents/new/", said).status_code == 422
    assert state_of(settings) == before


def test_control_and_zero_width_characters_are_gone(client, cast, agency):
    client.force_login(cast["quality"])
    said = {"agency": agency.pk, "kind": "internal_procedure", "code": "QT\u200b-1\u2060",
            "title": "Tiếp\u200d dân\ufeff"}  # fmt: skip
    assert client.post("/documents/new/", said).status_code == 302
    made = Version.objects.get()
    assert (made.code, made.title) == ("QT-1", "Tiếp dân")


NAMES = {
    "a" * 300 + ".docx": "a" * 194 + "…" + ".docx",
    "CON.docx": "CON.docx",
    "😀 quy trình.docx": "😀 quy trình.docx",
    "quy\u202excod.trình.docx": "quyxcod.trình.docx",
    "hai\ndòng.docx": "hai dòng.docx",
    '"><script>x</script>.docx': None,
}


@pytest.mark.parametrize("name", NAMES)
def test_odd_file_names_are_kept_as_words_and_shown_as_words(name, client, cast, agency):
    client.force_login(cast["quality"])
    data = files.procedure()
    made = batches.create(
        agency,
        by=cast["quality"],
        files=[batches.Handed(name, len(data), lambda: data)],
        name=name,
    )
    batches.work_off(made, seconds=30)
    row = made.files.get()
    assert row.state == "imported"
    assert NAMES[name] in (None, row.name)
    shown = client.get(made.get_absolute_url()).content.decode()
    assert "<script>x" not in shown
    served = client.get(reverse("documents:file-source", args=[row.version_id]))
    assert served["Content-Disposition"].startswith("attachment; filename=")
    assert "\n" not in served["Content-Disposition"]
    assert served["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("text", [
    "Quy tr×nh kiÓm so¸t tµi liÖu cña c¬ quan, ®¬n vÞ.",
    "Uyû ban nhaân daân xaõ toå chöùc tieáp coâng daân vaø giaûi quyeát ñôn thö.",
])  # fmt: skip
def test_text_in_an_old_font_is_warned_of(only_row, text):
    data = files.procedure(
        title="Kiem soat", sections=[], body=lambda d: [d.add_paragraph(text) for _ in range(40)]
    )
    row, _version = only_row("cũ.docx", data)
    assert "phông cũ" in " ".join(row.found["warnings"])


def test_dates_out_of_order_are_asked_about_and_block_the_way(only_row, cast):
    _row, version = only_row("a.docx", files.procedure(day="01/01/2999"))
    assert version.doubts.get().how == "future"
    said = {"code": version.code, "title": version.title, "issue_no": 1, "amendment_no": 0}
    with pytest.raises(Unacceptable, match="ở tương lai"):
        confirm(version, by=cast["quality"], issued_on=version.issued_on, **said)

    lines = [("1", "Bỏ bước 3", "Góp ý", "01", "01/02/2020")]
    _row, version = only_row("b.docx", files.procedure(code="QT 09/VP", amendments=lines))
    hows = set(version.doubts.values_list("field", "how"))
    assert hows == {("issued_on", "after_amendment"), ("amendment_no", "sheet")}


@pytest.mark.parametrize("twin", ["QT 07 / VP", "qt07/vp", "QT\u00a007/VP", "QT 07/VP\u200b"])
def test_codes_that_differ_in_spaces_or_case_are_one(only_row, hand_in, twin):
    only_row("a.docx", files.procedure())
    row, version = only_row("b.docx", files.procedure(code=twin, title="Khác"))
    assert not version.document.code_settled
    assert "đã dùng cho" in " ".join(row.found["warnings"])


def test_codes_that_differ_in_accents_are_one(only_row):
    only_row("a.docx", files.procedure(code="QĐ-01"))
    _row, version = only_row("b.docx", files.procedure(code="QD-01", title="Khác"))
    assert not version.document.code_settled


def test_two_people_at_once_the_second_is_told(client, cast, draft):
    client.force_login(cast["author"])
    address = reverse("documents:version-upload", args=[draft.pk])

    def send(code):
        file = SimpleUploadedFile("a.docx", files.procedure(code=code), DOCX)
        return client.post(address, {"file": file, "revision": draft.revision}).status_code

    first = send("QT-01")
    client.force_login(cast["quality"])
    assert (first, send("QT-02")) == (302, 409)


def test_a_pdf_of_ten_thousand_pages_is_kept_without_its_text(only_row):
    row, version = only_row("dài.pdf", bad_files.long_pdf(10_000))
    assert "quá dài" in row.found["warnings"][0]
    assert (version.state, version.sections.count()) == (VersionState.DRAFT, 0)
