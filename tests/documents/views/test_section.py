"""The pages for writing: whatever is refused, what was typed comes back with the refusal."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.services import checkout as checkouts
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import section as sections
from documents.services import version as versions
from documents.services.late_upload import LateFile
from qms.trail.models import Event
from qms.word import writing

pytestmark = pytest.mark.django_db
HOSTILE = (
    '<p>a</p><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x">b</a>'
)


def at(draft, section, verb="edit"):
    return reverse(f"documents:section-{verb}", args=[draft.pk, section.pk])


def typed(**other):
    said = {"number": "5", "title": "Nội dung quy trình", "html": "<p>Của tôi.</p>", "revision": 1}
    return said | {"was_number": "5", "was_title": "Nội dung quy trình"} | other


@pytest.fixture
def five(draft):
    return draft.sections.get(number="5")


@pytest.fixture
def author(client, cast):
    client.force_login(cast["author"])
    return client


def test_hostile_html_posted_directly_is_cleaned(author, draft, five):
    assert author.post(at(draft, five), typed(html=HOSTILE)).status_code == 302
    five.refresh_from_db()
    assert five.html == '<p>a</p><a rel="noopener noreferrer">b</a>'


def test_a_stale_save_comes_back_with_both_texts_and_the_next_save_named(
    author, draft, five, cast
):
    other = sections.Wording("5", five.title, "<p>Của Em.</p>")
    sections.edit(five, by=cast["quality"], wording=other, revision=1)

    answer = author.post(at(draft, five), typed())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Võ Thị Em" in page
    assert "&lt;p&gt;Của tôi.&lt;/p&gt;" in page
    assert 'name="revision" value="2"' in page
    assert author.post(at(draft, five), typed(revision=2)).status_code == 302


def test_a_section_replaced_by_an_upload_is_found_again(author, draft, five, cast):
    data = writing.docx(contents.content_of(draft), assets={})
    drafts.upload(draft, by=cast["quality"], data=data, name="a.docx", revision=1)
    now = draft.sections.get(number="5")
    assert now.pk != five.pk

    answer = author.post(at(draft, five), typed())
    assert answer.status_code == 409
    assert f'action="{at(draft, now)}"' in answer.content.decode()
    assert author.post(at(draft, now), typed(revision=2)).status_code == 302
    now.refresh_from_db()
    assert now.html == "<p>Của tôi.</p>"


def test_a_section_removed_meanwhile_can_be_put_back(author, draft, five, cast):
    sections.remove(draft.sections.get(pk=five.pk), by=cast["quality"], revision=1)
    answer = author.post(at(draft, five), typed())
    create = reverse("documents:section-create", args=[draft.pk])
    assert answer.status_code == 409
    assert f'action="{create}"' in answer.content.decode()
    assert author.post(create, typed(revision=2)).status_code == 302
    assert draft.sections.get(number="5").html == "<p>Của tôi.</p>"


@pytest.mark.parametrize("happens", ["held", "submitted"])
def test_what_cannot_be_saved_now_comes_back_whole(happens, author, draft, five, cast):
    if happens == "held":
        checkouts.check_out(draft, by=cast["quality"])
    else:
        versions.submit(draft, by=cast["author"])
    before = Event.objects.count()
    answer = author.post(at(draft, five), typed())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "&lt;p&gt;Của tôi.&lt;/p&gt;" in page
    assert "Giữ bản của tôi</button>" not in page
    assert Event.objects.count() == before
    assert author.get(at(draft, five)).status_code == 409


def test_a_refused_form_keeps_the_text(author, draft, five):
    answer = author.post(at(draft, five), typed(title=" "))
    assert answer.status_code == 422
    assert "Của tôi." in answer.content.decode()


def test_a_late_word_file_is_answered_with_both_texts_and_a_link_to_it(author, draft, five, cast):
    data = writing.docx(contents.content_of(draft), assets={})
    other = sections.Wording("5", five.title, "<p>Của Em.</p>")
    sections.edit(five, by=cast["quality"], wording=other, revision=1)
    file = SimpleUploadedFile("bản của tôi.docx", data, drafts.WORD)
    address = reverse("documents:version-upload", args=[draft.pk])
    answer = author.post(address, {"file": file, "revision": 1})
    page = answer.content.decode()
    late = draft.late_uploads.get()
    assert answer.status_code == 409
    assert "Võ Thị Em" in page
    assert "bản của tôi.docx" in page
    link = reverse("documents:late-upload-download", args=[draft.pk, late.pk])
    assert b"".join(author.get(link)) == data
    assert late.get_absolute_url() in author.get(draft.get_absolute_url()).content.decode()


def test_a_late_file_is_not_for_readers_of_what_the_draft_became(author, draft, cast):
    data = writing.docx(contents.content_of(draft), assets={})
    drafts.upload(draft, by=cast["quality"], data=data, name="a.docx", revision=1)
    with pytest.raises(LateFile) as refused:
        drafts.upload(draft, by=cast["author"], data=data, name="b.docx", revision=1)
    late = refused.value.upload
    versions.submit(draft, by=cast["author"])

    for who, status in (("author", 200), ("reviewer", 404)):
        author.force_login(cast[who])
        assert author.get(draft.get_absolute_url()).status_code == 200
        link = reverse("documents:late-upload-download", args=[draft.pk, late.pk])
        assert author.get(link).status_code == status
        assert author.get(late.get_absolute_url()).status_code == status
