"""The process that reads: limited in time, memory and files, and gone when it is too much."""

import resource
import subprocess
import sys
import time

import pytest

from qms.word import reading, worker
from qms.word.reading import read
from qms.word.refusals import Unreadable
from tests.qms.word import files

START = reading._START.format(root=str(reading._ROOT))


def in_worker(code):
    """Run `code` after the limits are set, where the worker would begin to read."""
    taken = START.replace("main()", "").replace(
        "from qms.word.worker import main;",
        "import qms.word.worker as w; w.convert = lambda data: exec(CODE, {}) or {};",
    )
    script = f"CODE = {code!r}\n{taken} w.main()"
    return subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-I", "-c", script], input=b"", capture_output=True, timeout=30,
        check=False,
    )  # fmt: skip


def test_the_worker_gives_up_time_memory_and_writing_before_it_reads():
    done = in_worker(
        "import resource as r; import sys; print([r.getrlimit(k) for k in "
        "(r.RLIMIT_CPU, r.RLIMIT_AS, r.RLIMIT_FSIZE)], file=sys.stderr)"
    )
    cpu, memory = worker.CPU_SECONDS, worker.MEMORY
    assert done.stderr.decode().strip() == str([(cpu, cpu), (memory, memory), (0, 0)])


def test_the_limits_are_ones_that_a_server_can_bear():
    assert worker.CPU_SECONDS < reading.WALL_SECONDS <= 60
    assert worker.MEMORY <= 1024**3
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != worker.MEMORY  # ours is untouched


def test_the_worker_loads_neither_django_settings_nor_the_database():
    done = in_worker(
        "import sys; print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'django', 'psycopg', 'sqlite3'}), file=sys.stderr)"
    )
    assert done.stderr.decode().strip() in {"[]", "['django']"}


def test_the_worker_that_needs_too_much_memory_ends_with_its_own_code():
    assert in_worker("x = bytearray(2 * 1024**3)").returncode == worker.TOO_MUCH_MEMORY


def test_the_worker_can_write_no_file(tmp_path):
    in_worker(f"open({str(tmp_path / 'x')!r}, 'wb', buffering=0).write(b'x' * 10)")
    assert (tmp_path / "x").stat().st_size == 0


@pytest.mark.parametrize(
    ("code", "reason", "sentence"),
    [
        ("import sys; sys.exit(3)", "memory", "Đọc tệp cần quá nhiều bộ nhớ"),
        ("import os; os.kill(os.getpid(), 9)", "timeout", "Đọc tệp quá lâu"),
        ("raise ValueError", "damaged", "Tệp bị hỏng"),
        ("import time; time.sleep(30)", "timeout", "Đọc tệp quá lâu"),
    ],
)
def test_a_worker_that_ends_early_is_a_refusal_with_a_sentence(
    monkeypatch, code, reason, sentence
):
    monkeypatch.setattr(reading, "_START", code)
    monkeypatch.setattr(reading, "WALL_SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(Unreadable, match=sentence) as told:
        read(files.procedure(), name="t.docx")
    assert told.value.reason == reason
    assert time.monotonic() - started < 5


def test_processor_time_runs_out_before_the_patience_of_the_server(monkeypatch):
    code = START.replace("main()", "").replace(
        "from qms.word.worker import main;",
        "import qms.word.worker as w; w.CPU_SECONDS = 1; "
        "w.convert = lambda data: [None for _ in iter(int, 1)]; w.main()",
    )
    monkeypatch.setattr(reading, "_START", code)
    with pytest.raises(Unreadable) as told:
        read(files.procedure(), name="t.docx")
    assert told.value.reason == "timeout"


def test_twenty_thousand_runs_are_read_in_seconds():
    run = '<w:r><w:rPr><w:b w:val="{}"/></w:rPr><w:t xml:space="preserve">từ </w:t></w:r>'
    xml = "<w:p>" + "".join(run.format(n % 2) for n in range(22_000)) + "</w:p>"
    started = time.monotonic()
    reading_ = read(files.in_body(xml), name="t.docx")
    assert time.monotonic() - started < 5
    assert reading_.text.count("từ") == 22_000
