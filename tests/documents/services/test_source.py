"""Files of every kind as drafts: kept as handed in, each field with how sure it is."""

import pytest

from documents.models import Version
from documents.services import draft as drafts
from documents.services import intake
from documents.services.source import clean_name, ending_of
from qms.kernel.refusals import Unacceptable
from qms.vault import services as vault
from tests.documents import bad_files
from tests.qms.paper.test_reading import LINES
from tests.qms.word import files
from tests.samples import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(agency, cast):
    def take(name, data):
        row = intake.create(agency, by=cast["author"], data=data, name=name)
        assert row.status == "imported", row.reason
        return row, Version.objects.get(pk=row.version)

    return take


def test_a_pdf_with_text_comes_in_with_every_field_to_confirm(take):
    data = bad_files.pdf(*LINES)
    row, version = take("a.pdf", data)
    assert (version.code, version.title, version.issue_no) == ("QT-77", "Tiep nhan don thu", 2)
    assert row.warnings[0].startswith("Nội dung lấy từ lớp chữ của PDF")
    assert set(version.doubts.values_list("field", "how")) == {
        (field, "pdf") for field in ("code", "title", "issue_no", "issued_on")
    }
    assert vault.read(version.source_file) == data
    assert version.source_file.media_type == "application/pdf"


def test_a_scan_comes_in_as_a_draft_without_text_and_says_what_to_do(take, cast):
    data = samples("pdf/p3_scan_no_text_layer.pdf").read_bytes()
    row, version = take("BM.01.02 Danh mục tài liệu.pdf", data)
    assert "tải lên bản Word" in row.warnings[0]
    assert (version.sections.count(), version.code) == (0, "BM.01.02")
    assert dict(version.doubts.values_list("field", "how")) == {
        "issue_no": "assumed", "code": "file_name", "title": "file_name",
    }  # fmt: skip


def test_what_a_file_does_not_say_its_name_may(take):
    row, version = take("thư mục/QT-15_Tiếp_công_dân.docx", files.procedure(code="", title=""))
    assert (version.code, version.title) == ("QT-15", "QT-15 Tiếp công dân")
    assert [said.split(":")[0] for said in row.unsure] == [
        "Cần xác nhận mã hiệu", "Cần xác nhận tên tài liệu",
    ]  # fmt: skip


def test_a_draft_takes_no_pdf_in_place_of_its_text(draft, cast, client):
    client.force_login(cast["author"])
    with pytest.raises(Unacceptable, match="không có nội dung Word"):
        drafts.upload(
            draft, by=cast["author"], data=bad_files.pdf(*LINES), name="a.pdf", revision=1
        )


@pytest.mark.parametrize(("name", "ending"), [
    ("a.DOCX", ".docx"), ("a.tar.gz", ".gz"), ("khong", ""), ("thu.muc/khong", ""), ("a.", "."),
])  # fmt: skip
def test_the_ending_of_a_name(name, ending):
    assert ending_of(name) == ending


def test_a_long_name_keeps_its_ending():
    assert clean_name("dài " * 99 + ".pdf").endswith("….pdf")
    assert len(clean_name("d" * 400)) == 200
