"""Many files at once: kept first, then worked off one by one, whoever works and however often.

A file comes in exactly once: the row is taken by a lease and, in the transaction that makes
the document, given up only by whoever still holds it.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VersionState
from documents.models import Batch, BatchFile, FileState, Version
from documents.services import intake
from documents.services.intake import Row
from documents.services.source import KINDS, Refused, check, clean_name, ending_of, read_source
from qms.agencies.models import Agency, User
from qms.kernel.refusals import IllegalMove, Refusal, Stale, Unacceptable, Unavailable
from qms.notices.services import notify
from qms.trail.services import record
from qms.vault import services as vault

logger = logging.getLogger(__name__)

# A worker that died holds its file this long: longer than any reading and conversion takes.
LEASE = dt.timedelta(minutes=5)
MOST_ATTEMPTS, MOST_FILES = 3, 2000
# So many files are read while a person waits; more are worked off behind the page.
AT_ONCE = 5
# What one request may spend on a batch before it answers.
IN_REQUEST_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as it was handed in; `reason` says why it is refused already."""

    name: str
    size: int
    read: Callable[[], bytes]
    reason: str = ""


def create(
    agency: Agency, *, by: User, files: Iterable[Handed], name: str, register: bool = False
) -> Batch:
    """Keep every file, then write the batch down with one row for each; none is read yet.

    What cannot be a document by its size, name or first bytes is refused in its row and not
    kept. Refuses people who do not write for the agency, no file at all, and too many.
    """
    permissions.require_writer(by, agency)
    rows = []
    for order, handed in enumerate(files, 1):
        if order > MOST_FILES:
            raise Refused(
                _("Mỗi đợt nhập tối đa %d tệp. Chia thành nhiều đợt.") % MOST_FILES, status=413
            )
        rows.append(_kept(handed, order))
    if not rows:
        raise Unacceptable(_("Không có tệp tài liệu nào để nhập."))
    with transaction.atomic():
        batch = Batch.objects.create(
            agency=agency, by=by, name=clean_name(name), registers=register
        )
        for row in rows:
            row.batch = batch
        BatchFile.objects.bulk_create(rows)
        record(by, "batch.created", batch, agency=agency, files=len(rows), registers=register)
    _finish(batch)
    return batch


def resume(batch: Batch, *, by: User) -> None:
    """Work on what is left of a batch at once, for as long as a page may take.

    Refuses when nothing is left.
    """
    permissions.require(by, "resume", batch)
    if not batch.files.open().exists():
        raise IllegalMove(_("Đợt nhập này đã xong, không còn tệp nào chờ."))
    with transaction.atomic():
        record(by, "batch.resumed", batch, agency=batch.agency)
    work_off(batch, seconds=IN_REQUEST_SECONDS)


def work_off(batch: Batch | None = None, *, seconds: float) -> int:
    """Work off waiting files, of `batch` or of all, until the time is up; how many were done.

    They come in in the name of whoever handed them in, while he still writes for the agency.
    """
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        free = BatchFile.objects.free(timezone.now())
        if batch is not None:
            free = free.filter(batch=batch)
        file = free.order_by("batch_id", "order").first()
        if file is None:
            break
        done += work(file) is not None
    return done


def work(file: BatchFile) -> Row | None:
    """Take one file in, or say in its row why not; None when somebody else has it.

    Never raises for what is wrong with a file. A file that ended its workers three times is
    refused; while the disk is full it waits.
    """
    held = _take(file)
    if held is None:
        return None
    started, row = time.monotonic(), Row(file=held.name)
    if held.version:  # a worker before us ended between taking in and entering
        row = Row(**held.found, version=held.version.pk)
    try:
        _work(held, row)
    except Unavailable as error:
        logger.warning("File %s of batch %s waits: %s", held.order, held.batch_id, error)
        return row
    except (Refusal, PermissionDenied) as refusal:
        _refuse(held, row, str(refusal))
    except Exception:  # one bad file never stops the others
        logger.exception("File %s of batch %s could not be read.", held.order, held.batch_id)
        _refuse(held, row, _("Có lỗi khi đọc tệp này. Báo quản trị hệ thống xem nhật ký."))
    row.seconds = round(time.monotonic() - started, 3)
    _tell(held, row)
    _finish(held.batch)
    return row


