"""Agencies stand as a tree with dates; a person stands where his memberships of today say."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, models, transaction

from qms.agencies.models import Agency, AgencyKind, AgencyPeriod, Membership, Role, User
from tests.factories import hire, make_agency, make_unit

DATA = Path(django_settings.BASE_DIR) / "qms/agencies/data/dong_thap.json"
TODAY = dt.date.today()  # noqa: DTZ011  # membership days are local days


def test_the_province_has_its_102_communes_and_its_bodies():
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    rows = rows["agencies"] if isinstance(rows, dict) else rows
    kinds = [row["kind"] for row in rows]

    assert sum(kind in {"commune", "ward"} for kind in kinds) == 102
    assert sum(kind not in {"commune", "ward"} for kind in kinds) >= 12
    assert len({row["code"] for row in rows}) == len(rows)
    assert set(kinds) <= set(AgencyKind.values)


@pytest.mark.django_db
def test_a_renamed_agency_has_the_name_of_the_day():
    agency = make_agency("SKH", "Sở Khoa học", valid_from=dt.date(2020, 1, 1))
    AgencyPeriod.objects.filter(agency=agency).update(valid_to=dt.date(2025, 7, 1))
    AgencyPeriod.objects.create(
        agency=agency, name="Sở Khoa học và Công nghệ", kind="department",
        valid_from=dt.date(2025, 7, 1),
    )  # fmt: skip

    assert agency.name_on(dt.date(2025, 6, 30)) == "Sở Khoa học"
    assert agency.name_on(dt.date(2025, 7, 1)) == "Sở Khoa học và Công nghệ"


@pytest.mark.django_db
def test_a_merged_agency_keeps_its_row_and_its_end():
    old, new = make_agency("A", "Xã A", kind="commune"), make_agency("B", "Xã B", kind="commune")
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=old.pk).update(merged_into=new)
    Agency.objects.filter(pk=old.pk).update(merged_into=new, valid_to=dt.date(2026, 1, 1))

    assert list(Agency.objects.standing_on(dt.date(2026, 1, 1))) == [new]
    assert set(Agency.objects.standing_on(dt.date(2025, 12, 31))) == {old, new}
    with pytest.raises(models.ProtectedError):
        new.delete()


@pytest.mark.django_db
@pytest.mark.parametrize(("starts", "ends", "stands"), [
    (-10, None, True), (0, None, True), (1, None, False), (-10, 1, True), (-10, 0, False),
])  # fmt: skip
def test_a_person_stands_where_his_membership_of_today_says(starts, ends, stands, agency):
    user = User.objects.create(username="x", full_name="X")
    Membership.objects.create(
        user=user, agency=agency, role=Role.AUTHOR, position="Chuyên viên",
        starts_on=TODAY + dt.timedelta(days=starts),
        ends_on=None if ends is None else TODAY + dt.timedelta(days=ends),
    )  # fmt: skip

    standing = User.objects.get(pk=user.pk).standing
    assert standing.has(agency.pk, Role.AUTHOR) is stands
    assert (agency.pk in standing.agencies) is stands
    assert standing.position_at(agency.pk) == ("Chuyên viên" if stands else "")


@pytest.mark.django_db
def test_an_inactive_person_stands_nowhere(agency):
    user = hire(agency, "x", Role.QUALITY, unit=make_unit(agency))
    User.objects.filter(pk=user.pk).update(is_active=False)

    standing = User.objects.get(pk=user.pk).standing
    assert (standing.agencies, standing.units) == (frozenset(), frozenset())


@pytest.mark.django_db
def test_roles_at_one_agency_say_nothing_about_another(agency):
    elsewhere = make_agency("SYT", "Sở Y tế")
    user = hire(elsewhere, "x", Role.READER)
    hire(agency, "x", Role.QUALITY)

    standing = User.objects.get(pk=user.pk).standing
    assert standing.agencies_with(Role.QUALITY) == {agency.pk}
    assert not standing.has(elsewhere.pk, Role.QUALITY, Role.APPROVER)
