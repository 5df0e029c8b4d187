"""Small drawings and words in templates."""

import datetime as dt

import pytest
from django.template import engines
from django.utils import timezone, translation

from qms.web.badge import Badge
from qms.web.templatetags import qms as tags


def draw(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_icon_is_hidden_from_screen_readers():
    html = draw('{% icon "stamp" "sm" %}')
    assert 'class="i i--sm" aria-hidden="true"' in html
    assert "vendor/icons.svg#stamp" in html


def test_badge_has_word_colour_and_icon():
    html = draw("{% badge one %}", one=Badge("Quá hạn", "bad", "triangle-alert"))
    assert 'class="badge badge--bad"' in html
    assert html.endswith("Quá hạn</span>")
    assert "#triangle-alert" in html


@pytest.mark.parametrize(
    "source", ["{% badge x %}", "{% clause x %}", '{% cell "ok" "check" x %}']
)
def test_what_people_typed_is_escaped(source):
    assert "<script>" not in draw(source, x="<script>alert(1)</script>")


def test_clause_says_what_its_number_is():
    assert draw('{% clause "7.5" %}') == (
        '<span class="clause"><span class="vh">Điều khoản </span>7.5</span>'
    )
    assert draw('{% clause "7.5" "/x" %}').startswith('<a class="clause" href="/x">')


def test_bar_keeps_within_its_box_and_writes_points():
    html = draw("{% bar 120.5 target=98.6 %}")
    assert 'width="100"' in html
    assert 'x="98.6"' in html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_dates_are_day_first_in_both_languages(language):
    moment = dt.datetime(2026, 11, 23, 2, 41, tzinfo=dt.UTC)
    with translation.override(language):
        assert tags.vndate(dt.date(2026, 11, 2)) == "02/11/2026"
        assert tags.vnmoment(moment) == "23/11/2026 09:41"


def test_late_evening_in_utc_is_the_next_day_here():
    assert tags.vndate(dt.datetime(2026, 11, 23, 18, 0, tzinfo=dt.UTC)) == "24/11/2026"


@pytest.mark.parametrize("filter_", [tags.vndate, tags.vnmoment, tags.iso, tags.due_words])
def test_no_day_is_no_text(filter_):
    assert filter_(None) == ""


@pytest.mark.parametrize(
    ("days", "words", "css"),
    [
        (-3, "Quá 3 ngày", "late"),
        (0, "Hạn hôm nay", "soon"),
        (2, "Còn 2 ngày", "soon"),
        (22, "Còn 22 ngày", ""),
    ],
)
def test_due_day_in_words_and_colour(days, words, css):
    assert tags.due_words(in_days(days)) == words
    assert tags.due_class(in_days(days)) == css


@pytest.mark.parametrize(("number", "text"), [(2041, "2.041"), (98.6, "98,6"), (80.0, "80")])
def test_numbers_the_vietnamese_way(number, text):
    assert tags.vnnum(number) == text


@pytest.mark.parametrize(
    ("size", "text"), [(10, "1 KB"), (290_816, "284 KB"), (1_258_291, "1,2 MB")]
)
def test_sizes(size, text):
    assert tags.vnsize(size) == text


def test_query_changes_one_word_and_goes_back_to_page_one(rf):
    request = rf.get("/", {"q": "văn bản", "kind": "form", "page": "3"})
    html = draw('{% query "kind" "" %}|{% query "kind" "procedure" %}', request=request)
    without, other = html.split("|")
    assert "kind" not in without
    assert "page" not in without
    assert "kind=procedure" in other
    assert "q=v%C4%83n" in other


def test_chips_mark_the_current_choice(rf):
    html = draw(
        '{% chips rows "kind" "Lọc" %}',
        rows=[("", "Tất cả", 0, False), ("form", "Biểu mẫu", 2, True)],
        request=rf.get("/"),
    )
    assert html.count('aria-current="true"') == 1
    assert '<span class="num">0</span>' in html


def test_here_is_nowhere_after_a_post(rf):
    assert draw("{% here %}", request=rf.get("/x/?a=1")) == "/x/?a=1"
    assert draw("{% here %}", request=rf.post("/x/")) == ""


def test_theme_of_a_stranger_comes_from_the_cookie_and_only_a_known_one(rf):
    request = rf.get("/")
    assert draw("{% theme %}", request=request) == "light"
    request.COOKIES["qms_theme"] = "dark"
    assert draw("{% theme %}", request=request) == "dark"
    request.COOKIES["qms_theme"] = '"><script>'
    assert draw("{% theme %}", request=request) == "light"
