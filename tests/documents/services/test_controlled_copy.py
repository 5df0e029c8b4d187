"""Controlled copies: numbers without gaps, days in order, recalled with their version."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from documents.lifecycles import CopyState
from documents.models import ControlledCopy, Version
from documents.services import controlled_copy as services
from documents.services import version as versions
from documents.services.controlled_copy import Holder
from qms.agencies.models import Role
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event
from qms.trail.services import deliver_owed, first_fault
from tests.factories import hire, make_agency, make_unit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
DESK = Holder(words="Bộ phận  Một cửa ")


def test_a_person_is_given_one_copy_of_a_version_and_no_second(issued, cast):
    mine = Holder(person=cast["reader"])
    with pytest.raises(Unacceptable, match="đang giữ một bản kiểm soát"):
        give(issued, cast, mine, mine)
    [copy] = give(issued, cast, mine)
    with pytest.raises(Unacceptable, match="đang giữ một bản kiểm soát"):
        give(issued, cast, DESK, mine)
    services.report_lost(copy, by=cast["quality"], day=TODAY, remark="Thất lạc khi chuyển phòng.")

    assert [c.number for c in give(issued, cast, mine)] == [2], "refusals used up no number"


def give(version, cast, *holders, on=None):
    return services.give(
        version, by=cast["quality"], holders=holders or [DESK], given_on=on or TODAY
    )


@pytest.fixture
def issued(in_force):
    """In force for a month, so that days can lie before today."""
    Version.objects.filter(pk=in_force.pk).update(
        issued_on=TODAY - 30 * DAY, effective_on=TODAY - 30 * DAY
    )
    in_force.refresh_from_db()
    return in_force


def test_give_numbers_on_and_keeps_who_holds_it(issued, cast, agency):
    office = make_unit(agency)
    give(issued, cast, DESK, Holder(unit=office))
    [third] = give(issued, cast, Holder(person=cast["reader"]))

    assert [(c.label, c.holder) for c in ControlledCopy.objects.order_by("number")] == [
        ("01", "Bộ phận Một cửa"), ("02", "Văn phòng"), ("03", "Trần Văn An"),
    ]  # fmt: skip
    assert (third.person, third.state) == (cast["reader"], CopyState.OUT)
    assert Event.objects.filter(name="controlled_copy.given").count() == 2


def test_give_refuses_others_wrong_days_and_versions_not_in_force(issued, draft, cast, stranger):
    elsewhere = make_unit(make_agency("X", "Sở X"), "Phòng X")
    for holders in ([], [Holder(words="  ")], [Holder(person=stranger)], [Holder(unit=elsewhere)]):
        with pytest.raises(Unacceptable):
            services.give(issued, by=cast["quality"], holders=holders, given_on=TODAY)
    for day in (TODAY + DAY, TODAY - 31 * DAY):
        with pytest.raises(Unacceptable):
            give(issued, cast, on=day)
    with pytest.raises(PermissionDenied):
        services.give(issued, by=cast["approver"], holders=[DESK], given_on=TODAY)
    versions.withdraw(issued, by=cast["quality"], reason="Hết dùng.")
    with pytest.raises(IllegalMove):
        give(issued, cast)

    assert ControlledCopy.objects.count() == 0
    assert not Event.objects.filter(name="controlled_copy.given").exists()


def test_a_refused_giving_leaves_no_gap(issued, cast, stranger):
    give(issued, cast)
    with pytest.raises(Unacceptable):
        give(issued, cast, DESK, Holder(person=stranger))
    assert [c.number for c in give(issued, cast)] == [2]


def test_a_copy_is_lost_found_and_destroyed_with_its_days_in_order(issued, cast):
    [copy] = give(issued, cast, Holder(person=cast["reader"]), on=TODAY - 10 * DAY)

    with pytest.raises(Unacceptable):
        services.report_lost(copy, by=cast["reader"], day=TODAY, remark=" ")
    services.report_lost(copy, by=cast["reader"], day=TODAY - 5 * DAY, remark="Chuyển phòng.")
    with pytest.raises(Unacceptable, match="trước ngày"):
        services.take_back(copy, by=cast["quality"], day=TODAY - 6 * DAY)
    with pytest.raises(IllegalMove):
        services.destroy(copy, by=cast["quality"], day=TODAY)
    services.take_back(copy, by=cast["quality"], day=TODAY - 4 * DAY, remark="Tìm thấy.")
    with pytest.raises(Unacceptable, match="sau hôm nay"):
        services.destroy(copy, by=cast["quality"], day=TODAY + DAY)
    services.destroy(copy, by=cast["quality"], day=TODAY)

    assert (copy.state, copy.remark) == (CopyState.DESTROYED, "Tìm thấy.")
    with pytest.raises(IllegalMove):
        services.take_back(copy, by=cast["quality"], day=TODAY)


def test_only_the_quality_office_keeps_the_register_and_a_holder_reports_his_loss(issued, cast):
    mine, theirs = give(issued, cast, Holder(person=cast["reader"]), DESK)
    for who in ("reader", "approver", "author"):
        with pytest.raises(PermissionDenied):
            services.take_back(mine, by=cast[who], day=TODAY)
        with pytest.raises(PermissionDenied):
            services.destroy(mine, by=cast[who], day=TODAY)
        with pytest.raises(PermissionDenied):
            services.exchange(mine, by=cast[who], day=TODAY)
        with pytest.raises(PermissionDenied):
            services.report_lost(theirs, by=cast[who], day=TODAY, remark="x")


def test_what_was_out_on_a_day_is_known_later(issued, cast):
    [copy] = give(issued, cast, on=TODAY - 10 * DAY)
    services.take_back(copy, by=cast["quality"], day=TODAY - 3 * DAY)

    def out(days):
        return ControlledCopy.objects.out_on(TODAY - days * DAY).count()

    assert [out(11), out(10), out(4), out(3), out(0)] == [0, 1, 1, 0, 0]


def test_a_new_version_calls_its_copies_back(
    issued, cast, agency, replace, django_capture_on_commit_callbacks
):
    office = make_unit(agency)
    head = hire(agency, "head", Role.REVIEWER, unit=office)
    give(issued, cast, Holder(person=cast["reader"]), Holder(unit=office), DESK)
    with django_capture_on_commit_callbacks(execute=True):
        replace(issued)
    assert deliver_owed() == 0

    told = Notice.objects.filter(key=f"version:{issued.pk}:recall")
    assert {n.person for n in told} == {cast["reader"], head, cast["quality"]}
    assert "01, 02, 03" in told[0].body
    assert ControlledCopy.objects.to_recall().count() == 3
    assert services.announce_recall(issued) == 3
    assert told.count() == 3


def test_exchange_gives_the_new_version_under_the_same_number(issued, cast, replace, agency):
    first, second = give(issued, cast, DESK, Holder(person=cast["reader"]))
    with pytest.raises(IllegalMove):
        services.exchange(first, by=cast["quality"], day=TODAY)
    fresh = replace(issued)
    given = services.exchange(first, by=cast["quality"], day=TODAY)

    first.refresh_from_db()
    assert (given.number, given.version, given.holder) == (1, fresh, "Bộ phận Một cửa")
    assert (first.state, first.returned_on) == (CopyState.RETURNED, TODAY)
    assert [c.number for c in give(fresh, cast)] == [3]
    with pytest.raises(IllegalMove):
        services.exchange(first, by=cast["quality"], day=TODAY)
    services.report_lost(second, by=cast["quality"], day=TODAY, remark="Mất.")
    with pytest.raises(IllegalMove):
        services.exchange(second, by=cast["quality"], day=TODAY)
    assert first_fault(agency) is None


def test_recall_takes_all_back_or_exchanges_all_or_does_nothing(issued, cast, replace):
    old = give(issued, cast, DESK, Holder(person=cast["reader"]))
    fresh = replace(issued)
    with pytest.raises(Unacceptable):
        services.recall([], by=cast["quality"], day=TODAY, exchanged=False)
    services.take_back(old[1], by=cast["quality"], day=TODAY)
    stale = ControlledCopy.objects.all()
    with pytest.raises(IllegalMove):
        services.recall(list(stale), by=cast["quality"], day=TODAY, exchanged=True)
    assert ControlledCopy.objects.out().count() == 1

    services.recall(old[:1], by=cast["quality"], day=TODAY, exchanged=True)
    assert [(c.version, c.number) for c in ControlledCopy.objects.out()] == [(fresh, 1)]


def test_the_database_refuses_a_number_twice_and_days_out_of_order(issued, cast):
    [copy] = give(issued, cast)
    row = ControlledCopy.objects.filter(pk=copy.pk)
    for wrong in (
        {"state": "returned"}, {"returned_on": TODAY}, {"state": "eaten"}, {"holder": ""},
        {"state": "returned", "returned_on": TODAY - DAY}, {"state": "lost"},
        {"state": "destroyed", "destroyed_on": TODAY - DAY},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_ten_givings_at_once_have_ten_numbers_and_two_returns_are_one(issued, cast):
    outcomes = []

    def run(act):
        try:
            outcomes.append(act())
        except (Stale, IllegalMove) as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    def at_once(acts):
        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    at_once([lambda: give(Version.objects.get(pk=issued.pk), cast)] * 10)
    numbers = ControlledCopy.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 11))

    outcomes.clear()
    first = ControlledCopy.objects.get(number=1)
    copies = [ControlledCopy.objects.get(pk=first.pk) for _ in range(2)]
    at_once([
        lambda c=c: services.take_back(c, by=cast["quality"], day=TODAY) for c in copies
    ])  # fmt: skip
    assert sorted(type(o).__name__ for o in outcomes) == ["NoneType", "Stale"]
    assert Event.objects.filter(name="controlled_copy.taken_back").count() == 1
