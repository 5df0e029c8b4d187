"""What is said of a document itself, whatever its versions say."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import PROCEDURES, Document, DocumentKind
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.trail.services import record


@transaction.atomic
def attach(document: Document, *, by: User, parent: Document | None) -> None:
    """Say to which procedure a form belongs, or that it belongs to none; its code stays.

    Refuses people who do not write for the agency, what is no form, a procedure of another
    agency or none, and the procedure that it has already.
    """
    permissions.require_writer(by, document.agency)
    if document.kind != DocumentKind.FORM:
        raise IllegalMove(_("Chỉ biểu mẫu thuộc một quy trình."))
    if parent is not None and (
        parent.agency_id != document.agency_id or parent.kind not in PROCEDURES
    ):
        raise Unacceptable(_("Chọn một quy trình của cơ quan cho biểu mẫu."))
    before = document.parent
    if before == parent:
        raise Unacceptable(_("Biểu mẫu đang thuộc đúng quy trình này. Chưa có gì thay đổi."))
    document.parent = parent
    document.save(update_fields=["parent"])
    record(
        by, "document.attached", document, agency=document.agency,
        before=str(before or ""), after=str(parent or ""),
    )  # fmt: skip
