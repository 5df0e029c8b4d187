"""Workers side by side: every reaction is run once, one failure hinders no other, chains stay whole."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from qms.agencies.models import Agency, Unit, User
from qms.trail.models import Chain, Delivery, Event
from qms.trail.services import deliver_owed, first_fault, outbox, record
from tests.factories import make_agency, make_unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def react(monkeypatch):
    """Return `react(*reactions)`: these and no others follow `agency.noted`."""

    def react(*reactions):
        monkeypatch.setattr(outbox, "_reactions", {"agency.noted": list(reactions)})

    return react


def happen(agency, by, times=1):
    for _ in range(times):
        with transaction.atomic():
            record(by, "agency.noted", agency, agency=agency)


def fail(_event):
    raise OSError("mất kết nối")


def together(work, workers):
    """Run `work(n)` in so many threads at once; what each gave back, or the error it ended with."""
    told = []

    def one(number):
        try:
            told.append(work(number))
        except Exception as error:  # noqa: BLE001  # compared by the test
            told.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def owe_again():
    """As after a crash: everything is owed, nobody holds it."""
    Delivery.objects.update(done_at=None, leased_until=timezone.now() - dt.timedelta(seconds=1))


def test_workers_at_once_run_every_reaction_once(agency, cast, react):
    ran = []

    def slow(event):
        ran.append(event.sequence)
        time.sleep(0.005)

    react(slow)
    happen(agency, cast["author"], 10)
    owe_again()
    ran.clear()

    together(lambda _n: deliver_owed(), 4)
    assert deliver_owed() == 0
    assert sorted(ran) == list(range(1, 11))
    assert set(Delivery.objects.values_list("tries", flat=True)) == {2}


def test_what_is_done_is_never_run_again(agency, cast, react):
    ran = []
    react(ran.append)
    happen(agency, cast["author"], 3)

    for _ in range(3):
        assert deliver_owed() == 0
    outbox.deliver(Event.objects.first())
    assert len(ran) == 3


def test_one_reaction_that_fails_hinders_neither_the_others_nor_the_act(agency, cast, react):
    ran = []
    react(fail, ran.append)
    happen(agency, cast["author"])

    assert len(ran) == 1
    assert Event.objects.count() == 1
    owed = Delivery.objects.owed().get()
    assert owed.reaction.endswith(".fail")
    assert "mất kết nối" in owed.error


def test_what_a_failing_reaction_wrote_is_undone(agency, cast, react):
    def half(event):
        make_unit(event.agency, "Phòng dở dang")
        raise OSError

    react(half)
    happen(agency, cast["author"])

    assert not Unit.objects.exists()
    assert Delivery.objects.get().tries == 1


def test_after_a_failure_the_next_round_takes_it_at_once_and_the_error_is_gone(
    agency, cast, react
):
    mood = {"fails": True}

    def moody(event):
        if mood["fails"]:
            fail(event)

    react(moody)
    happen(agency, cast["author"])
    assert deliver_owed() == 1
    mood["fails"] = False
    assert deliver_owed() == 0

    delivery = Delivery.objects.get()
    assert (delivery.error, delivery.tries) == ("", 3)
    assert delivery.done_at is not None


def test_a_worker_that_died_is_relieved_when_its_lease_ends(agency, cast, react):
    ran = []

    def killed(_event):
        if not ran:
            ran.append("killed")
            raise SystemExit

    react(killed)
    with pytest.raises(SystemExit):
        happen(agency, cast["author"])
    assert deliver_owed() == 1
    held = Delivery.objects.get()
    assert held.leased_until > timezone.now() + outbox.LEASE / 2

    Delivery.objects.update(leased_until=timezone.now() - dt.timedelta(seconds=1))
    assert deliver_owed() == 0
    assert Event.objects.count() == 1


def test_an_event_that_nobody_waits_for_owes_nothing(agency, cast, react):
    react()
    happen(agency, cast["author"])
    assert not Delivery.objects.exists()


def test_recorders_at_once_keep_one_chain_for_each_agency(agency, cast, react):
    react()
    make_agency("STP", "Sở Tư pháp")

    def write(number):
        agencies = list(Agency.objects.order_by("pk"))
        me = User.objects.get(username="binh")
        for turn in range(6):
            happen(agencies[(number + turn) % 2], me)

    assert together(write, 6) == [None] * 6
    for one in Agency.objects.all():
        assert first_fault(one) is None
        assert Chain.objects.get(agency=one).length == 18
        assert list(one.events.order_by("pk").values_list("sequence", flat=True)) == list(
            range(1, 19)
        )


def test_recorders_who_give_up_leave_no_gap_between_those_who_do_not(agency, cast, react):
    react()

    def write(number):
        mine, me = Agency.objects.get(), User.objects.get(username="binh")
        for turn in range(6):
            with transaction.atomic():
                record(me, "agency.noted", mine, agency=mine)
                if (number + turn) % 3 == 0:
                    transaction.set_rollback(True)

    assert together(write, 6) == [None] * 6
    assert Event.objects.count() == Chain.objects.get().length == 24
    assert first_fault(agency) is None
