"""How many papers are made at once, over all processes of the site: as many as there are cores."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qms.kernel.refusals import Unavailable

AT_ONCE = len(os.sched_getaffinity(0))
WAIT_SECONDS = 120
_LOOK_AGAIN = 0.05


@contextlib.contextmanager
def place() -> Iterator[None]:
    """Hold one of the places while a paper is made; the others wait for their turn.

    A place is a lock on a file, which the kernel gives back when its holder dies. Refuses
    with `Unavailable` after two minutes in the queue.
    """
    until = time.monotonic() + WAIT_SECONDS
    while (held := _free_one()) is None:
        if time.monotonic() > until:
            raise Unavailable(_("Máy chủ đang tạo nhiều bản PDF. Thử lại sau ít phút."))
        time.sleep(_LOOK_AGAIN)
    try:
        yield
    finally:
        os.close(held)


def _free_one() -> int | None:
    folder = Path(settings.DATA_DIR) / "paper"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(AT_ONCE):
        file = os.open(folder / f"place-{number}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return file
    return None
