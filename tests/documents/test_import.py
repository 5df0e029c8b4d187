"""What taking a Word file in makes of it: a draft with everything in it, or one told refusal."""

import hashlib
import io
import unicodedata

import pytest
from django.core.exceptions import PermissionDenied

from documents.lifecycles import VersionState
from documents.models import Document, DocumentKind, Version
from documents.services import content as contents
from documents.services import intake
from documents.services import version as versions
from documents.services.draft import settle_code
from qms.kernel.refusals import Unacceptable
from qms.trail.models import Event
from qms.vault import services as vault
from tests.qms.word import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(agency, cast):
    """Return `take(data, name)`: the row of one import, and its version."""

    def take(data=None, name="a.docx", by="quality", **options):
        row = intake.create(
            agency, by=cast[by], data=files.procedure() if data is None else data, name=name,
            **options,
        )  # fmt: skip
        return row, Version.objects.filter(pk=row.version).first()

    return take


def test_a_file_becomes_a_draft_that_says_what_the_file_says(take, cast, agency):
    row, version = take(files.procedure(amendment="01", amendments=[("1", "Bỏ", "", "01", "x")]))

    assert (row.status, row.reason, row.warnings) == ("imported", "", [])
    assert (version.state, version.author) == (VersionState.DRAFT, cast["quality"])
    assert (version.document.agency, version.document.code_settled) == (agency, True)
    assert (version.code, version.title) == ("QT 07/VP", "Tiếp nhận phản ánh của công dân")
    assert (version.issue_no, version.amendment_no) == (1, 1)
    assert str(version.issued_on) == "2025-07-07"
    assert [s.number for s in version.sections.all()] == list("1234567")
    assert version.sections.first().html == "<p>Đoạn văn thứ 1 của quy trình.</p>"
    assert version.amendments.get().description == "Bỏ"
    assert [(s.duty, s.name) for s in version.signatories.all()] == [
        ("author", "Lê Thị Bình"), ("reviewer", "Phạm Thị Chi"), ("approver", "Nguyễn Văn Dũng"),
    ]  # fmt: skip


def test_the_original_is_kept_byte_for_byte_under_its_hash(take):
    data = files.procedure()
    _row, version = take(data, name="hồ sơ/bản gốc.docx")

    assert version.source_file.sha256 == hashlib.sha256(data).hexdigest()
    assert vault.read(version.source_file) == data
    event = Event.objects.get(name="document.imported")
    assert event.facts["sha256"] == version.source_file.sha256
    assert event.facts["file"] == "hồ sơ/bản gốc.docx"


def test_pictures_are_kept_with_the_text_that_shows_them(take):
    def body(document):
        document.add_picture(io.BytesIO(files.png()))

    _row, version = take(files.procedure(body=body))
    sha256 = hashlib.sha256(files.png()).hexdigest()
    assert contents.assets_of(version) == {sha256: files.png()}
    assert f'src="asset:{sha256}"' in version.sections.last().html


def test_warnings_stay_with_the_draft(take):
    row, version = take(files.procedure(footer="Ngày ban hành: 01/6/2024"))
    assert len(row.warnings) == 1
    assert version.warnings == row.warnings


def test_text_and_file_name_in_nfd_are_stored_in_nfc(take):
    def nfd(text):
        return unicodedata.normalize("NFD", text)

    data = files.procedure(title=nfd("Tiếp công dân"), sections=[nfd(h) for h in files.SEVEN])
    _row, version = take(data, name=nfd("Tiếp công dân.docx"))
    assert version.title == "Tiếp công dân"
    assert version.source_file.name == "Tiếp công dân.docx"
    assert [s.title for s in version.sections.all()] == [h[3:] for h in files.SEVEN]


def test_a_code_already_taken_comes_in_and_a_free_one_is_proposed(take):
    take()
    row, twin = take(files.procedure(code="qt07/vp", title="Quy trình khác"))

    assert row.status == "imported"
    assert (twin.code, twin.document.code_settled) == ("qt07/vp", False)
    assert row.warnings == [
        'Mã qt07/vp đã dùng cho "Tiếp nhận phản ánh của công dân". Chọn mã khác, ví dụ qt08/vp.'
    ]


def test_a_draft_with_a_taken_code_is_submitted_only_after_it_is_settled(take, cast):
    take()
    _row, twin = take(files.procedure(title="Quy trình khác"))

    with pytest.raises(Unacceptable, match="chưa được chốt"):
        versions.submit(twin, by=cast["quality"])
    with pytest.raises(Unacceptable, match="đã dùng cho"):
        settle_code(twin, by=cast["quality"], code="QT 07/VP")
    settle_code(twin, by=cast["quality"], code="QT 08/VP")
    twin = Version.objects.get(pk=twin.pk)
    versions.submit(twin, by=cast["quality"])
    assert (twin.state, twin.code) == (VersionState.IN_REVIEW, "QT 08/VP")


