"""What the shipped standards say, and what the database would never hold."""

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import translation

from qms.standards.models import Clause, ClauseMap, StandardEdition, sort_key


def test_clause_numbers_sort_as_numbers() -> None:
    assert sorted(["10.1", "7.10", "7.2", "7.1.5.2"], key=sort_key) == [
        "7.1.5.2",
        "7.2",
        "7.10",
        "10.1",
    ]


def test_the_default_edition_is_2015(iso_2015: StandardEdition) -> None:
    assert StandardEdition.default() == iso_2015


def test_no_second_default_edition(iso_2026: StandardEdition) -> None:
    iso_2026.is_default = True
    with pytest.raises(IntegrityError):
        iso_2026.save()


def test_clauses_of_an_edition_come_in_the_order_of_the_standard(
    iso_2015: StandardEdition,
) -> None:
    numbers = [clause.number for clause in Clause.objects.of(iso_2015)]
    assert numbers == sorted(numbers, key=sort_key)
    assert numbers[-1] == "10.3"


def test_only_clauses_four_to_ten_are_auditable(iso_2015: StandardEdition) -> None:
    groups = Clause.objects.of(iso_2015).auditable().groups()
    assert [clause.number for clause in groups] == ["4", "5", "6", "7", "8", "9", "10"]


def test_a_clause_shows_its_title_in_the_language_of_the_reader(iso_2015: StandardEdition) -> None:
    clause = Clause.objects.get(edition=iso_2015, number="9.2")
    assert str(clause) == "9.2 Đánh giá nội bộ"
    with translation.override("en"):
        assert str(clause) == "9.2 Internal audit"


def test_a_clause_without_a_title_is_its_number(iso_2015: StandardEdition) -> None:
    clause = Clause.objects.get(edition=iso_2015, number="10.2.1")
    assert (str(clause), clause.has_title) == ("10.2.1", False)


def test_a_clause_with_children_cannot_be_deleted(iso_2015: StandardEdition) -> None:
    with pytest.raises(ProtectedError):
        Clause.objects.get(edition=iso_2015, number="7.5").delete()


def test_a_withdrawn_clause_maps_to_nothing(iso_2015: StandardEdition) -> None:
    clause = Clause.objects.get(edition=iso_2015, number="7.5")
    with pytest.raises(IntegrityError):
        ClauseMap.objects.create(source=clause, target=clause, kind="withdrawn")


@pytest.mark.parametrize(
    ("number", "targets"),
    [
        ("6.1.2", [("6.1.2", "split"), ("6.1.3", "split")]),
        ("10.1", [("10.1", "merged")]),
        ("10.3", [("10.1", "merged")]),
        ("9.3.3", [("9.3.3", "renamed")]),
        ("7.5.3", [("7.5.3", "same")]),
    ],
)
def test_where_a_clause_of_2015_went_in_2026(
    iso_2015: StandardEdition, number: str, targets: list[tuple[str, str]]
) -> None:
    maps = ClauseMap.objects.filter(source__edition=iso_2015, source__number=number)
    assert list(maps.values_list("target__number", "kind")) == targets


def test_every_clause_of_both_editions_is_in_the_map(
    iso_2015: StandardEdition, iso_2026: StandardEdition
) -> None:
    assert not Clause.objects.of(iso_2015).filter(maps_onward=None).exists()
    assert not Clause.objects.of(iso_2026).filter(maps_back=None).exists()
