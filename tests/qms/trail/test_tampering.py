"""Whoever gets past the triggers is still found, and the first place he touched is named."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from qms.agencies.models import Agency
from qms.trail.models import Chain, Event
from qms.trail.services import first_fault
from tests.factories import make_agency

pytestmark = pytest.mark.django_db

EDITED, BROKEN, MISSING = "đã bị sửa", "Không nối tiếp", "Thiếu sự kiện"
CUT, HEAD = "cuối chuỗi đã bị xóa", "Đầu chuỗi không khớp"


def at(agency, sequence):
    return Event.objects.filter(agency=agency, sequence=sequence)


def rehash(event: Event) -> None:
    """As a careful forger does: the row fits its own hash again."""
    Event.objects.filter(pk=event.pk).update(hash=event.computed_hash())


def fault_of(agency) -> tuple[int, str]:
    """The fault found in Python, and the same one told by the command."""
    fault = first_fault(agency)
    assert fault is not None
    told = StringIO()
    with pytest.raises(CommandError, match="1 chuỗi"):
        call_command("verify_trail", stdout=StringIO(), stderr=told)
    assert f"{agency.code}: sự kiện số {fault.sequence}" in told.getvalue()
    assert fault.what in told.getvalue()
    return fault.sequence, fault.what


CHANGES = {
    "facts": {"number": 99}, "an added fact": {"number": 2, "more": 1},
    "reason": "khác", "name": "version.approved", "by_name": "Người khác", "by_position": "Giám đốc",
    "subject_type": "x.y", "subject_id": 999, "subject_label": "x",
    "at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_column_names_its_event(what, without_triggers, agency):
    field = "facts" if what == "an added fact" else what
    at(agency, 3).update(**{field: CHANGES[what]})

    assert fault_of(agency)[0] == 3
    assert EDITED in fault_of(agency)[1]


def test_a_microsecond_is_a_changed_time(without_triggers, agency):
    at(agency, 4).update(at=F("at") + dt.timedelta(microseconds=1))
    assert fault_of(agency)[0] == 4


def test_another_person_names_its_event(without_triggers, agency, cast):
    at(agency, 2).update(by=cast["quality"])
    assert fault_of(agency)[0] == 2


def test_what_harms_two_events_names_the_first(without_triggers, agency):
    at(agency, 5).update(reason="khác")
    at(agency, 2).update(reason="khác")
    assert fault_of(agency)[0] == 2


@pytest.mark.parametrize(("gone", "place", "what"), [
    ([1], 1, MISSING), ([3], 3, MISSING), ([3, 4], 3, MISSING), ([6], 6, CUT), ([4, 5, 6], 4, CUT),
    ([1, 2, 3, 4, 5, 6], 1, CUT),
])  # fmt: skip
def test_deleted_events_name_the_first_that_is_missing(
    gone, place, what, without_triggers, agency
):
    Event.objects.filter(sequence__in=gone).delete()

    assert fault_of(agency)[0] == place
    assert what in fault_of(agency)[1]


def test_a_gap_closed_by_counting_anew_is_found(without_triggers, agency):
    at(agency, 3).delete()
    for sequence in (4, 5, 6):
        at(agency, sequence).update(sequence=sequence - 1)
    Chain.objects.update(length=5)

    assert fault_of(agency)[0] == 3


def test_the_last_event_cut_off_with_the_count_set_back_is_found_by_the_head(
    without_triggers, agency
):
    at(agency, 6).delete()
    Chain.objects.update(length=5)

    assert fault_of(agency)[0] == 5
    assert HEAD in fault_of(agency)[1]


def test_a_deleted_chain_row_is_found(without_triggers, agency):
    Chain.objects.all().delete()
    assert HEAD in fault_of(agency)[1]


def test_swapped_events_name_the_earlier_place(without_triggers, agency):
    at(agency, 3).update(sequence=100)
    at(agency, 4).update(sequence=3)
    at(agency, 100).update(sequence=4)

    assert fault_of(agency)[0] == 3


def test_swapped_contents_name_the_earlier_place(without_triggers, agency):
    third, fourth = at(agency, 3).get(), at(agency, 4).get()
    at(agency, 3).update(reason=fourth.reason, facts=fourth.facts)
    at(agency, 4).update(reason=third.reason, facts=third.facts)

    assert fault_of(agency)[0] == 3


def insert(agency, sequence, prev_hash) -> Event:
    """A forged event that fits itself and whatever it is said to follow."""
    forged = Event.objects.get(agency=agency, sequence=1)
    forged.pk, forged._state.adding = None, True
    forged.sequence, forged.prev_hash, forged.reason = sequence, prev_hash, "bịa"
    forged.hash = forged.computed_hash()
    forged.save()
    return forged


def test_an_event_inserted_in_the_middle_names_the_one_after_it(without_triggers, agency):
    for sequence in (6, 5, 4):
        at(agency, sequence).update(sequence=sequence + 1)
    insert(agency, 4, at(agency, 3).get().hash)
    Chain.objects.update(length=7)

    assert fault_of(agency) == (5, first_fault(agency).what)
    assert BROKEN in fault_of(agency)[1]


def test_an_event_put_at_the_end_is_found(without_triggers, agency):
    insert(agency, 7, at(agency, 6).get().hash)
    assert fault_of(agency)[0] == 7


def test_a_careful_forger_is_found_at_the_event_after(without_triggers, agency):
    at(agency, 3).update(reason="khác")
    rehash(at(agency, 3).get())

    assert fault_of(agency)[0] == 4
    assert BROKEN in fault_of(agency)[1]


def test_a_forger_who_hashes_all_that_follows_is_found_by_the_head(without_triggers, agency):
    at(agency, 3).update(reason="khác")
    before = at(agency, 2).get().hash
    for sequence in (3, 4, 5, 6):
        at(agency, sequence).update(prev_hash=before)
        rehash(at(agency, sequence).get())
        before = at(agency, sequence).get().hash

    assert fault_of(agency)[0] == 6
    assert HEAD in fault_of(agency)[1]


def test_an_event_moved_to_another_agency_is_missed_in_one_and_odd_in_the_other(
    without_triggers, agency, write
):
    other = make_agency("STP", "Sở Tư pháp")
    write(other, 2)
    at(agency, 3).update(agency=other)

    assert first_fault(agency).sequence == 3
    assert first_fault(other).sequence == 3


def test_only_the_harmed_agency_is_named(without_triggers, agency, write):
    other = make_agency("STP", "Sở Tư pháp")
    write(other, 3)
    at(other, 2).update(reason="khác")

    told = StringIO()
    with pytest.raises(CommandError, match="1 chuỗi"):
        call_command("verify_trail", stdout=StringIO(), stderr=told)
    assert told.getvalue().startswith("STP: sự kiện số 2")
    assert agency.code not in told.getvalue()
    call_command("verify_trail", agency=agency.code, stdout=StringIO())


def test_an_agency_without_any_event_is_whole(db):
    assert first_fault(make_agency("MOI", "Cơ quan mới")) is None
    assert Agency.objects.get(code="MOI").events.count() == 0


def test_the_triggers_are_back_for_the_next_test(chain):
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_event")
