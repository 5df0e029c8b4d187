"""Every copy that leaves says what it is worth, for whom and when; the original stays the original."""

import hashlib
import io
import json
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from documents.models import CopyClass, IssuedCopy
from documents.services import controlled_copy as controlled
from documents.services import copy as copies
from documents.services import draft as drafts
from documents.services import version as services
from documents.services.controlled_copy import Holder
from qms.kernel.refusals import IllegalMove
from qms.trail.models import Event
from qms.vault import services as vault
from tests.pdf import pages_of
from tests.signing import approve
from tests.words import say

pytestmark = pytest.mark.django_db


def fetch(client, person, version, kind="pdf", **how):
    client.force_login(person)
    return client.get(reverse(f"documents:file-{kind}", args=[version.pk]), **how)


@pytest.fixture
def superseded(in_force, cast):
    started = say(drafts.revise(in_force, by=cast["author"]))
    services.submit(started, by=cast["author"])
    services.review(started, by=cast["reviewer"])
    approve(started, by=cast["approver"], effective_on=timezone.localdate())
    in_force.refresh_from_db()
    return in_force


def test_a_download_is_stamped_on_every_page_for_whoever_asks(in_force, cast, client, settings):
    data = fetch(client, cast["reader"], in_force).content

    for text in pages_of(data):
        assert "BẢN SAO KHÔNG KIỂM SOÁT · Trần Văn An" in text
        assert timezone.localtime().strftime("%d/%m/%Y") in text
        assert f"{settings.SITE_URL}/check/{in_force.check_code}/" in text
        assert "HẾT HIỆU LỰC" not in text


