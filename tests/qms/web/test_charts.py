"""Charts: coordinates that stay inside the drawing, and words for those who do not see it."""

import pytest

from qms.web.charts import grouped_bars


def test_description_holds_every_number():
    chart = grouped_bars("Số điểm", ["T6", "T7"], [("Phát sinh", [2, 1]), ("Đã đóng", [1, 3])])
    assert chart.description == "Số điểm. Phát sinh: 2, 1. Đã đóng: 1, 3."


def test_bars_stand_on_the_axis_from_zero():
    chart = grouped_bars("x", ["T6", "T7"], [("a", [4, 0])])
    for rect in chart.rects:
        assert float(rect.y) + float(rect.height) == pytest.approx(94)
    assert float(chart.rects[1].height) == 0


@pytest.mark.parametrize("highest", [0, 1, 4, 7, 23, 99, 1234])
def test_axis_has_few_round_marks_and_covers_the_highest(highest):
    chart = grouped_bars("x", ["T6"], [("a", [highest])])
    marks = [int(tick.text) for tick in chart.ticks]
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert len(marks) <= 6
    assert min(float(rect.y) for rect in chart.rects) >= 10


def test_coordinates_use_a_point_never_a_comma():
    chart = grouped_bars("x", ["a", "b", "c"], [("a", [1, 2, 3])])
    assert all("," not in rect.x + rect.y + rect.width for rect in chart.rects)


def test_nothing_to_draw_draws_nothing():
    assert grouped_bars("x", [], []).rects == []


def test_five_series_are_refused():
    with pytest.raises(ValueError, match="bốn"):
        grouped_bars("x", ["a"], [("s", [1])] * 5)
