"""One page of a long list."""

import pytest
from django.http import Http404

from qms.agencies.models import User
from qms.web.listing import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    for n in range(7):
        User.objects.create(username=f"u{n}", full_name=f"Người {n}")
    return User.objects.order_by("pk")


def test_page_knows_its_rows_and_the_total(people, rf):
    page = page_of(people, rf.get("/", {"page": "2"}), size=3)
    assert [str(user) for user in page.rows] == ["Người 3", "Người 4", "Người 5"]
    assert page.total == 7
    assert page.numbers == [1, 2, 3]


def test_last_page_is_short(people, rf):
    assert len(page_of(people, rf.get("/", {"page": "3"}), size=3).rows) == 1


@pytest.mark.parametrize("asked", ["0", "-1", "4", "x", "1.5", ""])
def test_page_that_is_not_there_does_not_exist(people, rf, asked):
    with pytest.raises(Http404):
        page_of(people, rf.get("/", {"page": asked}), size=3)


def test_empty_list_has_one_empty_page(rf, db):
    page = page_of(User.objects.none(), rf.get("/"))
    assert page.rows == []
    assert page.total == 0


def test_far_pages_are_a_gap(people, rf):
    assert page_of(people, rf.get("/", {"page": "1"}), size=1).numbers == [1, 2, 0, 7]


def test_page_costs_two_queries(people, rf, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = page_of(people, rf.get("/"), size=3)
        assert page.rows
        assert page.rows
        assert page.total
