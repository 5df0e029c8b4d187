"""The master list (BM.01.02): what was in force on a day, by kind; what had ended, apart."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.forms.register import MasterForm
from documents.models import DocumentKind, Section, Version, VersionQuerySet
from documents.permissions import visible_versions
from documents.registers.places import places_of
from documents.registers.sheet import Group, Sheet
from qms.agencies.models import Agency
from qms.kernel.text import code_key, fold
from qms.sheets.workbook import Value as Cell

HEAD = (
    "Cơ quan", "Mã hiệu", "Tên tài liệu", "Nhóm", "Lần ban hành", "Lần sửa đổi",
    "Ngày ban hành", "Ngày hiệu lực", "Ngày hết hiệu lực", "Đơn vị chủ trì", "Nơi phân phối",
)  # fmt: skip
WIDTHS = (8, 8, 20, 8, 6, 6, 8, 8, 8, 8, 8)
_PLACE = {kind: place for place, kind in enumerate(DocumentKind)}


def versions_of(form: MasterForm) -> VersionQuerySet:
    """The rows of a valid form, of the person's own agencies, in the order of the list.

    The province's templates have their own list.
    """
    said = form.cleaned_data
    versions = (
        visible_versions(form.by)
        .filter(document__agency__in=form.agencies)
        .exclude(document__kind=DocumentKind.GUIDANCE)
        .known_on(form.day)
    )
    if said["state"]:
        versions = versions.filter(expired=said["state"] == "expired")  # type: ignore[misc]  # annotated
    if said["unit"]:
        versions = versions.filter(document__unit=said["unit"])
    if said["kind"]:
        versions = versions.filter(document__kind=said["kind"])
    if said["clause"]:
        versions = versions.filter(_says(said["clause"].number))
    for word in fold(said["q"]).split()[:10]:
        versions = versions.filter(
            Q(document__title_folded__contains=word)
            | Q(document__code_key__contains=code_key(word))
        )
    return _ordered(versions)


def in_force_of(form: MasterForm) -> VersionQuerySet:
    """Of those, what was in force on the day: what a bundle of the documents holds."""
    return versions_of(form).filter(expired=False)  # type: ignore[misc]  # annotated


def heading_of(version: Version) -> str:
    """The group a row stands in."""
    return heading(version.document.kind, expired=version.expired)  # type: ignore[attr-defined]


def heading(kind: str, *, expired: bool) -> str:
    return _("Tài liệu đã hết hiệu lực") if expired else str(DocumentKind(kind).label)


def sheet_of(
    form: MasterForm, agency: Agency | None, versions: Iterable[Version] | None = None
) -> Sheet:
    """The whole list, or only `versions` of it."""
    rows = [*(versions_of(form) if versions is None else versions)]
    with override("vi"):
        groups = _groups(rows, places_of(rows, form.day))
    return Sheet(
        title="DANH MỤC TÀI LIỆU NỘI BỘ", form="BM.01.02", day=form.day, head=HEAD, widths=WIDTHS,
        groups=groups, agency=agency, chosen=form.chosen,
    )  # fmt: skip


def _groups(versions: Iterable[Version], places: Mapping[int, str]) -> list[Group]:
    return [
        Group(name, [_row(version, places[version.pk]) for version in rows])
        for name, rows in groupby(versions, key=heading_of)
    ]


def _row(v: Version, places: str) -> tuple[Cell, ...]:
    return (
        v.document.agency.name, v.code, v.title, v.document.get_kind_display(), v.issue_no,
        v.amendment_no, v.issued_on, v.effective_on,
        v.ended_on if v.expired else None,  # type: ignore[attr-defined]  # annotated
        str(v.document.unit or ""), places,
    )  # fmt: skip


def _says(number: str) -> Exists:
    """A section of the version is about the clause or one below it."""
    below = Q(clauses__number=number) | Q(clauses__number__startswith=f"{number}.")
    return Exists(
        Section.objects.filter(below, version=OuterRef("pk"), clauses__edition__is_default=True)
    )


def _ordered(versions: VersionQuerySet) -> VersionQuerySet:
    place = Case(
        *(When(document__kind=kind, then=Value(n)) for kind, n in _PLACE.items()),
        default=Value(len(_PLACE)), output_field=IntegerField(),
    )  # fmt: skip
    shown = (
        versions.annotate(place=place)
        .select_related("document__agency", "document__unit")
        .defer("text_folded")
    )
    by_kind = ("expired", "place", "document__agency__code", "document__code_key", "-pk")
    return shown.order_by(*by_kind)
