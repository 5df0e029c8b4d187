"""Pages for what went wrong."""

import re

import pytest
from django.test import Client

from qms.agencies.models import Role
from tests.factories import hire

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.journeys.urls")]
NUMBER = re.compile(r"\b[0-9A-F]{8}\b")


@pytest.fixture
def member(client, agency):
    client.force_login(hire(agency, "khoa", Role.READER))
    return client


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/kit/refused", 409, "Bản này đã được phê duyệt."),
        ("/kit/unavailable", 503, "Đang dựng lại chỉ mục."),
        ("/kit/denied", 403, "Chỉ người soát xét được làm việc này."),
        ("/nowhere", 404, "Không tìm thấy trang này"),
    ],
)
def test_page_has_the_status_the_sentence_and_a_number_to_quote(member, path, status, said):
    response = member.get(path)
    assert response.status_code == status
    assert said in response.text
    assert NUMBER.search(response.text)
    assert response["Cache-Control"] == "no-store"


def test_unavailable_says_when_to_come_back(member):
    assert member.get("/kit/unavailable")["Retry-After"] == "30"


def test_number_on_the_page_is_in_the_log(member, caplog):
    response = member.get("/kit/refused")
    (number,) = set(NUMBER.findall(response.text))
    assert number in caplog.text


def test_htmx_gets_a_notice_not_a_page(member):
    response = member.get("/kit/refused", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response.text.lstrip().startswith('<div class="notice notice--error" role="alert">')


def test_absent_pages_differ_in_nothing_but_the_number(client):
    pages = [client.get(path).text for path in ("/nowhere", "/kit/elsewhere")]
    same = [re.sub(r'value="[^"]*"', "", NUMBER.sub("", page)) for page in pages]
    assert same[0] == same[1]


def test_broken_page_answers_without_the_database(member, django_assert_num_queries):
    member.raise_request_exception = False
    with django_assert_num_queries(2):  # session and person, before the view; none after
        response = member.get("/kit/broken")
    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in response.text
    assert "ZeroDivisionError" not in response.text
    assert NUMBER.search(response.text)


def test_forged_post_is_refused_with_a_sentence(agency):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Phiên làm việc đã đổi" in response.text
