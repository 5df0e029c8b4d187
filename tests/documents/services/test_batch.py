"""Batches: every file one row and one outcome, exactly once, whoever works and dies meanwhile."""

import datetime as dt
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import Batch, BatchFile, Document, Version
from documents.services import batch as batches
from documents.services import intake
from qms.agencies.models import Membership
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event
from tests.documents.bad_files import DOCX
from tests.qms.word import files

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
PAST = dt.timedelta(minutes=-1)


def handed(name, data):
    return batches.Handed(name, len(data), lambda: data)


def several(n, first=1):
    return [
        handed(f"{k}.docx", files.procedure(code=f"QT-{k:03d}")) for k in range(first, first + n)
    ]


@pytest.fixture
def create(agency, cast):
    """Return `create(files)`: a batch by the quality office."""

    def create(given, by="quality", **options):
        return batches.create(agency, by=cast[by], files=given, name="Đợt", **options)

    return create


def states(batch):
    return list(batch.files.order_by("order").values_list("state", flat=True))


def test_every_file_is_kept_before_any_is_read(create):
    batch = create(several(3))
    assert states(batch) == ["queued"] * 3
    assert all(file.blob for file in batch.files.select_related("blob"))
    assert not Document.objects.exists()
    assert Event.objects.get(name="batch.created").facts["files"] == 3


def test_one_bad_file_never_stops_the_others(create):
    given = [*several(1), handed("hỏng.docx", b"PK\x03\x04xx"), *several(1, first=2)]
    batch = create(given)
    assert batches.work_off(batch, seconds=30) == 3
    assert states(batch) == ["imported", "refused", "imported"]
    bad = batch.files.get(state="refused")
    assert bad.reason.startswith("Tệp bị hỏng")
    assert (bad.version, Version.objects.count()) == (None, 2)
    batch.refresh_from_db()
    assert batch.finished_at
    assert Event.objects.get(name="batch.finished").facts == {"imported": 2, "refused": 1}


def test_a_file_refused_at_the_door_is_not_kept(create):
    batch = create([handed("a.exe", b"MZ"), handed("b.docx", b"")])
    assert [f.blob for f in batch.files.all()] == [None, None]
    batch.refresh_from_db()
    assert batch.finished_at


def test_a_fault_of_ours_is_one_refused_row(create, monkeypatch):
    batch = create(several(2))
    real, calls = batches.read_source, []

    def read(data, *, name):
        calls.append(name)
        if len(calls) == 1:
            raise ZeroDivisionError
        return real(data, name=name)

    monkeypatch.setattr(batches, "read_source", read)
    batches.work_off(batch, seconds=30)
    assert states(batch) == ["refused", "imported"]


def test_the_same_file_worked_twice_comes_in_once(create):
    batch = create(several(1))
    stale = batch.files.get()
    assert batches.work(stale).status == "imported"
    assert batches.work(stale) is None
    assert Document.objects.count() == 1


def test_a_file_whose_worker_died_is_taken_again(create):
    batch = create(several(1))
    dead = batches._take(batch.files.get())
    assert batches.work_off(batch, seconds=5) == 0
    batch.files.update(leased_until=timezone.now() + PAST)
    assert batches.work_off(batch, seconds=30) == 1
    assert states(batch) == ["imported"]
    with pytest.raises(Stale):  # and should the dead one rise, nothing of it stays
        batches._import(dead, intake.Row(file="x"))
    assert (Document.objects.count(), Version.objects.count()) == (1, 1)


def test_a_worker_that_died_between_taking_in_and_entering_is_gone_on_from(create):
    batch = create(several(1), register=True)
    held = batches._take(batch.files.get())
    batches._import(held, intake.Row(file=held.name))
    assert Version.objects.get().state == VersionState.DRAFT
    batch.files.update(leased_until=timezone.now() + PAST)
    batches.work_off(batch, seconds=30)
    assert Version.objects.get().state == VersionState.IN_FORCE
    assert states(batch) == ["imported"]


def test_a_file_that_ends_its_workers_is_refused_after_the_third(create):
    batch = create(several(1))
    for _worker in range(batches.MOST_ATTEMPTS):
        assert batches._take(batch.files.get())
        batch.files.update(leased_until=timezone.now() + PAST)
    batches.work_off(batch, seconds=30)
    assert states(batch) == ["refused"]
    assert "nhiều lần không xong" in batch.files.get().reason


def test_who_no_longer_writes_brings_nothing_in(create, cast):
    batch = create(several(1))
    Membership.objects.filter(user=cast["quality"]).delete()
    batches.work_off(batch, seconds=30)
    assert "không có vai trò soạn thảo" in batch.files.get().reason
    assert not Document.objects.exists()


def test_nothing_at_all_and_too_much_are_refused(create, monkeypatch):
    with pytest.raises(Unacceptable, match="Không có tệp"):
        create([])
    monkeypatch.setattr(batches, "MOST_FILES", 2)
    with pytest.raises(Unacceptable, match="tối đa 2 tệp"):
        create(several(3))
    assert not Batch.objects.exists()


def test_registering_enters_what_is_sure_and_tells_of_the_rest(create):
    given = [*several(1), handed("x.docx", files.procedure(code="QT-9", issue=""))]
    batch = create(given, register=True)
    batches.work_off(batch, seconds=60)
    entered, doubtful = batch.files.order_by("order")
    assert entered.version.state == VersionState.IN_FORCE
    assert doubtful.version.state == VersionState.DRAFT
    assert "tạm ghi 01" in doubtful.found["warnings"][-1]


def test_the_clock_works_off_what_waits(create, capsys):
    batch = create(several(2))
    call_command("run_due")
    assert states(batch) == ["imported"] * 2
    assert "Đã đọc 2 tệp chờ nhập" in capsys.readouterr().out


