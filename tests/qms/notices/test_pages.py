"""The page under the bell: one's own, newest first, seen when followed."""

import pytest
from django.urls import reverse

from qms.notices.models import Notice
from qms.notices.services import notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(agency, cast):
    notify([cast["author"]], agency=agency, key="k", subject="Bản của bạn", address="/documents/")
    return Notice.objects.get()


def test_following_opens_the_page_and_marks_it_seen(client, cast, told):
    client.force_login(cast["author"])
    assert "Bản của bạn" in client.get(reverse("notices:notice-list")).content.decode()
    response = client.post(reverse("notices:notice-follow", args=[told.pk]))

    assert response["Location"] == "/documents/"
    told.refresh_from_db()
    assert told.seen_at is not None


def test_others_see_and_follow_nothing(client, cast, told):
    client.force_login(cast["reviewer"])
    page = client.get(reverse("notices:notice-list")).content.decode()

    assert "Bản của bạn" not in page
    assert client.post(reverse("notices:notice-follow", args=[told.pk])).status_code == 404
    client.post(reverse("notices:notice-clear"))
    assert Notice.objects.unseen().count() == 1


def test_an_address_elsewhere_is_not_followed(client, cast, told):
    Notice.objects.update(address="//evil.example/x")
    client.force_login(cast["author"])

    response = client.post(reverse("notices:notice-follow", args=[told.pk]))
    assert response["Location"] == reverse("notices:notice-list")
