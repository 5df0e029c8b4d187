"""What must be there before a draft can be submitted, or entered as issued on paper."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import SEALED
from documents.models import DocumentKind, Duty, Version
from documents.services import content as contents
from documents.services import procedure as procedures
from documents.services.amendment import earlier
from documents.services.confirmation import require_confirmed
from qms.kernel.refusals import Unacceptable
from qms.kernel.tokens import open_in

MOST_NAMED = 6


def require_complete(version: Version) -> None:
    """Refuse an unsettled code, unconfirmed facts, no text, steps that do not add up, and places
    that a template left open."""
    if not version.document.code_settled:
        raise Unacceptable(
            _("Mã hiệu %s chưa được chốt. Chốt mã hiệu trước khi trình.") % version.code
        )
    require_confirmed(version)
    if not version.sections.exists():
        raise Unacceptable(_("Tài liệu chưa có nội dung. Tải lên bản Word trước khi trình."))
    procedures.require_adding_up(version)
    require_filled(version)


def require_filled(version: Version) -> None:
    """Refuse a text, other than a guidance template's own, that still has open places."""
    if version.document.kind == DocumentKind.GUIDANCE:
        return
    said = contents.content_of(version)
    texts = [version.title, *(text for s in said.sections for text in (s.title, s.html))]
    for step in said.procedure.steps if said.procedure else ():
        texts += [step.name, step.responsible, step.result]
    left = open_in(texts)
    if left:
        raise Unacceptable(
            _("Còn chỗ chưa điền: %s. Điền hoặc xóa những chỗ này trước khi trình.")
            % ", ".join(left[:MOST_NAMED])
        )


def require_sheet(version: Version) -> None:
    """Refuse a revision of which the amendment sheet has no line of its own."""
    base = version.document.versions.filter(state__in=SEALED, pk__lt=version.pk).order_by("-pk")
    if not base:
        return
    if version.amendments.count() <= earlier(version, base[0]):
        raise Unacceptable(
            _("Bảng sửa đổi còn trống. Mở Bảng sửa đổi, xem các dòng được đề xuất rồi lưu.")
        )


def require_paper_date(version: Version) -> dt.date:
    """The date of issue on the cover. Refuses none, one to come, a cover without approver, and a
    paper from before the version in force took effect."""
    if version.issued_on is None:
        raise Unacceptable(_("Trang bìa không có ngày ban hành nên chưa ghi nhận hiệu lực được."))
    if version.issued_on > timezone.localdate():
        raise Unacceptable(_("Ngày ban hành trên trang bìa còn ở tương lai."))
    if not version.signatories.filter(duty=Duty.APPROVER).exclude(name="").exists():
        raise Unacceptable(
            _("Trang bìa không có người phê duyệt nên chưa ghi nhận hiệu lực được.")
        )
    _require_after_current(version, version.issued_on)
    return version.issued_on


def _require_after_current(version: Version, issued_on: dt.date) -> None:
    """A paper older than what is in force has been replaced already; it supersedes nothing."""
    current = version.document.versions.in_force().filter(effective_on__gt=issued_on).first()
    if current is not None and current.effective_on is not None:
        raise Unacceptable(
            _("%(number)s có hiệu lực từ %(day)s, sau ngày ban hành trên trang bìa. Xem lại ngày.")
            % {"number": current.number.capitalize(), "day": f"{current.effective_on:%d/%m/%Y}"}
        )
