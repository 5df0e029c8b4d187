"""The master list (Danh mục tài liệu): what was in force on a day, on the page and as a file."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.forms.register import RegisterForm
from documents.models import DocumentKind, VersionQuerySet
from documents.permissions import visible_versions
from qms.agencies.models import User
from qms.sheets.workbook import XLSX, Value, workbook
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of

HEAD = (
    "TT", "Cơ quan", "Mã hiệu", "Tên tài liệu", "Loại", "Lần ban hành", "Lần sửa đổi",
    "Ngày ban hành", "Ngày hiệu lực", "Đơn vị chủ trì",
)  # fmt: skip


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    form, day = _day(request)
    context: dict[str, Any] = {"form": form, "day": day}
    if day is not None:
        context["page"] = page_of(_in_force(request.user, day), request, size=50)
    status = 422 if form.errors else 200
    return render(request, "documents/register/list.html", context, status=status)


@require_safe
def xlsx(request: UserRequest) -> HttpResponse:
    """The whole list, not the page; in Vietnamese, since it is a record."""
    form, day = _day(request)
    if day is None:
        return render(request, "documents/register/list.html", {"form": form}, status=422)
    above = ["DANH MỤC TÀI LIỆU", f"Có hiệu lực ngày {day:%d/%m/%Y}"]
    data = workbook("Danh mục tài liệu", above, HEAD, _rows(_in_force(request.user, day)))
    return attachment(data, media_type=XLSX, name=f"Danh mục tài liệu {day:%Y-%m-%d}.xlsx")


def _day(request: UserRequest) -> tuple[RegisterForm, dt.date | None]:
    """The day asked for; today when none is, nothing when it is no day."""
    today = timezone.localdate()
    form = RegisterForm(request.GET if "on" in request.GET else None, initial={"on": today})
    if not form.is_bound:
        return form, today
    return form, form.cleaned_data["on"] if form.is_valid() else None


def _in_force(user: User, day: dt.date) -> VersionQuerySet:
    """Of the person's own agencies; the province's templates have their own list."""
    return (
        visible_versions(user)
        .filter(document__agency__in=user.standing.agencies)
        .exclude(document__kind=DocumentKind.GUIDANCE)
        .in_force_on(day)
        .select_related("document__agency", "document__unit")
        .defer("text_folded")
        .order_by("document__agency__code", "document__code_key", "pk")
    )


def _rows(versions: VersionQuerySet) -> Iterator[tuple[Value, ...]]:
    for number, v in enumerate(versions, 1):
        yield (
            number, v.document.agency.name, v.code, v.title, v.document.get_kind_display(),
            v.issue_no, v.amendment_no, v.issued_on, v.effective_on,
            str(v.document.unit or ""),
        )  # fmt: skip
