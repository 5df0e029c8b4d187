"""The trail is written once, in the transaction of the act, and every tampering is named."""

import datetime as dt
import threading
from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from qms.agencies.models import Agency, User
from qms.trail.models import Chain, Event
from qms.trail.services import first_fault, record
from tests.factories import make_agency

pytestmark = pytest.mark.django_db


def write(agency, by, n=1):
    with transaction.atomic():
        return [record(by, "agency.noted", agency, agency=agency, reason=f"lý do {i}", number=i)
                for i in range(n)]  # fmt: skip


@pytest.fixture
def five(agency, cast):
    return write(agency, cast["author"], 5)


@pytest.fixture
def unlocked(five):
    """As an attacker with the database's own password: the triggers are gone until the rollback."""
    migration = import_module("qms.trail.migrations.0002_append_only")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        migration.allow(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    return five


def test_events_count_up_within_their_agency_and_name_who_as_he_was(five, agency, cast):
    other = make_agency("STP", "Sở Tư pháp")
    write(other, cast["author"], 2)

    assert [e.sequence for e in agency.events.order_by("pk")] == [1, 2, 3, 4, 5]
    assert [e.sequence for e in other.events.order_by("pk")] == [1, 2]
    assert (five[0].by_name, five[0].by_position) == ("Lê Thị Bình", "Chuyên viên")
    assert first_fault(agency) is None
    assert first_fault(other) is None


def test_a_fact_needs_the_transaction_of_its_act(agency, cast, transactional_db):
    with pytest.raises(RuntimeError):
        record(cast["author"], "x.y", agency, agency=agency)


def test_what_is_rolled_back_never_happened(five, agency, cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(cast["author"], "x.y", agency, agency=agency)
        raise ZeroDivisionError

    assert Event.objects.count() == 5
    assert first_fault(agency) is None
    assert write(agency, cast["author"])[0].sequence == 6


@pytest.mark.parametrize("sql", [
    "UPDATE trail_event SET reason = 'khác'", "DELETE FROM trail_event",
    "UPDATE trail_event SET sequence = sequence + 100",
])  # fmt: skip
def test_the_database_refuses_to_change_an_event(sql, five):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(sql)
    assert Event.objects.count() == 5


COLUMNS = (
    "id, agency_id, sequence, name, by_id, by_name, by_position, at, subject_type, subject_id, "
    "subject_label, {reason}, facts, prev_hash, hash"
)
REPLACE = (
    f"INSERT OR REPLACE INTO trail_event ({COLUMNS.format(reason='reason')}) "
    f"""SELECT {COLUMNS.format(reason="'khác'")} FROM trail_event WHERE sequence = 2"""
)


def test_nothing_is_emptied_or_replaced_either(five, agency):
    """TRUNCATE and INSERT OR REPLACE go past the triggers of rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            sql = "TRUNCATE trail_event CASCADE"
        else:
            sql = REPLACE
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(sql)
    assert Event.objects.count() == 5
    assert first_fault(agency) is None


def test_the_model_refuses_too(five):
    with pytest.raises(TypeError):
        five[0].save()
    with pytest.raises(DatabaseError), transaction.atomic():
        five[0].delete()


def tamper(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


TAMPERINGS = {
    "a reason": ("UPDATE trail_event SET reason = 'khác' WHERE sequence = 3", 3),
    "a name": ("UPDATE trail_event SET by_name = 'Người khác' WHERE sequence = 2", 2),
    "what happened": ("UPDATE trail_event SET name = 'version.approved' WHERE sequence = 4", 4),
    "a position": ("UPDATE trail_event SET by_position = 'Giám đốc' WHERE sequence = 1", 1),
    "its label": ("UPDATE trail_event SET subject_label = 'x' WHERE sequence = 5", 5),
    "its subject": ("UPDATE trail_event SET subject_id = 999 WHERE sequence = 5", 5),
    "a middle event gone": ("DELETE FROM trail_event WHERE sequence = 3", 3),
    "the first event gone": ("DELETE FROM trail_event WHERE sequence = 1", 1),
    "the last event gone": ("DELETE FROM trail_event WHERE sequence = 5", 5),
    "the last three gone": ("DELETE FROM trail_event WHERE sequence > 2", 3),
    "all gone": ("DELETE FROM trail_event", 1),
    "a hash": ("UPDATE trail_event SET hash = prev_hash WHERE sequence = 3", 3),
    "the head": ("UPDATE trail_chain SET head = 'x'", 5),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_tampering_is_found_and_its_place_is_named(what, unlocked, agency):
    sql, place = TAMPERINGS[what]
    tamper(sql)

    fault = first_fault(agency)
    assert fault is not None
    assert fault.sequence == place
    told = StringIO()
    with pytest.raises(CommandError, match="1 chuỗi"):
        call_command("verify_trail", stderr=told, stdout=StringIO())
    assert f"{agency.code}: sự kiện số {place}" in told.getvalue()


def test_changed_facts_time_and_person_are_found(unlocked, agency, cast):
    for change in (
        {"facts": {"number": 99}}, {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"by": cast["quality"]}, {"agency": make_agency("STP", "Sở Tư pháp")},
    ):  # fmt: skip
        sid = transaction.savepoint()
        Event.objects.filter(sequence=2).update(**change)
        assert first_fault(agency) is not None, change
        transaction.savepoint_rollback(sid)
    assert first_fault(agency) is None


def test_swapped_and_inserted_events_are_found(unlocked, agency, cast):
    Event.objects.filter(sequence=2).update(sequence=100)
    Event.objects.filter(sequence=3).update(sequence=2)
    Event.objects.filter(sequence=100).update(sequence=3)
    assert first_fault(agency).sequence == 2


def test_one_that_hashes_itself_anew_still_breaks_the_next(unlocked, agency):
    event = Event.objects.get(sequence=3)
    event.reason = "khác"
    Event.objects.filter(pk=event.pk).update(reason="khác", hash=event.computed_hash())

    assert first_fault(agency).sequence == 4


def test_verify_trail_is_quiet_when_all_is_whole(five, agency):
    out = StringIO()
    call_command("verify_trail", stdout=out)
    call_command("verify_trail", agency=agency.code, stdout=out)
    assert "Nguyên vẹn: 5 sự kiện" in out.getvalue()
    with pytest.raises(CommandError, match="KHÔNG-CÓ"):
        call_command("verify_trail", agency="KHÔNG-CÓ")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_chain(agency, cast):
    """Eight threads, one chain, no gap and no fork."""
    failed: list[Exception] = []

    def one():
        try:
            write(Agency.objects.get(), User.objects.get(username="binh"), 5)
        except Exception as error:  # noqa: BLE001  # told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert (Event.objects.count(), Chain.objects.get().length) == (40, 40)
    assert first_fault(agency) is None