def test_a_copy_says_that_it_is_one_and_claims_nothing_of_the_record(in_force, cast, client):
    sealed = vault.read(in_force.sealed_file)
    with pikepdf.open(io.BytesIO(fetch(client, cast["reader"], in_force).content)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("BẢN SAO – QT-03")
        assert str(pdf.docinfo["/QmsCopyOf"]) == hashlib.sha256(sealed).hexdigest()
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()
        assert "/AF" not in pdf.Root
        assert len(pdf.attachments) == 0
        assert "/StructTreeRoot" in pdf.Root  # still read aloud in order


def test_every_download_is_noted_with_the_hash_of_its_bytes(in_force, cast, client):
    data = fetch(client, cast["reader"], in_force).content

    note = IssuedCopy.objects.get()
    assert (note.version, note.by, note.by_name) == (in_force, cast["reader"], "Trần Văn An")
    assert (note.copy_class, note.sha256) == (
        CopyClass.UNCONTROLLED, hashlib.sha256(data).hexdigest(),
    )  # fmt: skip


def test_an_obsolete_copy_is_marked_across_every_page_since_its_day(superseded, cast, client):
    for text in pages_of(fetch(client, cast["reader"], superseded).content):
        assert text.count("HẾT HIỆU LỰC") == 2
        assert f"HẾT HIỆU LỰC từ {timezone.localdate():%d/%m/%Y}" in text


def test_before_its_day_a_copy_says_from_when(in_approval, cast, client):
    day = timezone.localdate() + timedelta(days=9)
    approve(in_approval, by=cast["approver"], effective_on=day)

    for text in pages_of(fetch(client, cast["reader"], in_approval).content):
        assert f"CHƯA CÓ HIỆU LỰC, có hiệu lực từ {day:%d/%m/%Y}" in text


def test_a_controlled_copy_bears_its_number(in_force, cast, client):
    (given,) = controlled.give(
        in_force,
        by=cast["quality"],
        holders=[Holder(words="Tủ ISO")],
        given_on=timezone.localdate(),
    )
    client.force_login(cast["quality"])
    data = client.get(reverse("documents:file-controlled", args=[given.pk])).content

    assert all(f"BẢN KIỂM SOÁT SỐ {given.label} · " in text for text in pages_of(data))
    assert IssuedCopy.objects.get().number == given.label


def test_the_original_is_the_original_byte_for_byte(in_force, cast, client):
    data = fetch(client, cast["reader"], in_force, "original").content

    assert data == vault.read(in_force.sealed_file)
    assert IssuedCopy.objects.get().copy_class == CopyClass.ORIGINAL
    assert not Event.objects.filter(name="version.original_taken").exists()


@pytest.mark.parametrize("who", ["quality", "approver"])
def test_an_obsolete_original_takes_a_second_step_and_an_event(superseded, cast, client, who):
    asked = fetch(client, cast[who], superseded, "original")
    assert "không dùng để làm việc" in asked.content.decode()
    assert not IssuedCopy.objects.exists()

    data = client.post(reverse("documents:file-original", args=[superseded.pk])).content
    assert data == vault.read(superseded.sealed_file)
    event = Event.objects.get(name="version.original_taken")
    assert (event.by, event.subject_id) == (cast[who], superseded.pk)


@pytest.mark.parametrize("who", ["reader", "author", "reviewer"])
def test_an_obsolete_original_is_not_for_those_who_work_by_it(superseded, cast, client, who):
    address = reverse("documents:file-original", args=[superseded.pk])
    client.force_login(cast[who])

    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    with pytest.raises(PermissionDenied):
        copies.take_original(superseded, by=cast[who])
    assert not IssuedCopy.objects.exists()
    assert "Tải bản gốc" not in client.get(superseded.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", ["pdf", "original", "preview"])
def test_a_stranger_learns_nothing(in_force, stranger, client, kind):
    assert fetch(client, stranger, in_force, kind).status_code == 404
    assert not IssuedCopy.objects.exists()


def test_a_draft_is_shown_as_a_draft_and_not_kept(draft, cast, client):
    files = draft.sealed_file
    texts = pages_of(fetch(client, cast["author"], draft, "preview").content)

    assert all(text.count("DỰ THẢO") == 2 for text in texts)
    assert not any("Kiểm tra" in text for text in texts)
    draft.refresh_from_db()
    assert draft.sealed_file == files is None
    assert fetch(client, cast["author"], draft).status_code == 404


def test_there_is_no_draft_of_what_is_decided(in_force, cast):
    with pytest.raises(IllegalMove, match="đã được phê duyệt"):
        copies.draft(in_force, by=cast["author"])


def test_a_copy_of_ours_is_known_again_and_told_without_a_name(in_force, cast, client):
    data = fetch(client, cast["reader"], in_force).content
    client.logout()

    def verdict(sha256: str) -> str:
        address = f"/check/{in_force.check_code}/?sha256={sha256}"
        page = client.get(address).content.decode()
        return page.split("data-verdict>")[1].split("<p class")[0]

    same = verdict(hashlib.sha256(data).hexdigest())
    assert "bản sao do hệ thống cấp ngày" in same
    assert "Trần Văn An" not in same
    assert "bản gốc đã ban hành" in verdict(in_force.sealed_file.sha256)
    assert "khác bản gốc" in verdict(hashlib.sha256(data + b" ").hexdigest())
    assert "notice" not in verdict("x'--")


def test_a_copy_of_a_draft_is_not_known_to_the_public(draft, cast, client):
    sha256 = hashlib.sha256(copies.draft(draft, by=cast["author"])).hexdigest()
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    approve(draft, by=cast["approver"], effective_on=timezone.localdate())

    page = client.get(f"/check/{draft.check_code}/?sha256={sha256}").content.decode()
    assert "khác bản gốc" in page


def test_the_record_holds_its_manifest(in_force, cast):
    with pikepdf.open(io.BytesIO(vault.read(in_force.sealed_file))) as pdf:
        said = json.loads(pdf.attachments["manifest.json"].get_file().read_bytes())

    assert said["format"] == "qms-controlled-document/1"
    assert (said["code"], said["issue_no"]) == ("QT-03", 1)
    assert said["content_sha256"] == in_force.content_hash
    assert said["agency"]["name"] == "Sở Nội vụ"
    assert [d["duty"] for d in said["decisions"]] == ["author", "reviewer", "approver"]
    assert {d["content_sha256"] for d in said["decisions"]} == {in_force.content_hash}
    assert [s["number"] for s in said["sections"]] == list("1234567")
    assert said["source"] is None
    assert "Rõ." not in json.dumps(said, ensure_ascii=False)  # remarks stay inside


def test_the_record_holds_the_word_file_as_handed_in(draft, cast):
    from documents.services.content import content_of  # noqa: PLC0415
    from qms.word.writing import docx  # noqa: PLC0415

    word = docx(content_of(draft))
    drafts.upload(draft, by=cast["author"], data=word, name="Bản của tôi.docx", revision=1)
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    approve(draft, by=cast["approver"], effective_on=timezone.localdate())

    with pikepdf.open(io.BytesIO(vault.read(draft.sealed_file))) as pdf:
        source = pdf.attachments["source.docx"]
        assert source.get_file().read_bytes() == word
        assert source.obj.AFRelationship == pikepdf.Name.Source
        assert "Bản của tôi.docx" in source.description
