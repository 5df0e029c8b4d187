"""Read and acknowledge ("Đã đọc, hiểu"): by the person on the screen, or on a signed sheet."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VersionState
from documents.models import Dissemination, Reading, ReadingMethod, Version
from qms.agencies.models import User
from qms.kernel.refusals import Stale, Unacceptable
from qms.trail.services import record
from qms.vault import services as vault

# What a scanned sheet may be, known by its first bytes, whatever the file is called.
SCANS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


@transaction.atomic
def acknowledge(version: Version, *, by: User, seen: str) -> Reading:
    """Bind "Đã đọc, hiểu" of `by` to the text whose hash, `seen`, was on his page.

    Nobody does it for somebody else. Refuses who is not on the list, a version that is no
    longer in force, a text other than the one shown, and a second time.
    """
    now = _in_force(version)
    reading = Reading.objects.filter(version=version, person=by).first()
    if reading is None:
        raise PermissionDenied(
            _("Bạn không có tên trong danh sách phân phối của %s nên không cần xác nhận.")
            % version
        )
    permissions.require(by, "acknowledge", reading)
    if seen != now.content_hash:
        raise Stale(_("Nội dung trên trang không phải bản đang hiệu lực. Tải lại rồi đọc tiếp."))
    base = last_read(version, by)
    agency = version.document.agency
    open_row = Reading.objects.filter(pk=reading.pk, acknowledged_at=None)
    if not open_row.update(
        acknowledged_at=timezone.now(), method=ReadingMethod.SCREEN, content_hash=now.content_hash,
        since=base, name=str(by), position=by.standing.position_at(agency.pk),
    ):  # fmt: skip
        raise Stale(_("Bạn đã xác nhận đọc bản này rồi. Không cần làm gì thêm."))
    reading.refresh_from_db()
    record(
        by, "reading.acknowledged", reading, agency=agency, version=version.pk,
        content_hash=now.content_hash, since=base.pk if base else None,
    )  # fmt: skip
    return reading


def record_paper(
    version: Version, *, by: User, people: Sequence[User], signed_on: dt.date, data: bytes,
    name: str,
) -> int:  # fmt: skip
    """Write down who signed the printed sheet, with the scanned sheet as their proof.

    All or nobody. Refuses who is not of the quality office, a file that is no PDF, JPG or
    PNG, a day in the future or before the version was issued, nobody chosen, and people
    who are not on the list or have acknowledged already.
    """
    permissions.require(by, "record_paper", Dissemination(version=version))
    _require_day(version, signed_on)
    if not people:
        raise Unacceptable(_("Chọn những người đã ký trên phiếu."))
    scan = vault.keep(data, media_type=_media_type(data), name=name)
    with transaction.atomic():
        now = _in_force(version)
        rows = Reading.objects.filter(version=version, person__in=people, acknowledged_at=None)
        done = rows.update(
            acknowledged_at=timezone.now(), method=ReadingMethod.PAPER, content_hash=now.content_hash,
            signed_on=signed_on, recorded_by=by, scan=scan,
        )  # fmt: skip
        if done != len(set(people)):
            raise Stale(
                _("Có người vừa tự xác nhận hoặc không còn trong danh sách. Tải lại rồi chọn lại.")
            )
        record(
            by, "reading.paper_recorded", version, agency=version.document.agency,
            people=[person.pk for person in people], names=[str(person) for person in people],
            signed_on=str(signed_on), content_hash=now.content_hash, scan_sha256=scan.sha256,
        )  # fmt: skip
    return done


def last_read(version: Version, person: User) -> Version | None:
    """The version of the document before this one that the person last read himself."""
    read = (
        Reading.objects.really_read()
        .filter(person=person, version__document=version.document_id, version__pk__lt=version.pk)
        .order_by("-version__pk")
        .select_related("version__document__agency")
        .first()
    )
    return read.version if read else None


def _in_force(version: Version) -> Version:
    """The version's row, locked, so that it is not superseded while somebody acknowledges it."""
    now = Version.objects.select_for_update().get(pk=version.pk)
    if now.state == VersionState.IN_FORCE:
        return now
    later = version.document.versions.in_force().first()
    if later is not None:
        raise Stale(
            _("Bản này đã được thay bằng %s. Mở bản đang hiệu lực để đọc và xác nhận.")
            % later.number
        )
    raise Stale(_("Bản này không có hiệu lực nên không cần xác nhận đọc."))


def _require_day(version: Version, signed_on: dt.date) -> None:
    today = timezone.localdate()
    if signed_on > today:
        raise Unacceptable(_("Ngày ký không thể sau hôm nay (%s).") % today.strftime("%d/%m/%Y"))
    if version.issued_on is not None and signed_on < version.issued_on:
        raise Unacceptable(
            _("Ngày ký không thể trước ngày ban hành (%s).")
            % version.issued_on.strftime("%d/%m/%Y")
        )


def _media_type(data: bytes) -> str:
    for start, media_type in SCANS.items():
        if data.startswith(start):
            return media_type
    raise Unacceptable(
        _("Tệp không phải PDF, JPG hay PNG. Quét phiếu thành một trong các dạng đó.")
    )
