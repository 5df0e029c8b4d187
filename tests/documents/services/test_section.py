"""Writing by section: nothing is overwritten, nothing hostile stays, nothing typed is lost."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from documents.models import Section, Version, VersionAsset
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import picture as pictures
from documents.services import section as services
from documents.services import version as versions
from documents.services.late_upload import LateFile
from documents.services.saving import saves_since
from documents.services.section import Wording
from qms.agencies.models import Agency, User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.standards.models import Clause
from qms.trail.models import Event
from qms.vault import services as vault
from qms.word import writing
from tests.documents.services.test_draft import begin
from tests.pictures import PNG, png

pytestmark = pytest.mark.django_db


def five(draft) -> Section:
    return draft.sections.get(number="5")


def said(html: str = "<p>Mới.</p>", **other) -> Wording:
    return Wording(**({"number": "5", "title": "Nội dung quy trình", "html": html} | other))


def test_edit_saves_words_name_and_clauses_and_counts_the_save(draft, cast, clauses):
    tags = list(Clause.objects.filter(edition__is_default=True, number__in=["7.5", "8.1"]))
    wording = said(number="5a", title=" Cách  làm ", clauses=tags)

    services.edit(five(draft), by=cast["author"], wording=wording, revision=1)

    draft.refresh_from_db()
    section = draft.sections.get(number="5a")
    assert (section.title, section.html, draft.revision) == ("Cách làm", "<p>Mới.</p>", 2)
    assert set(section.clauses.all()) == set(tags)
    assert "cach lam" in draft.text_folded
    assert Event.objects.get(name="version.section_edited").facts["revision"] == 2


def test_a_save_from_an_old_page_overwrites_nothing_and_shows_both(draft, cast):
    services.edit(five(draft), by=cast["quality"], wording=said("<p>Của em.</p>"), revision=1)
    with pytest.raises(Stale):
        services.edit(five(draft), by=cast["author"], wording=said("<p>Của tôi.</p>"), revision=1)

    assert five(draft).html == "<p>Của em.</p>"
    assert [e.by_name for e in saves_since(draft, 1)] == ["Võ Thị Em"]
    lines = services.differences(draft, five(draft), said("<p>Của tôi.</p>")).changes
    assert (lines[0].before, lines[0].after) == (("Của em.",), ("Của tôi.",))


def test_the_same_save_sent_twice_is_one(draft, cast):
    for _again in range(2):
        services.edit(five(draft), by=cast["author"], wording=said(), revision=1)
        draft.refresh_from_db()
    assert (draft.revision, Event.objects.filter(name="version.section_edited").count()) == (2, 1)
    new = said(number="8", title="Phụ lục")
    made = [services.create(draft, by=cast["author"], wording=new, revision=2) for _ in range(2)]
    assert made[0] == made[1]
    assert draft.sections.count() == 8


def test_sections_are_added_moved_removed_and_numbered(draft, cast):
    by = cast["author"]
    services.create(draft, by=by, wording=said(title="Lưu đồ"), revision=1, after=5)
    services.move(draft.sections.get(title="Lưu đồ"), by=by, up=True, revision=2)
    services.remove(draft.sections.get(title="Mục đích"), by=by, revision=3)
    services.renumber(draft, by=by, revision=4)

    rows = list(draft.sections.all())
    assert [s.order for s in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert [s.number for s in rows] == list("1234567")
    assert [s.title for s in rows][3:5] == ["Lưu đồ", "Nội dung quy trình"]
    with pytest.raises(Unacceptable):
        services.move(rows[0], by=by, up=True, revision=5)
    with pytest.raises(Stale):
        services.renumber(draft, by=by, revision=4)


def test_edit_refuses_an_empty_title_and_what_is_no_draft(draft, cast):
    with pytest.raises(Unacceptable):
        services.edit(five(draft), by=cast["author"], wording=said(title=" "), revision=1)
    versions.submit(draft, by=cast["author"])
    with pytest.raises(IllegalMove):
        services.edit(five(draft), by=cast["author"], wording=said(), revision=1)


@pytest.mark.parametrize("who", ["reader", "reviewer", "approver"])
def test_edit_is_for_those_who_write(who, draft, cast):
    with pytest.raises(PermissionDenied):
        services.edit(five(draft), by=cast[who], wording=said(), revision=1)


def test_pictures_go_round_by_their_address_and_stay_by_their_hash(draft, cast):
    sha = pictures.add(draft, by=cast["author"], data=PNG, name="sơ đồ.png")
    assert pictures.add(draft, by=cast["author"], data=PNG, name="lại.png") == sha
    shown = pictures.shown(draft, f'<p><img src="asset:{sha}" alt="sơ đồ"></p>')
    assert f"/documents/versions/{draft.pk}/pictures/{sha}/" in shown

    services.edit(five(draft), by=cast["author"], wording=said(shown), revision=1)

    assert five(draft).html == f'<p><img src="asset:{sha}" alt="sơ đồ"></p>'
    assert list(contents.assets_of(draft)) == [sha]


def test_a_picture_of_a_text_one_does_not_see_is_not_reached_by_its_hash(draft, cast, stranger):
    theirs = begin(_agency_of(stranger), stranger)
    secret = pictures.add(theirs, by=stranger, data=png(colour="blue"), name="mật.png")

    wording = said(f'<p>a<img src="/documents/versions/1/pictures/{secret}/"></p>')
    services.edit(five(draft), by=cast["author"], wording=wording, revision=1)

    assert five(draft).html == "<p>a</p>"
    assert not VersionAsset.objects.filter(version=draft).exists()


def _agency_of(person):
    return Agency.objects.get(pk=next(iter(person.standing.agencies)))


def test_an_upload_keeps_clauses_and_the_pictures_a_page_may_still_show(draft, cast, clauses):
    sha = pictures.add(draft, by=cast["author"], data=PNG, name="a.png")
    clause = Clause.objects.get(edition__is_default=True, number="8.5")
    services.edit(five(draft), by=cast["author"], wording=said(clauses=[clause]), revision=1)
    draft.refresh_from_db()
    data = writing.docx(contents.content_of(draft), assets={})

    drafts.upload(draft, by=cast["author"], data=data, name="a.docx", revision=2)

    assert list(five(draft).clauses.all()) == [clause]
    assert sha in contents.assets_of(draft)


def test_a_file_that_comes_late_is_kept_and_taken_or_dropped(draft, cast):
    mine = writing.docx(contents.content_of(draft), assets={})
    services.edit(five(draft), by=cast["quality"], wording=said(), revision=1)
    with pytest.raises(LateFile) as refused:
        drafts.upload(draft, by=cast["author"], data=mine, name="của tôi.docx", revision=1)

    late = refused.value.upload
    draft.refresh_from_db()
    assert five(draft).html == "<p>Mới.</p>"
    assert (vault.read(late.blob), late.name, draft.revision) == (mine, "của tôi.docx", 2)
    with pytest.raises(Stale):
        drafts.take(late, by=cast["author"], revision=1)
    drafts.take(late, by=cast["author"], revision=2)
    assert "Kiểm soát tài liệu" in five(draft).html
    with pytest.raises(Stale):
        drafts.take(late, by=cast["author"], revision=3)


def test_the_same_file_sent_twice_is_taken_once(draft, cast):
    data = writing.docx(contents.content_of(draft), assets={})
    for _again in range(2):
        drafts.upload(draft, by=cast["author"], data=data, name="a.docx", revision=1)
    draft.refresh_from_db()
    assert (draft.revision, draft.late_uploads.count()) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(draft, cast):
    """Twenty saves from the same page at once: one is kept whole, the others hear of it."""
    section, told = five(draft), []

    def save(n: int) -> None:
        by = User.objects.get(pk=cast["author" if n % 2 else "quality"].pk)
        try:
            one = Section.objects.select_related("version__document__agency").get(pk=section.pk)
            services.edit(one, by=by, wording=said(f"<p>Bản {n}.</p>"), revision=1)
            told.append(n)
        except Stale:
            told.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (won,) = [n for n in told if n is not None]
    assert len(told) == 20
    assert five(draft).html == f"<p>Bản {won}.</p>"
    assert Version.objects.get(pk=draft.pk).revision == 2
