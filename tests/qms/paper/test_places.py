"""As many papers at once as there are cores, over all processes; a place whose holder died is free."""

import multiprocessing
import os
import signal
import threading
import time

import pytest

from qms.kernel.refusals import Unavailable
from qms.paper import places
from qms.paper.places import place

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")


@pytest.fixture(autouse=True)
def _one_place(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(places, "AT_ONCE", 1)


def _hold(ready, seconds):
    with place():
        ready.set()
        time.sleep(seconds)


def test_twenty_take_turns():
    inside, most = [], []

    def work():
        with place():
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.005)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 20
    assert max(most) == 1


def test_another_process_counts_too_and_its_death_frees_the_place(monkeypatch):
    monkeypatch.setattr(places, "WAIT_SECONDS", 0.2)
    context = multiprocessing.get_context("fork")
    ready = context.Event()
    other = context.Process(target=_hold, args=(ready, 60))
    other.start()
    assert ready.wait(10)

    with pytest.raises(Unavailable, match="Thử lại sau ít phút"), place():
        pass
    os.kill(other.pid, signal.SIGKILL)
    other.join()
    with place():
        pass
