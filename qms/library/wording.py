"""What a guidance text may leave open, asked whenever somebody saves one."""

from django.utils.translation import gettext as _

from documents.models import Document
from qms.kernel.refusals import Unacceptable
from qms.library import fields, passages
from qms.library.models import Slot, Template


def require_known(document: Document, texts: list[str]) -> None:
    """Refuse fields, slots, references and passages that do not exist or do not fit together."""
    for fault in faults_of(document, texts):
        raise Unacceptable(fault)


def faults_of(document: Document, texts: list[str]) -> list[str]:
    """In whole sentences, what of these texts nobody could fill."""
    found = []
    wrong = fields.unknown(texts)
    if wrong:
        found.append(_("Trường không có trong danh mục: %s.") % ", ".join(wrong))
    slots = fields.slots_in(texts)
    missing = sorted(slots - set(_names(slots)))
    if missing:
        found.append(
            _("Ô cần điền chưa khai báo: %s. Khai báo ô trong thư viện trước.")
            % ", ".join(missing)
        )
    codes = fields.references_in(texts)
    nowhere = sorted(codes - set(_codes(document, codes)))
    if nowhere:
        found.append(_("Thư viện không có mẫu: %s.") % ", ".join(nowhere))
    return found + passages.faults(texts)


def _names(slots: set[str]) -> list[str]:
    return (
        list(Slot.objects.filter(name__in=slots).values_list("name", flat=True)) if slots else []
    )


def _codes(document: Document, codes: set[str]) -> list[str]:
    if not codes:
        return []
    found = Template.objects.filter(document__agency=document.agency_id, document__code__in=codes)
    return list(found.values_list("document__code", flat=True))
