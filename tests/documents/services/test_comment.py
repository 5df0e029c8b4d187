"""Remarks are tied to a place, settled by those concerned, and kept; seen marks are one's own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from documents.models import Comment, SeenChange
from documents.services import comment as comments
from documents.services import draft as drafts
from documents.services import version as services
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.models import Event
from tests.signing import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def revised(in_force, cast, write):
    """A revision on its way, with a change in every section."""
    started = write(drafts.revise(in_force, by=cast["author"]), "Kiểm soát hồ sơ của cơ quan.")
    services.submit(started, by=cast["author"])
    return started


def test_a_remark_stays_after_it_was_settled_and_after_approval(in_review, cast):
    said = comments.create(in_review, by=cast["reviewer"], text="Ai lưu hồ sơ?", place="7. Hồ sơ")
    comments.resolve(said, by=cast["author"], answer="Đã ghi Văn thư.")
    services.review(in_review, by=cast["reviewer"])
    approve(in_review, by=cast["approver"], effective_on=timezone.localdate())

    kept = Comment.objects.get()
    assert (kept.by_name, kept.text, kept.answer, kept.resolved_name) == (
        "Phạm Thị Chi", "Ai lưu hồ sơ?", "Đã ghi Văn thư.", "Lê Thị Bình",
    )  # fmt: skip
    assert (
        Event.objects.filter(name__in=["version.commented", "version.comment_resolved"]).count()
        == 2
    )
    with pytest.raises(IllegalMove):
        comments.create(in_review, by=cast["reviewer"], text="Muộn rồi.")


def test_who_may_comment_and_settle(in_review, cast, stranger):
    for person in (cast["reader"], stranger):
        with pytest.raises(PermissionDenied):
            comments.create(in_review, by=person, text="Không phải việc của tôi.")
    with pytest.raises(Unacceptable):
        comments.create(in_review, by=cast["reviewer"], text=" ")
    said = comments.create(in_review, by=cast["reviewer"], text="Ai lưu?")
    with pytest.raises(PermissionDenied):
        comments.resolve(said, by=cast["approver"])
    comments.resolve(said, by=cast["reviewer"])
    with pytest.raises(Stale):
        comments.resolve(said, by=cast["author"])


def test_what_was_seen_is_remembered_for_each_reader(client, revised, cast):
    client.force_login(cast["reviewer"])
    page = client.get(reverse("documents:version-compare", args=[revised.pk]))
    cards = page.context["cards"]
    assert len(cards) > 3
    for card in cards[:2]:
        client.post(
            reverse("documents:change-mark", args=[revised.pk]), {"key": card.key, "seen": "1"}
        )
    assert "Bạn đã xem 2/" in client.get(revised.get_absolute_url()).content.decode()

    client.post(reverse("documents:change-mark", args=[revised.pk]), {"key": cards[0].key})
    assert SeenChange.objects.filter(person=cast["reviewer"]).count() == 1
    client.force_login(cast["approver"])
    page = client.get(reverse("documents:version-compare", args=[revised.pk]))
    assert page.context["progress"].seen == 0


def test_a_change_that_was_worded_anew_is_unseen_again(client, revised, cast, write):
    client.force_login(cast["reviewer"])
    url = reverse("documents:version-compare", args=[revised.pk])
    for card in client.get(url).context["cards"]:
        client.post(
            reverse("documents:change-mark", args=[revised.pk]), {"key": card.key, "seen": "1"}
        )
    assert client.get(url).context["progress"].left == 0
    services.recall(revised, by=cast["author"], reason="Sửa một câu.")
    write(revised, "Kiểm soát hồ sơ của xã.")
    services.submit(revised, by=cast["author"])

    assert client.get(url).context["progress"].seen == 0


def test_mark_refuses_what_is_no_change(client, revised, cast):
    client.force_login(cast["reviewer"])
    for key in ("", "x", "0" * 39 + "g"):
        url = reverse("documents:change-mark", args=[revised.pk])
        assert client.post(url, {"key": key, "seen": "1"}).status_code == 422
    assert not SeenChange.objects.exists()
