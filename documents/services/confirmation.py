"""What was read from a file without being sure of it, and how a person settles it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VersionState
from documents.models import Document, Doubt, Version
from documents.services.draft import taken_sentence
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.kernel.text import code_key, one_line
from qms.trail.services import record
from qms.word.doubts import sentence
from qms.word.reading import Reading


def doubt(version: Version, reading: Reading) -> list[str]:
    """Write down, for a draft just read, what of it must be confirmed; the sentences."""
    unsure = dict(reading.unsure)
    if reading.issued_on and reading.issued_on > timezone.localdate():
        unsure["issued_on"] = "future"
    for field, kept in (("title", version.title), ("code", version.code)):
        if len(one_line(getattr(reading, field))) > len(kept):
            unsure[field] = "cut"
    rows = [
        Doubt(version=version, field=field, how=how, read=_read(reading, field))
        for field, how in unsure.items()
    ]
    Doubt.objects.bulk_create(rows)
    return [sentence(row.field, row.how) for row in rows]


def sentences_of(version: Version) -> list[str]:
    """What a person must still confirm of `version`, each with its reason."""
    return [sentence(one.field, one.how) for one in version.doubts.open()]


def require_confirmed(version: Version) -> None:
    """Refuse to go on with a version of which something was read and never confirmed."""
    said = sentences_of(version)
    if said:
        raise Unacceptable(" ".join(said))


@transaction.atomic
def confirm(
    version: Version,
    *,
    by: User,
    code: str,
    title: str,
    issue_no: int,
    amendment_no: int = 0,
    issued_on: dt.date | None = None,
) -> None:
    """Settle what was read from a file: as it was read, or corrected.

    Refuses when nothing waits for it, when somebody was quicker, an empty code or title, a
    code already taken, an issue number below 1 and a day that has not come.
    """
    permissions.require(by, "confirm", version)
    if version.state != VersionState.DRAFT:
        raise IllegalMove(_("Chỉ xác nhận được khi tài liệu còn là bản nháp."))
    code, title = one_line(code), one_line(title)
    _require_usable(code, title, issue_no, issued_on)
    open_fields = list(version.doubts.open().values_list("field", flat=True))
    if not open_fields:
        raise IllegalMove(_("Không còn thông tin nào chờ xác nhận."))
    told = version.doubts.open().update(confirmed_at=timezone.now(), confirmed_by=by)
    if told != len(open_fields):
        raise Stale(_("Người khác vừa xác nhận các thông tin này. Tải lại trang để xem."))
    before = _said(version)
    version.code, version.title, version.issued_on = code, title, issued_on
    version.issue_no, version.amendment_no = issue_no, amendment_no
    _save(version.document, version)
    record(
        by, "version.confirmed", version, agency=version.document.agency,
        fields=open_fields, before=before, after=_said(version),
    )  # fmt: skip


def _require_usable(code: str, title: str, issue_no: int, issued_on: dt.date | None) -> None:
    if not code_key(code):
        raise Unacceptable(_("Nhập mã hiệu của tài liệu."))
    if not title:
        raise Unacceptable(_("Nhập tên tài liệu"))
    if issue_no < 1:
        raise Unacceptable(_("Lần ban hành bắt đầu từ 1."))
    if issued_on and issued_on > timezone.localdate():
        raise Unacceptable(_("Ngày ban hành không được ở tương lai."))


def _save(document: Document, version: Version) -> None:
    document.code, document.title, document.code_settled = version.code, version.title, True
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        raise Unacceptable(taken_sentence(document.agency, version.code)) from None
    try:
        with transaction.atomic():
            version.save(update_fields=["code", "title", "issue_no", "amendment_no", "issued_on"])
    except IntegrityError:
        raise Unacceptable(_("Tài liệu đã có một bản mang số này. Kiểm tra lại.")) from None


def _said(version: Version) -> dict[str, object]:
    return {
        "code": version.code, "title": version.title, "issue_no": version.issue_no,
        "amendment_no": version.amendment_no,
        "issued_on": version.issued_on.isoformat() if version.issued_on else None,
    }  # fmt: skip


def _read(reading: Reading, field: str) -> str:
    value = getattr(reading, field)
    return "" if value is None else str(value)[:500]
