"""Disposing of records: proposed as a list, decided by somebody else, never past a legal hold."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import DISPOSAL_LIFECYCLE
from documents.models import Disposal, DisposalLine, RecordFile
from qms.agencies.models import Agency, Role, User
from qms.kernel.moves import move
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.kernel.text import one_line
from qms.notices.services import notify
from qms.trail.services import record


@transaction.atomic
def propose(
    agency: Agency, *, by: User, files: Collection[RecordFile], note: str = ""
) -> Disposal:
    """Put files whose time is over on a list for the head to decide; he is told.

    Refuses others than the quality office, an empty list, and a file that is not due, held,
    for ever, of another agency, or on another list.
    """
    if not by.standing.has(agency.pk, Role.QUALITY):
        raise PermissionDenied(_("Chỉ Thư ký ISO của %s đề nghị hủy hồ sơ.") % agency)
    if not files:
        raise Unacceptable(_("Chọn ít nhất một hồ sơ đã hết thời hạn lưu."))
    today = timezone.localdate()
    disposal = Disposal.objects.create(
        agency=agency, note=note, proposed_by=by, proposed_name=str(by)
    )
    wanted = [file.pk for file in files]
    # Without a join, so that PostgreSQL asks every condition again of a row it waited for.
    taken = RecordFile.objects.disposable(today).filter(pk__in=wanted).update(disposal=disposal)
    if taken != len(set(wanted)) or disposal.files.exclude(series__agency=agency).exists():
        raise Unacceptable(
            _(
                "Có hồ sơ chưa hết thời hạn, đang được giữ hoặc đã nằm trong đề nghị khác. Tải lại danh sách rồi chọn lại."
            )
        )
    DisposalLine.objects.bulk_create(
        DisposalLine(
            disposal=disposal, file=file, series_name=file.series.name, title=file.title,
            opened_on=file.opened_on, closed_on=file.closed_on, due_on=file.due_on,
        )
        for file in disposal.files.select_related("series")
        if file.closed_on is not None and file.due_on is not None  # or it was not disposable
    )  # fmt: skip
    record(by, "disposal.proposed", disposal, agency=agency, files=sorted(wanted), reason=note)
    notify(
        permissions.holders(agency, Role.APPROVER).exclude(pk=by.pk), agency=agency,
        key=f"disposal:{disposal.pk}:proposed", address=disposal.get_absolute_url(),
        subject=_("Có đề nghị hủy %d hồ sơ chờ quyết định") % taken,
    )  # fmt: skip
    return disposal


@transaction.atomic
def approve(disposal: Disposal, *, by: User, number: str, decided_on: dt.date) -> None:
    """Decide that the files of the list are disposed of; the number is Văn thư's.

    Refuses who proposed it, a day in the future or before the proposal, and a list of which a
    file has come under a legal hold since: then nothing of it is disposed of.
    """
    permissions.require(by, "approve", disposal)
    number = one_line(number)
    if not number:
        raise Unacceptable(_("Nhập số quyết định do Văn thư cấp."))
    proposed_on = timezone.localdate(disposal.proposed_at)
    if not proposed_on <= decided_on <= timezone.localdate():
        raise Unacceptable(_("Ngày quyết định phải từ ngày đề nghị đến hôm nay."))
    move(
        disposal, "approve", DISPOSAL_LIFECYCLE,
        number=number, decided_on=decided_on, decided_by=by, decided_name=str(by),
    )  # fmt: skip
    gone = disposal.files.filter(held=False, disposed_on=None).update(disposed_on=decided_on)
    if gone != disposal.lines.count():
        raise Stale(
            _(
                "Có hồ sơ trong danh sách đang được giữ. Gỡ việc giữ, hoặc không hủy rồi lập lại danh sách."
            )
        )
    record(
        by, "disposal.approved", disposal, agency=disposal.agency, number=number,
        decided_on=str(decided_on), files=gone,
    )  # fmt: skip


@transaction.atomic
def refuse(disposal: Disposal, *, by: User, reason: str) -> None:
    """Keep the files; they may be proposed again. Refuses without a reason."""
    permissions.require(by, "refuse", disposal)
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do không hủy."))
    move(
        disposal, "refuse", DISPOSAL_LIFECYCLE,
        decided_on=timezone.localdate(), decided_by=by, decided_name=str(by),
    )  # fmt: skip
    if not disposal.files.update(disposal=None):
        raise IllegalMove(_("Đề nghị này không còn hồ sơ nào."))
    record(by, "disposal.refused", disposal, agency=disposal.agency, reason=reason)
