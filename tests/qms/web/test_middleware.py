"""The language of a page and what may be kept of it."""

import pytest
from django.urls import reverse

from qms.agencies.models import Role, User
from tests.factories import hire

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.journeys.urls")]


@pytest.fixture
def khoa(agency):
    return hire(agency, "khoa", Role.READER)


def test_stranger_reads_vietnamese_whatever_the_browser_prefers(client):
    response = client.get(reverse("web:session-log-in"), headers={"Accept-Language": "en-US"})
    assert response["Content-Language"] == "vi"
    assert '<html lang="vi"' in response.text


def test_account_decides_before_the_cookie(client, khoa):
    User.objects.filter(pk=khoa.pk).update(language="en")
    client.force_login(khoa)
    client.cookies["django_language"] = "vi"
    assert client.get("/kit/")["Content-Language"] == "en"


def test_unknown_language_in_the_cookie_is_vietnamese(client):
    client.cookies["django_language"] = "xx"
    assert client.get(reverse("web:session-log-in"))["Content-Language"] == "vi"


def test_pages_of_a_person_are_kept_nowhere(client, khoa):
    client.force_login(khoa)
    response = client.get("/kit/")
    assert response["Cache-Control"] == "no-store"
    assert "HX-Request" in response["Vary"]


def test_policy_allows_nothing_inline(client):
    policy = client.get(reverse("web:session-log-in"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_shell_costs_two_queries_beside_session_and_person(
    client, khoa, django_assert_num_queries
):
    client.force_login(khoa)
    with django_assert_num_queries(4):
        client.get("/nowhere")
