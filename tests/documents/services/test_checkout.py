"""A draft that somebody holds: others read it and change nothing, until he or another lets go."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from documents import permissions
from documents.models import AmendmentLine, Checkout, Version
from documents.services import amendment as amendments
from documents.services import checkout as services
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import picture as pictures
from documents.services import section as sections
from documents.services import version as versions
from documents.services.section import Wording
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Refusal, Stale, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event
from qms.word import writing
from tests.pictures import PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(draft, cast):
    services.check_out(draft, by=cast["author"])
    return draft


def word_of(version) -> bytes:
    return writing.docx(contents.content_of(version), assets={})


def test_while_it_is_held_nobody_else_changes_or_submits_it(held, cast):
    by, wording = cast["quality"], Wording("1", "Mục đích", "<p>Khác.</p>")
    first = held.sections.first()
    tries = [
        lambda: sections.edit(first, by=by, wording=wording, revision=1),
        lambda: sections.create(held, by=by, wording=wording, revision=1),
        lambda: sections.remove(first, by=by, revision=1),
        lambda: sections.move(first, by=by, up=False, revision=1),
        lambda: sections.renumber(held, by=by, revision=1),
        lambda: pictures.add(held, by=by, data=PNG, name="a.png"),
        lambda: drafts.upload(held, by=by, data=word_of(held), name="a.docx", revision=1),
        lambda: amendments.amend(held, by=by, lines=[], kept=0, revision=1),
        lambda: versions.submit(held, by=by),
        lambda: versions.discard(held, by=by, reason="Thừa."),
        lambda: services.check_out(held, by=by),
    ]
    before = Event.objects.count()
    for attempt in tries:
        with pytest.raises(IllegalMove, match="Lê Thị Bình đang nhận sửa"):
            attempt()
    assert Event.objects.count() == before
    assert not AmendmentLine.objects.exists()
    held.refresh_from_db()
    assert (held.state, held.revision) == ("draft", 1)
    assert {"submit", "upload", "edit", "amend"}.isdisjoint(permissions.verbs_for(by, held))
    assert permissions.visible_versions(by).filter(pk=held.pk).exists()


def test_the_holder_hands_it_in_by_uploading(held, cast):
    drafts.upload(held, by=cast["author"], data=word_of(held), name="a.docx", revision=1)

    ended = Checkout.objects.get()
    assert (ended.outcome, ended.ended_by) == ("checked_in", cast["author"])
    assert Event.objects.get(name="version.uploaded").facts["checked_in"]
    services.check_out(held, by=cast["quality"])


def test_the_holder_writes_and_submits_and_thereby_lets_go(held, cast):
    first = held.sections.first()
    sections.edit(
        first, by=cast["author"], wording=Wording("1", "Mục đích", "<p>a</p>"), revision=1
    )
    versions.submit(held, by=cast["author"])

    assert Checkout.objects.get().outcome == "moved_on"


def test_check_out_twice_is_one_hold(held, cast):
    services.check_out(held, by=cast["author"])
    assert (
        Checkout.objects.count(),
        Event.objects.filter(name="version.checked_out").count(),
    ) == (1, 1)


def test_release_is_for_the_holder(held, cast):
    with pytest.raises(Stale):
        services.release(held, by=cast["quality"])
    services.release(held, by=cast["author"])
    assert Checkout.objects.get().outcome == "released"
    with pytest.raises(Stale):
        services.release(held, by=cast["author"])


def test_unlock_takes_a_reason_and_tells_the_holder(held, cast):
    with pytest.raises(Unacceptable):
        services.unlock(held, by=cast["quality"], reason=" ")
    with pytest.raises(Stale):
        services.unlock(held, by=cast["author"], reason="Của tôi.")
    with pytest.raises(PermissionDenied):
        services.unlock(held, by=cast["reviewer"], reason="Gấp.")

    services.unlock(held, by=cast["quality"], reason="Chị Bình nghỉ phép.")

    notice = Notice.objects.get(person=cast["author"])
    assert "Võ Thị Em" in notice.subject
    assert Event.objects.get(name="version.unlocked").reason == "Chị Bình nghỉ phép."
    services.check_out(held, by=cast["quality"])


@pytest.mark.parametrize("who", ["reader", "reviewer", "approver"])
def test_check_out_is_for_those_who_write(who, draft, cast):
    with pytest.raises(PermissionDenied):
        services.check_out(draft, by=cast[who])


def test_check_out_takes_drafts_only(in_review, cast):
    with pytest.raises(IllegalMove):
        services.check_out(in_review, by=cast["author"])


def test_the_database_knows_one_holder(held, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Checkout.objects.create(version=held, holder=cast["quality"], holder_name="Em")


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_holds_it(draft, cast):
    """Twelve at once, two people; one hold, and who submits meanwhile meets it or comes first."""
    told: list[str] = []

    def take(name: str) -> None:
        try:
            services.check_out(
                Version.objects.get(pk=draft.pk), by=User.objects.get(pk=cast[name].pk)
            )
            told.append(name)
        except Refusal:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(n,)) for n in ("author", "quality") * 6]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    holder = Checkout.objects.open().get().holder
    assert len({name for name in told if name != "refused"}) == 1
    assert Event.objects.filter(name="version.checked_out").count() == 1
    assert holder in (cast["author"], cast["quality"])
