"""Whoever holds a copy learns what it is worth, and of drafts nobody learns anything."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.models import Version
from documents.services import draft as drafts
from documents.services import version as services
from qms.vault import services as vault
from tests.pdf import pages_of
from tests.signing import approve
from tests.words import say

pytestmark = pytest.mark.django_db


def ask(client, version, **files) -> str:
    address = f"/check/{version.check_code}/"
    response = client.post(address, files) if files else client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_paper_carries_its_own_address(in_force, settings):
    cover = pages_of(vault.read(in_force.sealed_file))[0]

    assert f"{settings.SITE_URL}/check/{in_force.check_code}/" in cover.replace(" ", "")


def test_a_visitor_learns_that_it_is_in_force(in_force, client):
    page = ask(client, in_force)

    assert "đang có hiệu lực" in page
    assert "QT-03" in page
    assert in_force.sealed_file.sha256 in page


def test_of_a_superseded_copy_he_learns_by_what(in_force, cast, client):
    started = say(drafts.revise(in_force, by=cast["author"]))
    services.submit(started, by=cast["author"])
    services.review(started, by=cast["reviewer"])
    approve(started, by=cast["approver"], effective_on=timezone.localdate())

    page = ask(client, in_force)
    assert "đã được thay bằng lần 01, sửa đổi 01" in page
    assert "đang có hiệu lực" not in page


def test_of_a_withdrawn_one_that_it_is_withdrawn(in_force, cast, client):
    services.withdraw(in_force, by=cast["quality"], reason="Không còn dùng, nội bộ.")

    page = ask(client, in_force)
    assert "đã bị bãi bỏ" in page
    assert "nội bộ" not in page


def test_the_very_file_is_told_from_any_other(in_force, client):
    data = vault.read(in_force.sealed_file)
    before = Version.objects.count()

    same = ask(client, in_force, file=SimpleUploadedFile("a.pdf", data))
    other = ask(client, in_force, file=SimpleUploadedFile("a.pdf", data + b"\n"))
    assert "đúng từng byte" in same
    assert "khác bản gốc" in other
    assert Version.objects.count() == before


@pytest.mark.parametrize("state", ["draft", "in_review", "in_approval"])
def test_a_version_on_its_way_has_no_copies(state, request, client):
    version = request.getfixturevalue(state)

    response = client.get(f"/check/{version.check_code}/")
    assert response.status_code == 404
    assert version.title not in response.content.decode()


@pytest.mark.parametrize("code", ["AAAA-AAAA", "x", "%00", "<b>", "A" * 300])
def test_what_is_not_ours_is_told_in_a_sentence(code, client):
    response = client.get(f"/check/{code}/")
    assert response.status_code == 404
    assert "<b>" not in response.content.decode().split("<main")[1].replace("<b></b>", "")


@pytest.mark.parametrize("typed", ["{0}", "{1}", "  {1} ", "{2}"])
def test_a_code_is_read_however_it_was_typed(typed, in_force, client):
    code = in_force.check_code
    asked = typed.format(code, code.replace("-", "").lower(), code.replace("-", " – "))

    response = client.get("/check/", {"code": asked})
    assert response["Location"] == f"/check/{code}/"


def test_a_code_of_another_length_is_refused_kindly(client):
    response = client.get("/check/", {"code": "ABC"})
    assert response.status_code == 422
    assert "8 chữ và số" in response.content.decode()


def test_codes_are_random_and_once():
    from documents.models.version import new_check_code  # noqa: PLC0415

    codes = {new_check_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert not set("".join(codes)) & set("01IO")
