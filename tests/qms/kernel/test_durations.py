"""Working time as people write it in procedures."""

import pytest

from qms.kernel.durations import DAY, Unit, in_words, parse


@pytest.mark.parametrize(("typed", "minutes", "unit"), [
    ("02 giờ", 120, Unit.HOUR), ("04 giờ làm việc", 240, Unit.HOUR), ("½ ngày", 240, Unit.DAY),
    ("1/2 ngày", 240, Unit.DAY), ("0.5 ngày làm việc", 240, Unit.DAY),
    ("0,5 ngày", 240, Unit.DAY), ("1½ ngày", 720, Unit.DAY), ("01 ngày 04 giờ", 720, Unit.DAY),
    ("Không quá 03 (ba) ngày làm việc", 1440, Unit.DAY), ("30 phút", 30, Unit.HOUR),
    ("0,5 ngày (04 giờ)", 240, Unit.DAY), ("1 BUỔI", 240, Unit.DAY),
    ("½\u00a0ngày", 240, Unit.DAY),
])  # fmt: skip
def test_a_time_is_read_in_every_way_it_is_written(typed, minutes, unit):
    said = parse(typed)
    assert (said.minutes, said.unit) == (minutes, unit)


@pytest.mark.parametrize("typed", [
    "", "trong ngày", "01 - 03 ngày", "1/0 ngày", "0 giờ", "-2 giờ ngày", "99999 ngày", "5", "1/7 giờ",
])  # fmt: skip
def test_what_says_no_time_or_more_than_one_is_none(typed):
    assert parse(typed) is None


def test_a_bare_number_counts_in_the_unit_of_its_column():
    assert parse("01", Unit.DAY).minutes == DAY
    assert parse("1/2", Unit.DAY).minutes == DAY // 2
    assert parse("2", Unit.HOUR).minutes == 120


@pytest.mark.parametrize(("minutes", "unit", "said"), [
    (240, "day", "0,5 ngày làm việc"), (240, "hour", "4 giờ làm việc"),
    (1440, "day", "3 ngày làm việc"), (90, "day", "1,5 giờ làm việc"), (20, "hour", "20 phút làm việc"),
])  # fmt: skip
def test_what_is_said_reads_back_as_the_same_time(minutes, unit, said):
    assert in_words(minutes, unit) == said
    assert parse(said).minutes == minutes
