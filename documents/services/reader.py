"""Hiding a document from its agency and naming who reads it; each act with a reason kept."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import Document, DocumentKind
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.notices.services import notify, take_back
from qms.trail.services import record


@transaction.atomic
def restrict(document: Document, *, by: User, reason: str) -> None:
    """Leave a document to its named readers and those who work on it.

    What others were told about it is taken back. Refuses without a reason, a template of the
    province, and a document restricted already.
    """
    permissions.require(by, "restrict", document)
    _require_reason(reason)
    if document.kind == DocumentKind.GUIDANCE:
        raise Unacceptable(_("Mẫu của tỉnh dành cho mọi cơ quan nên không hạn chế người đọc."))
    _switch(document, to=True, said=_("Tài liệu này đã được hạn chế người đọc."))
    record(by, "document.restricted", document, agency=document.agency, reason=reason)
    _take_back_notices(document)


@transaction.atomic
def open(document: Document, *, by: User, reason: str) -> None:  # noqa: A001  # the verb
    """Give a restricted document back to everybody at its agency. Refuses without a reason."""
    permissions.require(by, "open", document)
    _require_reason(reason)
    _switch(document, to=False, said=_("Tài liệu này đang mở cho cả cơ quan."))
    record(by, "document.opened", document, agency=document.agency, reason=reason)


@transaction.atomic
def grant(document: Document, *, by: User, reader: User | Group, reason: str) -> None:
    """Name a person (or a group) who reads the document once it is published; he is told.

    Works for open documents too: that is how somebody of another agency comes to read one.
    Refuses without a reason and a reader named already.
    """
    permissions.require(by, "grant", document)
    _require_reason(reason)
    if not permissions.name_reader(document, reader):
        raise IllegalMove(_("%s đã có tên trong danh sách người đọc.") % reader)
    event = record(
        by, "document.granted", document, agency=document.agency, reason=reason,
        reader=reader.pk, reader_name=str(reader), kind=reader._meta.model_name,
    )  # fmt: skip
    people = reader.user_set.all() if isinstance(reader, Group) else [reader]
    for person in people:
        _tell(person, document, event=event.pk)


@transaction.atomic
def revoke(document: Document, *, by: User, reader: User | Group, reason: str) -> None:
    """Take a named reader off the list; the next page he asks for knows nothing of it.

    Refuses without a reason and somebody who is not on the list.
    """
    permissions.require(by, "revoke", document)
    _require_reason(reason)
    if not permissions.unname_reader(document, reader):
        raise IllegalMove(_("%s không có tên trong danh sách người đọc.") % reader)
    record(
        by, "document.revoked", document, agency=document.agency, reason=reason,
        reader=reader.pk, reader_name=str(reader), kind=reader._meta.model_name,
    )  # fmt: skip
    _take_back_notices(document)


def _switch(document: Document, *, to: bool, said: str) -> None:
    """Change the mark once; whoever presses second is told that it stands."""
    rows = Document.objects.filter(pk=document.pk, restricted=not to)
    if not rows.update(restricted=to):
        raise IllegalMove(said)
    document.restricted = to


def _tell(person: User, document: Document, *, event: int) -> None:
    """Say what he may read; of a text not yet published only that something will come."""
    fresh = User.objects.get(pk=person.pk)  # what he saw before is remembered with the object
    if permissions.visible_documents(fresh).filter(pk=document.pk).exists():
        subject = _("Bạn được nêu tên đọc tài liệu %s") % document
    else:
        subject = _("Bạn được nêu tên đọc một tài liệu sắp ban hành của %s") % document.agency
    notify(
        [person], agency=document.agency, key=f"document:{document.pk}:granted:{event}",
        subject=subject, address=document.get_absolute_url(),
    )  # fmt: skip


def _take_back_notices(document: Document) -> None:
    """For everybody who does not see the document any more, on all of its addresses."""
    addresses = [document.get_absolute_url()]
    for pk in document.versions.values_list("pk", flat=True):
        addresses += [
            reverse(f"documents:version-{page}", args=[pk])
            for page in ("detail", "history", "compare", "amend")
        ]
    take_back(
        addresses,
        unless=lambda person: (
            permissions.visible_documents(User.objects.get(pk=person.pk))
            .filter(pk=document.pk)
            .exists()
        ),
    )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do để người khác biết vì sao."))
