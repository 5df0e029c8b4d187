"""The list of records (BM.01.04) on a day."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import override

from documents.forms.register import RecordsForm
from documents.models import RecordSeries, RecordSeriesQuerySet
from documents.permissions import visible_documents, visible_record_series
from documents.registers.sheet import Group, Sheet
from qms.agencies.models import Agency, User
from qms.kernel.text import fold
from qms.sheets.workbook import Value as Cell

HEAD = (
    "Tên hồ sơ", "Thuộc quy trình", "Bộ phận lưu", "Nơi lưu", "Thời gian lưu",
    "Căn cứ thời hạn lưu", "Số hồ sơ đang lưu",
)  # fmt: skip
WIDTHS = (26, 11, 13, 14, 8, 18, 6)


def series_of(form: RecordsForm) -> RecordSeriesQuerySet:
    """The rows of a valid form. `source_seen` says whether the procedure may be named."""
    said = form.cleaned_data
    rows = visible_record_series(form.by).filter(agency__in=form.agencies).kept_on(form.day)
    if said["unit"]:
        rows = rows.filter(unit=said["unit"])
    if said["keep"]:
        rows = rows.filter(retention_years__isnull=said["keep"] == "ever")
    for word in fold(said["q"]).split()[:10]:
        rows = rows.filter(name_folded__contains=word)
    counted = with_source(rows, form.by).annotate(kept=_kept(form))
    return counted.order_by("agency__code", "name_folded", "pk")  # an aggregate drops Meta's


def with_source(rows: RecordSeriesQuerySet, user: User) -> RecordSeriesQuerySet:
    """With `source_seen`: no code and no name of a procedure that the reader does not see."""
    seen = visible_documents(user).filter(pk=OuterRef("document"))
    return rows.select_related("agency", "unit", "document").annotate(
        source_seen=Q(document=None) | Exists(seen)
    )


def sheet_of(form: RecordsForm, agency: Agency | None) -> Sheet:
    with override("vi"):
        groups = _groups(series_of(form).iterator(chunk_size=500))
    return Sheet(
        title="DANH MỤC HỒ SƠ", form="BM.01.04", day=form.day, head=HEAD, widths=WIDTHS,
        groups=groups, agency=agency, chosen=form.chosen,
    )  # fmt: skip


def _kept(form: RecordsForm) -> Count:
    """Files opened by the day and not disposed of by it."""
    there = Q(files__opened_on__lte=form.day) & (
        Q(files__disposed_on=None) | Q(files__disposed_on__gt=form.day)
    )
    return Count("files", filter=there)


def _groups(rows: Iterable[RecordSeries]) -> list[Group]:
    return [
        Group(agency.name, [_row(one) for one in ones])
        for agency, ones in groupby(rows, lambda row: row.agency)
    ]


def _row(one: RecordSeries) -> tuple[Cell, ...]:
    return (
        one.name, one.source if one.source_seen else "", str(one.unit or ""), one.place,  # type: ignore[attr-defined]  # annotated
        one.retention, one.legal_basis, one.kept,  # type: ignore[attr-defined]  # annotated
    )  # fmt: skip
