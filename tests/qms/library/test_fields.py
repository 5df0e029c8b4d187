"""Merge fields are replaced by plain text and by nothing else."""

import pytest

from qms.library import fields


@pytest.mark.parametrize(("text", "found"), [
    ("{{ten_co_quan}} và {{ dia_danh }}", {"ten_co_quan", "dia_danh"}),
    ("{{ 7*7 }} {% load x %} ${a} {ten}", set()),
    ("{{ten_co_quan", set()),
])  # fmt: skip
def test_only_names_in_double_braces_are_fields(text, found):
    assert fields.used([text]) == found


def test_unknown_names_are_told():
    assert fields.unknown(["{{ten_co_quan}} {{ten_la}}"]) == ["ten_la"]


def test_a_value_never_becomes_markup_and_is_filled_once():
    filled = fields._filled_html(
        "<p>{{ten_co_quan}}</p>", {"ten_co_quan": "<b>{{dia_danh}}</b> & Con"}
    )

    assert filled == "<p>&lt;b&gt;{{dia_danh}}&lt;/b&gt; &amp; Con</p>"


def test_a_field_without_a_value_stays_visible():
    assert fields._filled("{{so_quyet_dinh}}", {}) == "{{so_quyet_dinh}}"