def test_resuming_works_on_and_refuses_when_all_is_done(create, cast, client, stranger):
    batch = create(several(2), by="author")
    address = reverse("documents:batch-resume", args=[batch.pk])
    client.force_login(stranger)
    assert client.post(address).status_code == 404
    client.force_login(cast["author"])
    assert client.post(address).status_code == 302
    assert states(batch) == ["imported"] * 2
    with pytest.raises(IllegalMove, match="đã xong"):
        batches.resume(batch, by=cast["author"])


def test_the_page_counts_and_filters_and_the_files_say_the_same(create, cast, client):
    batch = create([*several(2), handed("=1+1.docx", b"PK")])
    batches.work_off(batch, seconds=30)
    client.force_login(cast["quality"])
    address = batch.get_absolute_url()
    assert "3 trên 3 tệp đã xong" in client.get(address).content.decode()
    refused = client.get(f"{address}?show=refused").content.decode()
    assert ("QT-001" in refused, "=1+1.docx" in refused) == (False, True)
    assert client.get(f"{address}?show=x").status_code == 404
    rows = json.loads(client.get(reverse("documents:batch-json", args=[batch.pk])).content)
    assert [row["status"] for row in rows] == ["imported", "imported", "refused"]
    assert rows[0]["sections"][0] == {"number": "1", "title": "MỤC ĐÍCH"}
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("documents:batch-xlsx", args=[batch.pk])).content)
    ).worksheets[0]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells["=1+1.docx"] == "s"


def test_only_the_part_that_changes_is_asked_for_again_and_not_once_all_is_done(
    create, cast, client
):
    batch = create(several(1))
    client.force_login(cast["quality"])
    address = reverse("documents:batch-progress", args=[batch.pk])
    running = client.get(address).content.decode()
    assert 'hx-trigger="every 3s"' in running
    assert "<html" not in running
    batches.work_off(batch, seconds=30)
    assert "hx-trigger" not in client.get(address).content.decode()


def test_a_stranger_learns_nothing_of_a_batch(create, client, stranger, cast):
    batch = create(several(1), by="author")
    for who in (stranger, cast["reader"], cast["approver"]):
        client.force_login(who)
        for name in ("detail", "progress", "json", "xlsx"):
            address = reverse(f"documents:batch-{name}", args=[batch.pk])
            assert client.get(address).status_code == 404
    client.force_login(stranger)
    page = client.get(reverse("documents:batch-list")).content.decode()
    assert "Đợt</a>" not in page


def test_an_archive_is_worked_off_behind_the_page(cast, agency, client):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(7):
            archive.writestr(f"Quy trình/{n}.docx", files.procedure(code=f"QT-{n}"))
    client.force_login(cast["author"])
    sent = SimpleUploadedFile("hồ sơ.zip", out.getvalue(), "application/zip")
    answer = client.post(
        "/documents/import/", {"agency": agency.pk, "documents": sent}, follow=True
    )
    assert "0 trên 7 tệp đã xong" in answer.content.decode()
    batches.work_off(seconds=60)
    assert Document.objects.count() == 7
    told = Notice.objects.get(person=cast["author"])
    assert "7 tệp đã nhập, 0 tệp bị từ chối" in told.subject
    assert BatchFile.objects.filter(name="Quy trình/3.docx", state="imported").exists()


def test_a_few_files_are_read_while_one_waits(cast, agency, client):
    client.force_login(cast["author"])
    sent = [SimpleUploadedFile(f"{n}.docx", files.procedure(code=f"QT-{n}"), DOCX) for n in "12"]
    answer = client.post(
        "/documents/import/", {"agency": agency.pk, "documents": sent}, follow=True
    )
    assert "2 trên 2 tệp đã xong" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_files_and_none_comes_in_twice(create):
    batch, done = create(several(6)), []

    def work():
        done.append(batches.work_off(batch, seconds=60))
        connection.close()

    workers = [threading.Thread(target=work) for _n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 6
    assert sorted(Document.objects.values_list("code", flat=True)) == [
        f"QT-{n:03d}" for n in range(1, 7)
    ]
    assert Event.objects.filter(name="batch.finished").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_half(create):
    """`kill -9` on the clock while it reads; the next one finishes, each file exactly once."""
    database = django_settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        pytest.skip("The other process is given the test database, which is a file on SQLite.")
    batch = create(several(8))
    connection.close()
    folders = {"FILES_DIR": django_settings.FILES_DIR, "INDEX_DIR": django_settings.INDEX_DIR}
    script = (
        "import django; from django.conf import settings; django.setup();"
        f"settings.FILES_DIR, settings.INDEX_DIR = {str(folders['FILES_DIR'])!r}, "
        f"{str(folders['INDEX_DIR'])!r}; from documents.services.batch import work_off; "
        "work_off(seconds=60)"
    )
    worker = subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", script], cwd=ROOT,
        env=os.environ | {
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "DJANGO_SETTINGS_MODULE": "qms.settings",
        },
    )  # fmt: skip
    until = time.monotonic() + 30
    while Document.objects.count() < 2 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    before = Document.objects.count()
    assert 2 <= before < 8

    batch.files.filter(state="working").update(leased_until=timezone.now() + PAST)
    batches.work_off(seconds=60)
    assert states(batch) == ["imported"] * 8
    assert sorted(Document.objects.values_list("code", flat=True)) == [
        f"QT-{n:03d}" for n in range(1, 9)
    ]
    assert all(v.sections.count() == 7 for v in Version.objects.all())
    assert Event.objects.filter(name="document.imported").count() == 8
    assert Client().get("/healthz").status_code == 200
