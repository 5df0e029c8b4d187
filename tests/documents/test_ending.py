"""What is no longer in force is said to be so at every door, and leads to what replaced it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.services import draft as drafts
from documents.services import version as versions
from qms.kernel.refusals import Unacceptable
from tests.signing import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(agency, cast, write):
    made = write(
        drafts.create(
            agency, by=cast["author"], kind="system_procedure", code="QT-10", title="Hồ sơ"
        )
    )
    versions.submit(made, by=cast["author"])
    versions.review(made, by=cast["reviewer"])
    approve(made, by=cast["approver"], effective_on=timezone.localdate())
    return made.document


@pytest.fixture
def replaced(in_force, other, cast):
    versions.withdraw(in_force, by=cast["quality"], reason="Gộp vào QT-10.", replaced_by=other)
    return in_force


def test_the_page_of_a_withdrawn_document_names_its_replacement(client, replaced, other, cast):
    client.force_login(cast["reader"])
    page = client.get(replaced.document.get_absolute_url(), follow=True).content.decode()

    assert "HẾT HIỆU LỰC" in page
    assert other.get_absolute_url() in page


def test_so_does_the_public_page_of_a_copy(client, replaced, other):
    page = client.get(reverse("copies:copy-check", args=[replaced.check_code])).content.decode()

    assert "được thay bằng tài liệu QT-10 Hồ sơ" in page


def test_a_replacement_is_another_document_in_force(in_force, draft, cast, agency):
    idle = drafts.create(
        agency, by=cast["author"], kind="policy", code="CS", title="Chưa có"
    ).document
    for wrong in (in_force.document, idle):
        with pytest.raises(Unacceptable):
            versions.withdraw(in_force, by=cast["quality"], reason="x", replaced_by=wrong)


def test_a_former_code_still_leads_to_the_document(client, draft, cast):
    drafts.settle_code(draft, by=cast["author"], code="QT-33")
    client.force_login(cast["author"])
    for code in ("QT-33", "qt-33", "QT - 03", "QT-03"):
        response = client.get(reverse("documents:document-resolve", args=[code]))
        assert response["Location"] == draft.document.get_absolute_url(), code


def test_a_code_with_a_slash_leads_there_too(client, draft, cast):
    drafts.settle_code(draft, by=cast["author"], code="QT 02/CX-HCTP")
    client.force_login(cast["author"])

    response = client.get("/documents/code/QT 02/CX-HCTP/")
    assert response["Location"] == draft.document.get_absolute_url()


def test_a_code_tells_a_stranger_nothing(client, in_force, stranger):
    client.force_login(stranger)
    known = client.get(reverse("documents:document-resolve", args=["QT-03"]))
    unknown = client.get(reverse("documents:document-resolve", args=["QT-99"]))

    assert (known.status_code, unknown.status_code) == (404, 404)


def test_ended_versions_are_in_no_list_that_did_not_ask_for_them(client, replaced, cast):
    client.force_login(cast["reader"])
    title = replaced.title
    for address in (
        reverse("documents:document-list"),
        reverse("home:search-show") + "?q=kiểm soát thông tin", reverse("library:template-list"),
    ):  # fmt: skip
        assert title not in client.get(address).content.decode(), address
    ended = client.get(reverse("documents:document-list") + "?state=ended").content.decode()
    assert title in ended
    register = client.get(reverse("documents:register-list")).content.decode()
    assert register.index("Đã hết hiệu lực") < register.index(title), "in a part of its own"


def test_a_restricted_replacement_is_named_to_nobody_outside(client, replaced, other):
    type(other).objects.filter(pk=other.pk).update(restricted=True)
    page = client.get(reverse("copies:copy-check", args=[replaced.check_code])).content.decode()

    assert "Hồ sơ" not in page
    assert "QT-10" not in page
