"""Code patterns: what they make, and what they refuse."""

import pytest

from qms.kernel.patterns import parent_part, pattern_of
from qms.kernel.refusals import Unacceptable

VALUES = {"type": "QT", "field": "CX", "agency": "SKHCN", "parent": "01", "year": "2026"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("QT-{seq:02}", "QT-07"),
        ("{type}.{field}.{seq:03}", "QT.CX.007"),
        ("BM.{parent}.{seq:02}", "BM.01.07"),
        ("QT {seq:02}/{field}-{agency}", "QT 07/CX-SKHCN"),
        ("{seq}/{year}/HD", "7/2026/HD"),
        ("Đ{seq:2}", "Đ07"),
    ],
)
def test_a_pattern_makes_its_code_with_slashes_and_spaces_as_typed(text, code):
    assert pattern_of(text).code(7, VALUES) == code


@pytest.mark.parametrize(
    "text",
    [
        "QT",
        "",
        "QT-{seq}-{seq}",
        "QT-{no}",
        "QT-{seq",
        "QT-seq}",
        "{seq:}",
        "{seq:x}",
        "{seq.__class__}",
        "Q" * 60 + "{seq}",
    ],
)
def test_what_makes_no_code_is_refused(text):
    with pytest.raises(Unacceptable):
        pattern_of(text)


def test_a_missing_value_is_named():
    with pytest.raises(Unacceptable, match="ký hiệu lĩnh vực"):
        pattern_of("QT.{field}.{seq}").code(1, {"field": ""})


def test_codes_of_another_year_or_field_count_apart():
    pattern = pattern_of("{field}.{seq}/{year}")
    series = {pattern.series(VALUES | {"year": y, "field": f}) for y in "12" for f in "ab"}
    assert len(series) == 4


@pytest.mark.parametrize(
    ("code", "part"),
    [("QT.01", "01"), ("QT-03", "03"), ("QT 02/CX-HCTP", "02/CX-HCTP"), ("7", "7")],
)
def test_the_parent_is_known_by_its_number(code, part):
    assert parent_part(code) == part
