"""Reactions run after the commit, once, and again until they succeed."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from qms.trail.models import Delivery
from qms.trail.services import deliver_owed, outbox, record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seen(monkeypatch):
    """A reaction that notes what it was told; `seen.fail` makes it fail."""

    class Seen(list):
        fail = False

    noted = Seen()

    def note(event):
        if noted.fail:
            raise OSError("mất kết nối")
        noted.append(event.name)

    monkeypatch.setattr(outbox, "_reactions", {"document.created": [note]})
    return noted


def happen(agency, by):
    with transaction.atomic():
        return record(by, "document.created", agency, agency=agency)


def test_a_reaction_follows_the_commit(agency, cast, seen):
    with transaction.atomic():
        happen(agency, cast["author"])
        assert seen == []
    assert seen == ["document.created"]
    assert Delivery.objects.get().done_at is not None


def test_nothing_follows_a_rollback(agency, cast, seen):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        happen(agency, cast["author"])
        raise ZeroDivisionError
    assert seen == []
    assert not Delivery.objects.exists()


def test_a_failure_is_kept_and_retried(agency, cast, seen):
    seen.fail = True
    happen(agency, cast["author"])
    assert "mất kết nối" in Delivery.objects.get().error
    assert deliver_owed() == 1

    seen.fail = False
    assert deliver_owed() == 0
    assert seen == ["document.created"]
    assert deliver_owed() == 0
    assert seen == ["document.created"]
    assert Delivery.objects.get().tries == 3


def test_what_another_worker_holds_is_left_to_it_until_its_lease_ends(agency, cast, seen):
    seen.fail = True
    happen(agency, cast["author"])
    seen.fail = False
    now = timezone.now()
    Delivery.objects.update(leased_until=now + dt.timedelta(minutes=1))
    assert deliver_owed() == 1
    assert seen == []

    Delivery.objects.update(leased_until=now - dt.timedelta(minutes=1))
    assert deliver_owed() == 0


def test_a_reaction_that_no_longer_exists_is_told(agency, cast, seen, monkeypatch):
    seen.fail = True
    happen(agency, cast["author"])
    monkeypatch.setattr(outbox, "_reactions", {})

    assert deliver_owed() == 1
    assert "No reaction answers" in Delivery.objects.get().error