def test_the_code_proposed_is_one_that_nobody_has(take):
    for code in ("QT 07/VP", "QT 08/VP", "QT 09/VP"):
        take(files.procedure(code=code))
    row, _twin = take(files.procedure(code="QT 07/VP"))
    assert row.warnings[-1].endswith("ví dụ QT 10/VP.")


def test_a_file_without_a_code_comes_in_unsettled(take, cast):
    row, version = take(files.procedure(code=""))
    assert row.warnings == [
        "Không tìm thấy mã hiệu.", "Không tìm thấy mã hiệu. Nhập mã hiệu trước khi trình.",
    ]  # fmt: skip
    with pytest.raises(Unacceptable, match="chưa được chốt"):
        versions.submit(version, by=cast["quality"])


def test_two_files_without_a_code_are_two_documents(take):
    take(files.procedure(code=""))
    row, _version = take(files.procedure(code="", title="Khác"))
    assert row.status == "imported"
    assert Document.objects.filter(code_settled=False).count() == 2


def test_the_same_file_twice_is_said(take):
    data = files.procedure()
    take(data)
    row, _version = take(data)
    assert "Tệp này giống hệt một tệp đã nhập trước đó." in row.warnings


def test_a_file_without_a_title_is_named_after_itself(take):
    _row, version = take(files.procedure(title=""), name="kho/Tiếp_công_dân.docx")
    assert version.title == "Tiếp công dân"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04broken"])
def test_a_file_that_cannot_be_read_leaves_nothing_but_its_reason(take, data):
    row, version = take(data)
    assert (row.status, row.code, version) == ("refused", "", None)
    assert row.reason.endswith(".")
    assert not Document.objects.exists()
    assert not Event.objects.filter(name="document.imported").exists()


def test_values_longer_than_their_fields_are_cut_not_refused(take):
    row, version = take(files.procedure(code="QT " + "1" * 90, title="Rất dài " * 100))
    assert row.status == "imported"
    assert len(version.code) == 60
    assert 490 < len(version.title) <= 500


def test_scripts_in_the_file_are_only_letters_in_the_document(take):
    def body(document):
        document.add_paragraph("<script>alert(1)</script><a href='javascript:x'>bấm</a>")

    _row, version = take(files.procedure(body=body))
    html = version.sections.last().html
    assert "<script" not in html
    assert "<a" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("duty", ["reader", "approver", "reviewer"])
def test_people_who_do_not_write_take_nothing_in(take, duty):
    with pytest.raises(PermissionDenied, match="không có vai trò soạn thảo"):
        take(by=duty)


def test_a_stranger_takes_nothing_in(agency, stranger):
    with pytest.raises(PermissionDenied):
        intake.create(agency, by=stranger, data=files.procedure(), name="a.docx")
    assert not Document.objects.exists()


def test_registering_puts_the_paper_in_force_since_its_issue_date(take):
    row, version = take(register=True)
    assert (row.status, row.warnings) == ("imported", [])
    assert (version.state, str(version.effective_on)) == (VersionState.IN_FORCE, "2025-07-07")
    assert vault.read(version.sealed_file).startswith(b"%PDF-")


@pytest.mark.parametrize(("lacking", "reason"), [
    ({"day": ""}, "không có ngày ban hành"), ({"day": "01/01/2999"}, "còn ở tương lai"),
    ({"code": ""}, "chưa được chốt"),
])  # fmt: skip
def test_what_cannot_be_registered_stays_a_draft_and_says_why(take, lacking, reason):
    row, version = take(files.procedure(**lacking), register=True)
    assert (row.status, version.state) == ("imported", VersionState.DRAFT)
    assert row.warnings[-1].startswith("Chưa ghi nhận hiệu lực: ")
    assert reason in row.warnings[-1]


def test_an_author_takes_in_but_does_not_register(take):
    row, version = take(by="author", register=True)
    assert (row.status, version.state) == ("imported", VersionState.DRAFT)
    assert "không có quyền" in row.warnings[-1]


@pytest.mark.parametrize(("title", "code", "kind"), [
    ("Sổ tay chất lượng", "ST-01", DocumentKind.MANUAL),
    ("Chính sách chất lượng năm 2026", "CS-01", DocumentKind.POLICY),
    ("Mục tiêu chất lượng", "MT-01", DocumentKind.OBJECTIVES),
    ("Phiếu yêu cầu", "BM-03", DocumentKind.FORM),
    ("Thủ tục cấp bản sao", "QT 01", DocumentKind.TTHC_PROCEDURE),
    ("Kiểm soát hồ sơ", "QT-HT 01", DocumentKind.SYSTEM_PROCEDURE),
    ("Quản lý văn bản đến", "QT 09", DocumentKind.INTERNAL_PROCEDURE),
])  # fmt: skip
def test_the_kind_is_the_one_a_reader_would_say(take, title, code, kind):
    _row, version = take(files.procedure(title=title, code=code))
    assert version.document.kind == kind
