"""What holds from which day to which: names, mergers, posts. The last day is never included."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qms.agencies.models import Agency, AgencyPeriod, Membership, Role, Unit, User
from tests.factories import make_agency, make_unit

pytestmark = pytest.mark.django_db

NEW_PROVINCE = dt.date(2025, 7, 1)
EVE = NEW_PROVINCE - dt.timedelta(days=1)


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def renamed():
    """Two names and two parents, one after the other."""
    before, after = make_agency("H", "Huyện cũ"), make_agency("T", "Tỉnh")
    agency = make_agency("X", "Xã Tân Phú", kind="commune", valid_from=dt.date(2004, 1, 1))
    agency.periods.update(valid_to=NEW_PROVINCE, parent=before)
    AgencyPeriod.objects.create(
        agency=agency, name="Phường Tân Phú", kind="ward", parent=after, valid_from=NEW_PROVINCE
    )
    Agency.objects.filter(pk=agency.pk).update(name="Phường Tân Phú", kind="ward", parent=after)
    return Agency.objects.get(pk=agency.pk)


@pytest.mark.parametrize(("day", "name", "kind", "parent"), [
    (dt.date(2004, 1, 1), "Xã Tân Phú", "commune", "H"), (EVE, "Xã Tân Phú", "commune", "H"),
    (NEW_PROVINCE, "Phường Tân Phú", "ward", "T"), (dt.date(2099, 1, 1), "Phường Tân Phú", "ward", "T"),
])  # fmt: skip
def test_name_kind_and_parent_are_those_of_the_day(renamed, day, name, kind, parent):
    [period] = renamed.periods.in_force_on(day)
    assert (period.name, period.kind, period.parent.code) == (name, kind, parent)
    assert renamed.name_on(day) == name


def test_a_day_before_its_history_has_the_name_of_today(renamed):
    assert renamed.name_on(dt.date(1999, 1, 1)) == "Phường Tân Phú"


def test_three_that_were_merged_end_on_the_day_their_successor_begins():
    old = [
        make_agency(c, f"Xã {c}", kind="commune", valid_from=dt.date(2004, 1, 1)) for c in "ABC"
    ]
    new = make_agency("N", "Xã Mới", kind="commune", valid_from=NEW_PROVINCE)
    Agency.objects.filter(pk__in=[a.pk for a in old]).update(
        merged_into=new, valid_to=NEW_PROVINCE
    )
    AgencyPeriod.objects.filter(agency__in=old).update(valid_to=NEW_PROVINCE)

    assert set(Agency.objects.standing_on(EVE)) == set(old)
    assert set(Agency.objects.standing_on(NEW_PROVINCE)) == {new}
    assert set(new.merged_from.all()) == set(old)
    assert [a.name_on(EVE) for a in old] == ["Xã A", "Xã B", "Xã C"]
    assert not AgencyPeriod.objects.in_force_on(NEW_PROVINCE).filter(agency__in=old).exists()


REFUSED = {
    "agencies_end_after_start": lambda a: Agency.objects.filter(pk=a.pk).update(
        valid_to=a.valid_from
    ),
    "agencies_not_own_parent": lambda a: Agency.objects.filter(pk=a.pk).update(parent=a.pk),
    "agencies_merged_has_ended": lambda a: Agency.objects.filter(pk=a.pk).update(
        merged_into=make_agency("Z", "Z")
    ),
    "agencies_kind_known": lambda a: Agency.objects.filter(pk=a.pk).update(kind="kingdom"),
    "agencies_period_end_after_start": lambda a: a.periods.update(valid_to=a.valid_from),
    "a second open period": lambda a: AgencyPeriod.objects.create(
        agency=a, name="x", kind="ward", valid_from=dt.date(2026, 1, 1)
    ),
    "a period that begins on the day of another": lambda a: AgencyPeriod.objects.create(
        agency=a, name="x", kind="ward", valid_from=a.valid_from, valid_to=dt.date(2030, 1, 1)
    ),
    "agencies_unit_end_after_start": lambda a: Unit.objects.create(
        agency=a, name="x", valid_from=NEW_PROVINCE, valid_to=NEW_PROVINCE
    ),
    "a unit of the same name": lambda a: [make_unit(a), make_unit(a)],
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses_days_and_kinds_that_cannot_be(what, agency):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[what](agency)


def serve(agency, role=Role.APPROVER, *, starts=-30, ends=None, user=None, **fields):
    user = user or User.objects.get_or_create(username="x", full_name="X")[0]
    Membership.objects.create(
        user=user, agency=agency, role=role, starts_on=in_days(starts),
        ends_on=None if ends is None else in_days(ends), **fields,
    )  # fmt: skip
    return User.objects.get(pk=user.pk)


def test_an_ended_post_gives_nothing_at_all(agency):
    user = serve(agency, ends=0, unit=make_unit(agency), position="Giám đốc")

    standing = user.standing
    assert (standing.agencies, standing.units, standing.names) == (frozenset(), frozenset(), {})
    assert standing.position_at(agency.pk) == ""
    assert not standing.is_anywhere(*Role)
    assert standing.agencies_with(*Role) == frozenset()


def test_who_changes_from_one_post_to_another_never_holds_both(agency):
    serve(agency, Role.AUTHOR, ends=0, position="Chuyên viên")
    user = serve(agency, Role.APPROVER, starts=0, position="Giám đốc")

    assert user.standing.roles(agency.pk) == {Role.APPROVER}
    assert user.standing.position_at(agency.pk) == "Giám đốc"


def test_who_moves_to_another_agency_takes_nothing_along(agency):
    elsewhere = make_agency("SYT", "Sở Y tế")
    serve(agency, Role.QUALITY, ends=0, unit=make_unit(agency))
    user = serve(elsewhere, Role.READER, starts=0, unit=make_unit(elsewhere))

    assert user.standing.agencies == {elsewhere.pk}
    assert not user.standing.is_anywhere(Role.QUALITY)
    assert user.standing.units == frozenset(elsewhere.units.values_list("pk", flat=True))


def test_who_comes_back_stands_again_and_his_first_term_is_still_told(agency):
    serve(agency, starts=-90, ends=-60)
    user = serve(agency, starts=-10)

    assert user.standing.has(agency.pk, Role.APPROVER)
    assert user.memberships.count() == 2
    assert user.memberships.current(in_days(-70)).count() == 1
    assert not user.memberships.current(in_days(-30)).exists()


def test_the_database_refuses_one_role_twice_and_terms_that_end_before_they_begin(agency):
    user = serve(agency)
    for wrong in ({"starts": -5}, {"starts": 3, "ends": 1}, {"role": "king", "ends": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            serve(agency, **({"user": user} | wrong))


def test_standing_is_one_question_however_many_posts(agency, django_assert_num_queries):
    for role in (Role.AUTHOR, Role.REVIEWER, Role.READER):
        user = serve(agency, role)
    with django_assert_num_queries(1):
        assert len(user.standing.roles(agency.pk)) == 3
        assert user.standing.has(agency.pk, Role.AUTHOR)
