"""The province as it is shipped: every commune by its official name, one tree, days that fit."""

import csv
import itertools
import json
import unicodedata

import pytest
from django.conf import settings as django_settings

from qms.agencies.models import Agency, AgencyKind, AgencyPeriod, Province
from qms.home.demo import province as demo
from qms.kernel.text import fold, one_line
from tests.factories import LONG_AGO
from tests.samples import samples

DATA = django_settings.BASE_DIR / "qms" / "agencies" / "data" / "dong_thap.json"
SAID = json.loads(DATA.read_text(encoding="utf-8"))
ROWS = SAID["agencies"]
LOCAL = [row for row in ROWS if row["kind"] in {"commune", "ward"}]
DEPARTMENTS = {
    "Sở Khoa học và Công nghệ", "Sở Công Thương", "Sở Giáo dục và Đào tạo", "Sở Nội vụ",
    "Sở Nông nghiệp và Môi trường", "Sở Tài chính", "Sở Tư pháp", "Sở Xây dựng", "Sở Y tế",
    "Sở Văn hóa, Thể thao và Du lịch",
}  # fmt: skip


@pytest.fixture
def loaded(db):
    demo.load()


def test_the_communes_are_those_of_the_official_list_letter_for_letter():
    with samples("units/dong_thap_communes.csv").open(encoding="utf-8-sig") as file:
        official = {(row["code"], row["full_name"]) for row in csv.DictReader(file)}

    ours = {(row["official_code"], _place_of(row["name"])) for row in LOCAL}
    assert len(official) == 102
    assert ours == {(code, unicodedata.normalize("NFC", name)) for code, name in official}


def _place_of(name: str) -> str:
    """The commune of "Ủy ban nhân dân phường Mỹ Tho", as the list writes it: "Phường Mỹ Tho"."""
    place = name.removeprefix("Ủy ban nhân dân ")
    return place[0].upper() + place[1:]


def test_the_bodies_of_the_province_are_there():
    names = {row["name"] for row in ROWS if row["kind"] == "department"}
    assert names >= DEPARTMENTS, DEPARTMENTS - names
    [office] = [row for row in ROWS if row["parent"] is None]
    assert office["name"] == "Ủy ban nhân dân tỉnh Đồng Tháp"


def test_all_text_is_in_one_form():
    for row in ROWS:
        for field in ("code", "name", "short_name", "place"):
            assert row[field] == one_line(row[field]), row


def test_names_that_differ_in_an_accent_alone_stay_two_agencies():
    places = {_place_of(row["name"]).split(" ", 1)[1] for row in LOCAL}

    assert {"Mỹ Tho", "Mỹ Thọ", "Tân Thành", "Tân Thạnh"} <= places
    assert len({fold(place) for place in places}) < len(places)
    assert len({row["name"] for row in LOCAL}) == 102


@pytest.mark.django_db
def test_loaded_it_is_one_tree_under_the_province(loaded):
    parents = dict(Agency.objects.values_list("pk", "parent"))
    [root] = [pk for pk, parent in parents.items() if parent is None]

    for agency in parents:
        way = [agency]
        while parents[way[-1]] is not None:
            way.append(parents[way[-1]])
            assert len(way) <= 5, "a circle"
        assert way[-1] == root
    assert Agency.objects.filter(kind__in=["commune", "ward"], parent=root).count() == 102


@pytest.mark.django_db
def test_loaded_every_agency_stands_in_one_period_from_the_day_of_the_new_province(loaded):
    assert Agency.objects.standing_on(LONG_AGO).count() == len(ROWS)
    periods = AgencyPeriod.objects.in_force_on(LONG_AGO)
    assert periods.count() == len(ROWS)
    for agency, own in itertools.groupby(
        AgencyPeriod.objects.select_related("agency").order_by("agency", "valid_from"),
        key=lambda period: period.agency,
    ):
        spans = [(p.valid_from, p.valid_to) for p in own]
        assert all(end and end <= start for (_, end), (start, _) in itertools.pairwise(spans))
        assert spans[0][0] == agency.valid_from


@pytest.mark.django_db
def test_loaded_the_body_that_oversees_is_the_one_for_science_and_technology(loaded):
    province = Province.current()
    assert province is not None
    assert province.name == "tỉnh Đồng Tháp"
    assert province.oversight_body.name == "Sở Khoa học và Công nghệ"


def test_every_kind_of_the_data_is_a_kind_of_the_house():
    assert {row["kind"] for row in ROWS} <= set(AgencyKind.values)
