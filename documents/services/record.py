"""Keeping the list of records: series, the files of each, and what stops their disposal."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import WARN_DAYS, Document, LegalHold, RecordFile, RecordSeries
from qms.agencies.models import Agency, Role, Unit, User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.kernel.text import one_line
from qms.notices.services import notify
from qms.trail.services import record


@dataclass(frozen=True, slots=True)
class Said:
    """What people say about a series. No `retention_years` means for ever."""

    name: str
    retention_years: int | None
    since: dt.date
    until: dt.date | None = None
    document: Document | None = None
    source: str = ""
    unit: Unit | None = None
    place: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class FileSaid:
    """What people say about one file."""

    title: str
    opened_on: dt.date
    closed_on: dt.date | None = None
    place: str = ""


def create(agency: Agency, *, by: User, said: Said) -> RecordSeries:
    """A new line of the list. Refuses an empty name and what belongs to another agency."""
    permissions.require_writer(by, agency)
    series = RecordSeries(agency=agency)
    _say(series, said)
    with transaction.atomic():
        series.save()
        record(
            by, "record_series.created", series, agency=agency, retention=series.retention_years
        )
    return series


def change(series: RecordSeries, *, by: User, said: Said, revision: int) -> None:
    """Correct a line; another retention moves the due days of its files that are still kept.

    Refuses a save from an older state.
    """
    permissions.require(by, "change", series)
    before = series.retention_years
    _say(series, said)
    with transaction.atomic():
        _next_revision(series, revision)
        series.save()
        for file in series.files.kept().filter(disposal=None):
            file.due_on = series.due_after(file.closed_on)
            file.save(update_fields=["due_on"])
        record(
            by, "record_series.changed", series, agency=series.agency,
            retention_before=before, retention=series.retention_years,
        )  # fmt: skip


def open_file(series: RecordSeries, *, by: User, said: FileSaid) -> RecordFile:
    """Enter a file of the series. Refuses days out of order."""
    permissions.require(by, "keep", series)
    file = RecordFile(series=series)
    _say_file(file, said)
    with transaction.atomic():
        file.save()
        record(by, "record_file.created", file, agency=series.agency, series=series.pk)
    return file


def change_file(file: RecordFile, *, by: User, said: FileSaid, revision: int) -> None:
    """Correct a file, or close it. Refuses one that is proposed for disposal or disposed of."""
    permissions.require(by, "change", file)
    if file.disposal_id is not None:
        raise IllegalMove(_("Hồ sơ này đã nằm trong một đề nghị hủy nên không sửa được."))
    _say_file(file, said)
    with transaction.atomic():
        same = RecordFile.objects.filter(pk=file.pk, revision=revision, disposal=None)
        if not same.update(revision=F("revision") + 1):
            raise Stale(_("Người khác vừa sửa mục này. Tải lại trang rồi sửa tiếp."))
        file.save(update_fields=["title", "opened_on", "closed_on", "place", "due_on"])
        file.refresh_from_db()
        record(
            by, "record_file.changed", file, agency=file.series.agency,
            closed_on=str(file.closed_on or ""),
        )  # fmt: skip


def hold(file: RecordFile, *, by: User, reason: str) -> LegalHold:
    """Stop the disposal of a file until the hold is lifted.

    Refuses without a reason, a file held already, and one that is disposed of. The mark is
    set in one UPDATE, as disposal is, so of the two at once only one succeeds.
    """
    permissions.require(by, "hold", file)
    _require_reason(reason)
    with transaction.atomic():
        free = RecordFile.objects.filter(pk=file.pk, held=False, disposed_on=None)
        if not free.update(held=True):
            raise IllegalMove(_("Hồ sơ này đang được giữ hoặc đã hủy."))
        try:
            placed = LegalHold.objects.create(file=file, reason=reason, by=by, by_name=str(by))
        except IntegrityError:
            raise IllegalMove(_("Hồ sơ này đang được giữ hoặc đã hủy.")) from None
        file.refresh_from_db()
        record(by, "record_file.held", file, agency=file.series.agency, reason=reason)
    return placed


def lift(file: RecordFile, *, by: User, reason: str) -> None:
    """End the hold of a file. Refuses without a reason and when nothing holds it."""
    permissions.require(by, "lift", file)
    _require_reason(reason)
    with transaction.atomic():
        placed = LegalHold.objects.filter(file=file, lifted_at=None)
        if not placed.update(lifted_at=timezone.now(), lifted_name=str(by), lifted_reason=reason):
            raise IllegalMove(_("Hồ sơ này không bị giữ."))
        RecordFile.objects.filter(pk=file.pk).update(held=False)
        file.refresh_from_db()
        record(by, "record_file.lifted", file, agency=file.series.agency, reason=reason)


def warn_due(today: dt.date | None = None) -> int:
    """The clock's round: tell the quality office once which files' time ends within 30 days."""
    today = today or timezone.localdate()
    due = (
        RecordFile.objects.due_by(today + dt.timedelta(days=WARN_DAYS))
        .filter(disposal=None)
        .select_related("series__agency")
    )
    told = 0
    for file in due.iterator(chunk_size=200):
        agency = file.series.agency
        notify(
            permissions.holders(agency, Role.QUALITY), agency=agency,
            key=f"record_file:{file.pk}:due:{file.due_on}",
            subject=_("Hồ sơ sắp hết thời hạn lưu: %s") % file.title,
            address=file.series.get_absolute_url(),
        )  # fmt: skip
        told += 1
    return told


def _say(series: RecordSeries, said: Said) -> None:
    series.name = one_line(said.name)
    if not series.name:
        raise Unacceptable(_("Nhập tên hồ sơ."))
    for owned, sentence in (
        (said.document, _("Chọn quy trình của chính cơ quan này.")),
        (said.unit, _("Bộ phận giữ phải thuộc cơ quan này.")),
    ):
        if owned is not None and owned.agency_id != series.agency_id:
            raise Unacceptable(sentence)
    if said.until is not None and said.until <= said.since:
        raise Unacceptable(_("Ngày ngừng lập phải sau ngày bắt đầu lập."))
    series.document, series.unit = said.document, said.unit
    series.source = one_line(said.source) or (said.document.code if said.document else "")
    series.place, series.legal_basis = one_line(said.place), one_line(said.legal_basis)
    series.retention_years = said.retention_years
    series.since, series.until = said.since, said.until


def _say_file(file: RecordFile, said: FileSaid) -> None:
    if said.closed_on is not None and said.closed_on < said.opened_on:
        raise Unacceptable(_("Ngày kết thúc không thể trước ngày mở hồ sơ."))
    if said.closed_on is not None and said.closed_on > timezone.localdate():
        raise Unacceptable(_("Ngày kết thúc còn ở tương lai."))
    file.title, file.place = one_line(said.title), one_line(said.place)
    file.opened_on, file.closed_on = said.opened_on, said.closed_on
    file.due_on = file.series.due_after(said.closed_on)


def _next_revision(series: RecordSeries, revision: int) -> None:
    same = RecordSeries.objects.filter(pk=series.pk, revision=revision)
    if not same.update(revision=F("revision") + 1):
        raise Stale(_("Người khác vừa sửa mục này. Tải lại trang rồi sửa tiếp."))
    series.revision = revision + 1


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do để người khác biết vì sao."))
