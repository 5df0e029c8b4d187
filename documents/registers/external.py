"""The list of documents of others (BM.01.03) on a day."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q
from django.utils.translation import override

from documents.forms.register import ExternalForm
from documents.models import ExternalDocument, ExternalDocumentQuerySet
from documents.permissions import visible_external_documents
from documents.registers.sheet import Group, Sheet
from qms.agencies.models import Agency
from qms.kernel.text import code_key, fold
from qms.sheets.workbook import Value as Cell

HEAD = (
    "Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Ngày ban hành", "Có hiệu lực từ",
    "Hết hiệu lực từ", "Tình trạng", "Văn bản thay thế", "Bộ phận giữ",
)  # fmt: skip
WIDTHS = (12, 25, 12, 8, 8, 8, 8, 9, 6)


def externals_of(form: ExternalForm) -> ExternalDocumentQuerySet:
    """The rows of a valid form; what was entered, with its state on the day."""
    said = form.cleaned_data
    rows = visible_external_documents(form.by).filter(agency__in=form.agencies)
    rows = rows.filter(Q(issued_on=None) | Q(issued_on__lte=form.day))
    if said["state"]:
        rows = rows.on(form.day, said["state"])
    if said["group"]:
        rows = rows.filter(group=said["group"])
    if said["unit"]:
        rows = rows.filter(unit=said["unit"])
    for word in fold(said["q"]).split()[:10]:
        rows = rows.filter(Q(title_folded__contains=word) | Q(number_key__contains=code_key(word)))
    return rows.for_list()


def sheet_of(form: ExternalForm, agency: Agency | None) -> Sheet:
    with override("vi"):
        groups = _groups(externals_of(form).iterator(chunk_size=500), form)
    return Sheet(
        title="DANH MỤC TÀI LIỆU BÊN NGOÀI", form="BM.01.03", day=form.day, head=HEAD,
        widths=WIDTHS, groups=groups, agency=agency, chosen=form.chosen,
    )  # fmt: skip


def _groups(rows: Iterable[ExternalDocument], form: ExternalForm) -> list[Group]:
    """By agency when there are several, and by the agency's own grouping."""
    several = len(form.agencies) > 1

    def heading(row: ExternalDocument) -> str:
        group = str(row.get_group_display())
        return f"{row.agency.name}: {group}" if several else group

    return [
        Group(name, [_row(one, form) for one in ones]) for name, ones in groupby(rows, heading)
    ]


def _row(one: ExternalDocument, form: ExternalForm) -> tuple[Cell, ...]:
    return (
        one.number, one.title, one.issuer, one.issued_on, one.valid_from, one.valid_to,
        str(one.state_on(form.day).label), one.replaced_by.number if one.replaced_by else "",
        str(one.unit or ""),
    )  # fmt: skip
