"""Writers wait for each other, and who only reads notices nothing of them."""

import multiprocessing
import time

import pytest
from django.conf import settings as django_settings

from qms.search import index
from tests.qms.search.entries import SCOPE, ask, entry, keys

# A worker is forked beside our threads on purpose; Python 3.12 and later warn of that.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")

CONTEXT = multiprocessing.get_context("fork")


@pytest.fixture(autouse=True)
def papers():
    index.rebuild(SCOPE, [entry(f"k{n}", f"Kiểm soát tài liệu {n}", "Thu hồi. " * 20)
                          for n in range(20)])  # fmt: skip


def start(work, *args):
    process = CONTEXT.Process(target=work, args=(django_settings.INDEX_DIR, *args))
    process.start()
    return process


def finish(*processes) -> None:
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def _put(where, first, count):
    django_settings.INDEX_DIR = where
    for n in range(first, first + count):
        index.put([entry(f"w{n}", f"Lưu trữ {n}")])


def _put_and_drop(where, first, count):
    _put(where, first, count)
    index.drop(SCOPE, [f"w{n}" for n in range(first, first + count)])


def _rebuild(where, times):
    django_settings.INDEX_DIR = where
    for _ in range(times):
        index.rebuild(SCOPE, [entry(f"k{n}", f"Kiểm soát tài liệu {n}") for n in range(20)])


def _die_writing(where):
    django_settings.INDEX_DIR = where
    with index._locked(SCOPE):
        index.whoosh_index.open_dir(index._folder(SCOPE)).writer()
        raise SystemExit(9)


@pytest.mark.parametrize("writing", [(_put, 0, 15), (_put_and_drop, 0, 10), (_rebuild, 8)])
def test_a_reader_never_takes_a_writer_at_work_for_damage(writing):
    writer = start(*writing)
    asked = 0
    while writer.is_alive():
        answer = ask("kiểm soát tài liệu", limit=50)
        assert answer.broken == frozenset()
        assert len([hit for hit in answer.hits if hit.key.startswith("k")]) == 20
        asked += 1
    finish(writer)
    assert asked >= 1


def test_three_processes_that_add_and_forget_at_once_lose_nothing():
    finish(start(_put, 0, 8), start(_put, 100, 8), start(_put_and_drop, 200, 8))

    written = keys("lưu trữ", limit=100)
    assert sorted(written) == sorted(f"w{n}" for n in [*range(8), *range(100, 108)])
    assert len(keys("kiểm soát", limit=100)) == 20


def test_a_writer_that_died_leaves_the_way_free():
    process = start(_die_writing)
    process.join(30)
    assert process.exitcode == 9

    assert len(keys("kiểm soát", limit=50)) == 20
    index.put([entry("w", "Lưu trữ")])
    assert keys("lưu trữ") == ["w"]


def test_a_damaged_index_is_told_in_time_also_while_somebody_holds_its_lock(monkeypatch):
    monkeypatch.setattr(index, "PATIENCE", 0.2)
    (index._folder(SCOPE) / ".manifest").unlink()
    with index._locked(SCOPE):
        began = time.monotonic()
        assert ask("kiểm soát").broken == {SCOPE}
        assert 0.2 <= time.monotonic() - began < 2


def test_a_damaged_index_that_nobody_mends_is_told_at_once():
    (index._folder(SCOPE) / ".manifest").unlink()
    began = time.monotonic()
    assert ask("kiểm soát").broken == {SCOPE}
    assert time.monotonic() - began < index.PATIENCE / 2


def test_scopes_do_not_wait_for_each_other():
    with index._locked(SCOPE):
        index.rebuild("agency-2", [entry("1", "Lưu trữ", scope="agency-2")])
        index.put([entry("2", "Lưu trữ", scope="agency-2")])
    assert set(keys("lưu trữ", scope="agency-2")) == {"1", "2"}


def test_one_batch_may_belong_to_many_scopes():
    for scope in ("agency-2", "agency-3"):
        index.rebuild(scope, [])
    index.put([entry(f"{n}", "Lưu trữ", scope=f"agency-{2 + n % 2}") for n in range(6)])

    assert sorted(keys("lưu trữ", scope="agency-2")) == ["0", "2", "4"]
    assert sorted(keys("lưu trữ", scope="agency-3")) == ["1", "3", "5"]


def test_putting_the_same_thing_again_keeps_it_once():
    for _ in range(3):
        index.put([entry("w", "Tiếp công dân"), entry("w", "Lưu trữ")])
    assert (keys("lưu trữ"), keys("tiếp công dân")) == (["w"], [])


def test_progress_is_told_while_an_index_is_built():
    told = []
    written = index.rebuild(
        SCOPE, (entry(f"{n}", "x") for n in range(1100)), on_progress=told.append
    )
    assert (written, told) == (1100, [500, 1000])
