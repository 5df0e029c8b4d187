"""Numbers have no holes, also when some of the acts they were taken for come to nothing."""

import threading

import pytest
from django.db import connection, transaction

from qms.kernel.models import Counter
from qms.kernel.numbering import next_number

SERIES = "nonconformity-1-2026"


def together(*works) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_number_that_was_given_back_is_given_again_while_others_take_theirs():
    kept: list[int] = []
    failed: list[Exception] = []

    def work(worker):
        try:
            for act in range(6):
                _act(kept, fails=(act + worker) % 3 == 0)
        except Exception as error:  # noqa: BLE001  # told below
            failed.append(error)
        finally:
            connection.close()

    together(*(lambda n=n: work(n) for n in range(6)))

    assert failed == []
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert len(kept) == 24
    assert Counter.objects.get().last == 24


def _act(kept: list[int], *, fails: bool) -> None:
    with transaction.atomic():
        number = next_number(SERIES)
        transaction.set_rollback(fails)
    if not fails:
        kept.append(number)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_a_series_at_once_get_one_and_two():
    taken: list[int] = []
    start = threading.Barrier(2)

    def work():
        start.wait(10)
        with transaction.atomic():
            taken.append(next_number(SERIES))
        connection.close()

    together(work, work)
    assert sorted(taken) == [1, 2]


@pytest.mark.django_db
def test_series_know_nothing_of_each_other():
    with transaction.atomic():
        assert [next_number("a-2026"), next_number("a-2027"), next_number("a-2026")] == [1, 1, 2]


@pytest.mark.django_db
def test_a_number_taken_in_an_inner_act_that_fails_comes_back_to_the_outer_one():
    with transaction.atomic():
        assert next_number(SERIES) == 1
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert next_number(SERIES) == 2
            raise ZeroDivisionError
        assert next_number(SERIES) == 2
