"""The database refuses to change, replace or empty the trail, and takes what is new."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from qms.trail.models import Chain, Event
from qms.trail.services import first_fault, record

pytestmark = pytest.mark.django_db

COLUMNS = [field.column for field in Event._meta.concrete_fields]


def refused(sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_of_an_event_can_be_changed(column, chain, agency):
    refused(f"UPDATE trail_event SET {column} = {column}")  # a column's own name
    assert first_fault(agency) is None


@pytest.mark.parametrize("which", ["", " WHERE sequence = 3", " WHERE sequence = 6"])
def test_no_event_can_be_deleted(which, chain):
    refused(f"DELETE FROM trail_event{which}")  # our own words
    assert Event.objects.count() == 6


@pytest.mark.parametrize("change", [
    lambda: Event.objects.update(reason="x"), lambda: Event.objects.all().delete(),
    lambda: Event.objects.bulk_update(
        [Event(pk=Event.objects.first().pk, reason="x")], ["reason"]
    ),
    lambda: Event.objects.filter(sequence=2)._raw_delete("default"),
])  # fmt: skip
def test_no_way_of_the_orm_leads_round_it(change, chain, agency):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert Event.objects.count() == 6
    assert first_fault(agency) is None


def test_an_event_cannot_be_replaced_by_inserting_it_again(chain, agency):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's own.")
    columns = ", ".join(COLUMNS)
    others = columns.replace("reason", "'khác'")
    refused(f"INSERT OR REPLACE INTO trail_event ({columns}) SELECT {others} FROM trail_event")
    free = others.replace("id,", "id + 1000,", 1)
    refused(f"REPLACE INTO trail_event ({columns}) SELECT {free} FROM trail_event")
    refused("UPDATE OR REPLACE trail_event SET sequence = 1")
    assert first_fault(agency) is None


def test_an_event_cannot_be_changed_by_a_conflict(chain, agency):
    columns = ", ".join(COLUMNS)
    refused(
        f"INSERT INTO trail_event ({columns}) SELECT {columns} FROM trail_event WHERE true "
        "ON CONFLICT (agency_id, sequence) DO UPDATE SET reason = 'khác'"
    )


@pytest.mark.django_db(transaction=True)
def test_the_table_cannot_be_emptied_at_a_stroke(chain, agency):
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's own.")
    refused("TRUNCATE trail_event CASCADE")
    assert first_fault(agency) is None


def test_a_sequence_is_taken_once(chain, agency):
    double = Event.objects.get(sequence=3)
    double.pk, double._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()


def test_the_head_is_the_last_hash_and_every_link_names_the_one_before(chain, agency):
    events = list(Event.objects.order_by("sequence"))

    assert events[0].prev_hash == ""
    assert [e.prev_hash for e in events[1:]] == [e.hash for e in events[:-1]]
    assert Chain.objects.get(agency=agency).head == events[-1].hash
    assert len({e.hash for e in events}) == 6


@pytest.mark.parametrize("facts", [
    {"to": "Sở Nội vụ", "n": 3, "share": 0.1, "none": None, "list": [1, "hai", {"ba": 3}]},
    {"tuple": (1, 2), "nested": {"b": 1, "a": 2}}, {"by_number": {10: "a", 9: "b"}},
    {"letters": "đĐ ế \u2028 \U0001f600 \\ \" '"}, {"empty": {}, "blank": ""},
    {"true": True, "long": 2**62},
])  # fmt: skip
def test_facts_hash_the_same_when_they_come_back_from_the_database(facts, agency, cast):
    with transaction.atomic():
        record(cast["author"], "x.y", agency, agency=agency, reason="xuống\r\ndòng\t", **facts)

    assert first_fault(agency) is None


def test_what_cannot_be_written_down_stops_the_act(agency, cast):
    with pytest.raises(TypeError), transaction.atomic():
        record(cast["author"], "x.y", agency, agency=agency, day=dt.date(2026, 1, 1))

    assert not Event.objects.exists()
    assert first_fault(agency) is None


def test_a_long_label_is_cut_and_still_hashes_as_it_is_kept(agency, cast):
    agency.name = "Sở " + "rất dài " * 60
    with transaction.atomic():
        event = record(cast["author"], "x.y", agency, agency=agency)

    assert len(event.subject_label) == 300
    assert first_fault(agency) is None
