"""Read and acknowledge: bound to the text, for oneself only, once; on paper with its sheet."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from documents.models import Reading, ReadingMethod, Version
from documents.services import dissemination
from documents.services import distribution as lists
from documents.services import reading as services
from documents.services import version as versions
from documents.services.distribution import Line
from qms.agencies.models import Role, User
from qms.kernel.refusals import Refusal, Stale, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event
from qms.trail.services import first_fault
from tests.factories import hire

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nsheet"


def acknowledge(version, person):
    return services.acknowledge(version, by=person, seen=version.content_hash)


def paper(version, by, people, *, data=PDF, day=None):
    return services.record_paper(
        version, by=by, people=people, signed_on=day or timezone.localdate(), data=data,
        name="phieu.pdf",
    )  # fmt: skip


def test_acknowledge_binds_the_person_to_the_text_and_tells_the_trail(given, cast, agency):
    reading = acknowledge(given, cast["reader"])

    assert (reading.method, reading.content_hash) == (ReadingMethod.SCREEN, given.content_hash)
    event = Event.objects.get(name="reading.acknowledged")
    assert (event.by, event.facts["content_hash"]) == (cast["reader"], given.content_hash)
    assert Reading.objects.open().count() == 4
    assert first_fault(agency) is None


def test_acknowledge_refuses_who_is_not_on_the_list(in_force, cast):
    with pytest.raises(PermissionDenied, match="danh sách phân phối"):
        acknowledge(in_force, cast["reader"])


def test_acknowledge_refuses_another_text_than_the_one_shown_and_a_second_time(given, cast):
    with pytest.raises(Stale):
        services.acknowledge(given, by=cast["reader"], seen="0" * 64)
    acknowledge(given, cast["reader"])
    with pytest.raises(Stale, match="đã xác nhận"):
        acknowledge(given, cast["reader"])
    assert Event.objects.filter(name="reading.acknowledged").count() == 1


def test_acknowledge_refuses_what_was_superseded_or_withdrawn_meanwhile(given, cast, replace):
    fresh = replace(given)
    with pytest.raises(Stale, match="thay bằng lần 01, sửa đổi 01"):
        acknowledge(given, cast["reader"])
    dissemination.distribute(fresh, by=cast["quality"])
    versions.withdraw(fresh, by=cast["quality"], reason="Hết dùng.")
    with pytest.raises(Stale, match="không có hiệu lực"):
        acknowledge(fresh, cast["reader"])
    assert Reading.objects.open().count() == 0


def test_the_next_version_is_read_against_the_one_last_read(given, cast, replace):
    acknowledge(given, cast["reader"])
    second = replace(given)
    dissemination.distribute(second, by=cast["quality"])
    third = replace(second, "Kiểm soát tài liệu, hồ sơ, dữ liệu.")
    dissemination.distribute(third, by=cast["quality"])

    assert services.last_read(third, cast["reader"]) == given
    assert acknowledge(third, cast["reader"]).since == given
    assert services.last_read(third, cast["approver"]) is None


def test_a_change_of_words_only_keeps_earlier_acknowledgements(given, cast, replace):
    acknowledge(given, cast["reader"])
    second = replace(given)
    dissemination.weigh(second, by=cast["quality"], is_substantive=False)
    dissemination.distribute(second, by=cast["quality"])

    kept = second.readings.get(person=cast["reader"])
    assert (kept.method, kept.since, kept.content_hash) == (
        ReadingMethod.CARRIED, given, second.content_hash,
    )  # fmt: skip
    assert second.readings.open().count() == 4
    key = f"version:{second.pk}:read"
    assert not Notice.objects.filter(key=key, person=cast["reader"]).exists()
    assert services.last_read(replace(second), cast["reader"]) == given


def test_who_missed_the_version_before_must_read_also_a_change_of_words(given, cast, replace):
    second = replace(given)
    dissemination.weigh(second, by=cast["quality"], is_substantive=False)
    dissemination.distribute(second, by=cast["quality"])
    assert second.readings.open().count() == 5


def test_weighing_anew_while_in_force_carries_over_and_asks_again(given, cast, replace):
    acknowledge(given, cast["reader"])
    second = replace(given)
    dissemination.distribute(second, by=cast["quality"])
    acknowledge(second, cast["approver"])

    dissemination.weigh(second, by=cast["quality"], is_substantive=False)
    assert second.readings.open().count() == 3
    dissemination.weigh(second, by=cast["quality"], is_substantive=True)
    assert second.readings.open().count() == 4
    assert second.readings.get(person=cast["approver"]).method == ReadingMethod.SCREEN


@pytest.mark.parametrize("data", [PDF, b"\xff\xd8\xff\xe0jpeg", b"\x89PNG\r\n\x1a\nimage"])
def test_record_paper_marks_who_signed_and_keeps_the_sheet(data, given, cast):
    done = paper(given, cast["quality"], [cast["reader"], cast["author"]], data=data)

    reading = given.readings.get(person=cast["author"])
    assert (done, reading.method, reading.recorded_by) == (2, ReadingMethod.PAPER, cast["quality"])
    assert Event.objects.get(name="reading.paper_recorded").facts["scan_sha256"] == (
        reading.scan.sha256
    )
    assert given.readings.open().count() == 3


def test_record_paper_refuses_what_proves_nothing_and_changes_nothing(given, cast, stranger):
    acknowledge(given, cast["approver"])
    quality, reader = cast["quality"], cast["reader"]
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    long_ago = dt.date(2020, 1, 1)
    for refusal, people, also in (
        (Unacceptable, [reader], {"data": b"PK\x03\x04"}), (Unacceptable, [], {}),
        (Unacceptable, [reader], {"data": b""}), (Unacceptable, [reader], {"day": tomorrow}),
        (Unacceptable, [reader], {"day": long_ago}), (Stale, [reader, cast["approver"]], {}),
        (Stale, [reader, stranger], {}),
    ):  # fmt: skip
        with pytest.raises(refusal):
            paper(given, quality, people, **also)
    with pytest.raises(PermissionDenied):
        paper(given, cast["approver"], [reader])
    assert given.readings.open().count() == 4
    assert not Event.objects.filter(name="reading.paper_recorded").exists()


def test_the_database_refuses_loose_acknowledgements_and_days_out_of_order(given, cast):
    now, row = timezone.now(), Reading.objects.filter(person=cast["reader"])
    for wrong in (
        {"acknowledged_at": now}, {"method": "screen"},
        {"acknowledged_at": now, "method": "screen"},
        {"acknowledged_at": now - dt.timedelta(days=9), "method": "screen", "content_hash": "a"},
        {"acknowledged_at": now, "method": "paper", "content_hash": "a"},
        {"due_on": timezone.localdate() - dt.timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    twin = row.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def _at_once(*acts):
    """Run every act in a thread and connection of its own; what became of each."""
    outcomes = []

    def run(act):
        try:
            act()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_acknowledge_once(given, cast, agency):
    reader = User.objects.get(pk=cast["reader"].pk)

    def click():
        acknowledge(Version.objects.get(pk=given.pk), reader)

    outcomes = _at_once(*[click] * 10)

    assert (outcomes.count("done"), outcomes.count("Stale")) == (1, 9)
    assert Event.objects.filter(name="reading.acknowledged").count() == 1
    assert first_fault(agency) is None


@pytest.mark.django_db(transaction=True)
def test_acknowledging_while_it_ends_is_before_or_refused_never_after(given, cast, agency):
    people = [hire(agency, f"r{n}", Role.READER) for n in range(6)]
    dissemination.distribute(given, by=cast["quality"])

    def end():
        fresh = Version.objects.select_related("document__agency").get(pk=given.pk)
        versions.withdraw(fresh, by=cast["quality"], reason="Hết dùng.")

    def read(person):
        return lambda: acknowledge(Version.objects.get(pk=given.pk), person)

    outcomes = _at_once(*map(read, people[:3]), end, *map(read, people[3:]))

    assert len(outcomes) == 7
    ended = Event.objects.get(name="version.withdrawn").sequence
    later = Event.objects.filter(name="reading.acknowledged", sequence__gt=ended)
    assert not later.exists()
    assert given.readings.done().count() == outcomes.count("done") - 1


@pytest.mark.django_db(transaction=True)
def test_two_rounds_of_the_clock_at_once_ask_everybody_once(in_force, cast, agency, clock):
    lists.assign(in_force.document, by=cast["quality"], lines=[Line()])
    for n in range(5):
        hire(agency, f"new{n}", Role.READER)

    _at_once(*[lambda: dissemination.distribute_due(by=clock)] * 4)

    facts = [e.facts["people"] for e in Event.objects.filter(name="version.distributed")]
    assert sorted(facts) == [5, 5]
    assert Reading.objects.count() == 10