def _kept(handed: Handed, order: int) -> BatchFile:
    """The row of one file; kept in the vault unless it is refused at the door."""
    file = BatchFile(order=order, name=clean_name(handed.name))
    try:
        if handed.reason:
            raise Unacceptable(handed.reason)
        check(b"%PDF-", size=handed.size, name=handed.name)
        data = handed.read()
        check(data[:1024], size=len(data), name=handed.name)
    except Unavailable:
        raise
    except Refusal as refusal:
        file.state, file.reason = FileState.REFUSED, str(refusal)
        file.found = Row(file=file.name, reason=file.reason).as_report()
    else:
        kind = KINDS.get(ending_of(handed.name), "application/octet-stream")
        file.blob = vault.keep(data, media_type=kind, name=file.name)
    return file


def _take(file: BatchFile) -> BatchFile | None:
    """Hold `file` for a while; of two who try, one does."""
    now = timezone.now()
    free = BatchFile.objects.free(now).filter(pk=file.pk, attempts=file.attempts)
    taken = free.update(
        state=FileState.WORKING, leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not taken:
        return None
    return BatchFile.objects.select_related(
        "batch__agency", "batch__by", "blob", "version__document__agency"
    ).get(pk=file.pk)


def _work(file: BatchFile, row: Row) -> None:
    batch, version = file.batch, file.version
    if version is None:
        if file.attempts > MOST_ATTEMPTS:
            raise Unacceptable(_("Đọc tệp này nhiều lần không xong. Tách nhỏ tệp rồi nhập lại."))
        version = _import(file, row)
    if batch.registers and version.state == VersionState.DRAFT:
        intake.enter(version, by=batch.by, row=row)
    _decide(file, state=FileState.IMPORTED)


def _import(file: BatchFile, row: Row) -> Version:
    batch = file.batch
    if not batch.by.is_active:
        raise PermissionDenied(_("Tài khoản của người nhập đã ngừng dùng."))
    permissions.require_writer(batch.by, batch.agency)
    if file.blob is None:
        raise Unacceptable(_("Tệp này không còn trong kho. Nhập lại tệp."))
    source = read_source(vault.read(file.blob), name=file.name)

    def settle(version: Version) -> None:
        _decide(file, version=version, found=row.as_report())

    return intake.take_in(
        batch.agency, by=batch.by, blob=file.blob, name=file.name, reading=source.reading,
        row=row, settle=settle,
    )  # fmt: skip


def _refuse(file: BatchFile, row: Row, reason: str) -> None:
    row.status, row.reason = "refused", reason
    try:
        _decide(file, state=FileState.REFUSED, reason=reason)
    except Stale:
        logger.info("File %s of batch %s was taken by another.", file.order, file.batch_id)


def _decide(file: BatchFile, **values: object) -> None:
    """Write what became of the file, while we still hold it; refuses with `Stale` else."""
    same = BatchFile.objects.filter(pk=file.pk, state=FileState.WORKING, attempts=file.attempts)
    if not same.update(**values):
        raise Stale(_("Tệp này vừa được một tiến trình khác nhận."))


def _tell(file: BatchFile, row: Row) -> None:
    """Keep the report of a decided file, with what was only known at the end."""
    decided = BatchFile.objects.filter(pk=file.pk, attempts=file.attempts)
    decided.exclude(state=FileState.WORKING).update(found=row.as_report(), leased_until=None)


def _finish(batch: Batch) -> None:
    """Close a batch of which nothing is left; of two who see that, one writes it down."""
    if batch.files.open().exists():
        return
    with transaction.atomic():
        ended = Batch.objects.filter(pk=batch.pk, finished_at=None)
        if not ended.update(finished_at=timezone.now()):
            return
        counts = dict(batch.files.values_list("state").annotate(n=Count("pk")))
        record(batch.by, "batch.finished", batch, agency=batch.agency, **counts)
        if sum(counts.values()) > AT_ONCE:
            _notify(batch, counts)


def _notify(batch: Batch, counts: dict[str, int]) -> None:
    """Tell who handed in a large batch, and has gone on to other work, that it is done."""
    taken, refused = counts.get(FileState.IMPORTED, 0), counts.get(FileState.REFUSED, 0)
    said = _("Đợt nhập “%(name)s” đã xong: %(taken)d tệp đã nhập, %(refused)d tệp bị từ chối.")
    notify(
        [batch.by], agency=batch.agency, key=f"batch-{batch.pk}-finished",
        subject=said % {"name": batch.name[:80], "taken": taken, "refused": refused},
        address=batch.get_absolute_url(),
    )  # fmt: skip
