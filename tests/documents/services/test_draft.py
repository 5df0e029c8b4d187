"""Beginning, editing, revising and naming drafts; nothing is overwritten or dropped."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import DocumentKind, Duty, Signatory, Version
from documents.services import content as contents
from documents.services import draft as services
from documents.services import version as versions
from qms.agencies.models import Role
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.vault import services as vault
from qms.word import writing
from tests.factories import hire
from tests.signing import approve
from tests.words import say

pytestmark = pytest.mark.django_db


def begin(agency, by, **fields):
    values = {"kind": DocumentKind.SYSTEM_PROCEDURE, "code": "QT-07", "title": "Tên"} | fields
    return services.create(agency, by=by, **values)


def word_of(version) -> bytes:
    return writing.docx(contents.content_of(version), assets={})


def test_create_gives_the_seven_sections(agency, cast):
    version = begin(agency, cast["author"])

    assert [s.number for s in version.sections.all()] == list("1234567")


@pytest.mark.parametrize("who", ["reader", "reviewer", "approver"])
def test_create_is_for_those_who_write(who, agency, cast):
    with pytest.raises(PermissionDenied):
        begin(agency, cast[who])


def test_create_refuses_a_code_already_taken_and_proposes_a_free_one(agency, cast, draft):
    with pytest.raises(Unacceptable, match="qt-04"):
        begin(agency, cast["author"], code="qt-03")
    with pytest.raises(Unacceptable):
        begin(agency, cast["author"], title="  ")


def test_upload_replaces_the_text_and_keeps_the_file(draft, cast, write):
    other = begin(draft.document.agency, cast["author"])
    data = word_of(write(other, "Nội dung đã sửa"))

    services.upload(draft, by=cast["author"], data=data, name="sửa.docx", revision=1)

    draft.refresh_from_db()
    assert draft.revision == 2
    assert "Nội dung đã sửa 1" in draft.sections.first().html
    assert (draft.code, draft.title) == ("QT-03", "Kiểm soát thông tin dạng văn bản")
    assert vault.read(draft.source_file) == data


def test_upload_from_an_old_save_loses_nothing(draft, cast):
    data = word_of(draft)
    services.upload(draft, by=cast["author"], data=data, name="a.docx", revision=1)

    with pytest.raises(Stale):
        services.upload(draft, by=cast["quality"], data=data, name="b.docx", revision=1)


def test_upload_refuses_what_is_no_word_file_and_what_is_submitted(draft, cast):
    with pytest.raises(Unacceptable):
        services.upload(draft, by=cast["author"], data=b"%PDF-1.7", name="a.docx", revision=1)
    data = word_of(draft)
    versions.submit(draft, by=cast["author"])
    with pytest.raises((IllegalMove, PermissionDenied)):
        services.upload(draft, by=cast["author"], data=data, name="a.docx", revision=1)


def test_revise_starts_from_the_version_in_force_with_the_next_amendment(in_force, cast):
    started = services.revise(in_force, by=cast["author"])

    assert (started.issue_no, started.amendment_no, started.state) == (1, 1, VersionState.DRAFT)
    assert [s.html for s in started.sections.all()] == [s.html for s in in_force.sections.all()]
    with pytest.raises(IllegalMove, match="đang có một bản nháp"):
        services.revise(in_force, by=cast["quality"])


def test_the_revision_supersedes_when_it_comes_into_force(in_force, cast):
    started = say(services.revise(in_force, by=cast["author"]))
    versions.submit(started, by=cast["author"])
    versions.review(started, by=cast["reviewer"])
    approve(started, by=cast["approver"], effective_on=timezone.localdate())

    in_force.refresh_from_db()
    assert (in_force.state, started.state) == ("superseded", "in_force")
    assert Version.objects.in_force().filter(document=started.document).count() == 1


def test_settle_code_gives_a_document_the_code_it_keeps(agency, cast, draft):
    twin = services.new_document(agency, kind="system_procedure", code="QT-03", title="Khác")
    version = services.new_version(twin, by=cast["author"])

    assert not twin.code_settled
    assert services.free_code(agency, "QT-03") == "QT-04"
    for wrong in ("", "  ", "QT-03"):
        with pytest.raises(Unacceptable):
            services.settle_code(version, by=cast["author"], code=wrong)
    services.settle_code(version, by=cast["author"], code="QT-04")
    twin.refresh_from_db()
    version.refresh_from_db()
    assert (twin.code, twin.code_settled, version.code) == ("QT-04", True, "QT-04")


def test_register_takes_paper_over_as_it_was_approved(draft, cast):
    """Needs the quality office, a day of issue and an approver on the cover."""
    with pytest.raises(Unacceptable):
        versions.register(draft, by=cast["quality"])
    draft.issued_on = dt.date(2025, 3, 1)
    draft.save()
    Signatory.objects.create(version=draft, duty=Duty.APPROVER, name="Ông Cũ", position="GĐ")
    with pytest.raises(PermissionDenied):
        versions.register(draft, by=cast["author"])

    versions.register(draft, by=cast["quality"])
    assert (draft.state, draft.effective_on) == ("in_force", dt.date(2025, 3, 1))
    assert vault.read(draft.sealed_file).startswith(b"%PDF")


def test_a_person_of_two_agencies_writes_where_he_writes(agency, cast, stranger):
    hire(agency, "la", Role.READER)
    with pytest.raises(PermissionDenied):
        begin(agency, stranger)
