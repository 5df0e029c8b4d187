"""Việc của tôi: what waits, by urgency, in whole sentences that begin with a verb."""

import datetime as dt

import pytest
from django.utils import timezone

from documents.models import Version
from documents.services import version as versions
from qms.home.figures import systems_of
from qms.home.waiting import waiting_for

pytestmark = pytest.mark.django_db


def test_a_submitted_document_waits_for_its_reviewer_then_for_its_approver(draft, cast):
    versions.submit(draft, by=cast["author"])
    assert [str(t.title)[:8] for t in waiting_for(cast["reviewer"])] == ["Soát xét"]
    assert waiting_for(cast["approver"]) == []

    versions.review(draft, by=cast["reviewer"])
    assert waiting_for(cast["reviewer"]) == []
    assert [str(t.title)[:9] for t in waiting_for(cast["approver"])] == ["Phê duyệt"]


def test_the_late_come_first_and_are_counted(draft, cast, client):
    versions.submit(draft, by=cast["author"])
    Version.objects.filter(pk=draft.pk).update(due_on=timezone.localdate() - dt.timedelta(days=3))
    client.force_login(cast["reviewer"])

    page = client.get("/").content.decode()
    assert "Quá hạn" in page
    assert "Quá 3 ngày" in page
    assert "1 việc quá hạn" in page


def test_the_figures_count_only_what_the_person_sees(in_force, draft_two, cast, stranger):
    today = timezone.localdate()

    [reader] = systems_of(cast["reader"], today)
    [quality] = systems_of(cast["quality"], today)
    [elsewhere] = systems_of(stranger, today)
    assert (reader.in_force, reader.in_flight) == (1, 0)
    assert (quality.in_force, quality.in_flight) == (1, 1)
    assert (elsewhere.in_force, elsewhere.in_flight, elsewhere.open) == (0, 0, 0)


def test_an_unknown_kind_is_a_page_that_does_not_exist(client, cast):
    client.force_login(cast["reader"])
    assert client.get("/?kind=zzz").status_code == 404


def test_one_place_of_the_navigation_is_current(client, cast):
    client.force_login(cast["author"])
    for path in ("/", "/documents/", "/library/adoptions/", "/programmes/", "/nonconformities/"):
        page = client.get(path).content.decode()
        side = page[page.index('class="side"') : page.index("</nav>", page.index('class="side"'))]
        assert side.count('aria-current="page"') == 1, path
