"""What must be there before a draft can be submitted, or entered as issued on paper."""

from django.utils.translation import gettext as _

from documents.lifecycles import SEALED
from documents.models import Version
from documents.services import procedure as procedures
from documents.services.amendment import earlier
from documents.services.confirmation import require_confirmed
from qms.kernel.refusals import Unacceptable


def require_complete(version: Version) -> None:
    """Refuse an unsettled code, unconfirmed facts, no text, and steps that do not add up."""
    if not version.document.code_settled:
        raise Unacceptable(
            _("Mã hiệu %s chưa được chốt. Chốt mã hiệu trước khi trình.") % version.code
        )
    require_confirmed(version)
    if not version.sections.exists():
        raise Unacceptable(_("Tài liệu chưa có nội dung. Tải lên bản Word trước khi trình."))
    procedures.require_adding_up(version)


def require_sheet(version: Version) -> None:
    """Refuse a revision of which the amendment sheet has no line of its own."""
    base = version.document.versions.filter(state__in=SEALED, pk__lt=version.pk).order_by("-pk")
    if not base:
        return
    if version.amendments.count() <= earlier(version, base[0]):
        raise Unacceptable(
            _("Bảng sửa đổi còn trống. Mở Bảng sửa đổi, xem các dòng được đề xuất rồi lưu.")
        )
