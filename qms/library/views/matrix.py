"""The adoption matrix of the province: on the page, as Excel, and a reminder to those behind."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from qms.agencies.models import Agency
from qms.kernel.dates import add_months
from qms.library.forms import MatrixForm
from qms.library.matrix import STATES, Matrix, Row, matrix_of
from qms.library.models import Adoption, Template
from qms.library.permissions import require_overseer
from qms.library.services import reminder as reminders
from qms.sheets.workbook import XLSX, Value, workbook
from qms.web.charts import grouped_bars
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of

MONTHS = 6


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    """Agencies by templates, narrowed as asked; the figures above are of all of them."""
    require_overseer(request.user)
    form = MatrixForm(request.GET)
    if not form.is_valid():
        return render(request, "library/matrix/list.html", {"form": form}, status=422)
    matrix = _matrix(form)
    rows = [row for row in matrix.rows if _has(row, form.cleaned_data["state"])]
    counts = matrix.counts
    context: dict[str, Any] = {
        "form": form,
        "matrix": matrix,
        "page": page_of(rows, request, size=50),
        "legend": [(word, *STATES[word], counts[word]) for word in STATES],
        "chart": _spread(matrix.templates, matrix.day),
        "hindrances": matrix.hindrances,
    }
    return render(request, "library/matrix/list.html", context)


@require_safe
def xlsx(request: UserRequest) -> HttpResponse:
    """The whole matrix in words; in Vietnamese, since it is a record."""
    require_overseer(request.user)
    form = MatrixForm(request.GET)
    if not form.is_valid():
        return render(request, "library/matrix/list.html", {"form": form}, status=422)
    matrix = _matrix(form)
    with override("vi"):
        head = ["TT", "Cơ quan", "Mức áp dụng", "%", *(t.document.code for t in matrix.templates)]
        rows = [
            _line(n, row)
            for n, row in enumerate(matrix.rows, 1)
            if _has(row, form.cleaned_data["state"])
        ]
    above = ["TÌNH HÌNH ÁP DỤNG MẪU CỦA TỈNH", f"Ngày {matrix.day:%d/%m/%Y}"]
    data = workbook("Tình hình áp dụng", above, head, rows)
    return attachment(data, media_type=XLSX, name=f"Tình hình áp dụng {matrix.day:%Y-%m-%d}.xlsx")


@require_POST
def remind(request: UserRequest) -> HttpResponse:
    """Tell the quality offices of the agencies that are behind, once a day."""
    require_overseer(request.user)
    form = MatrixForm(request.POST)
    number = reminders.remind(_matrix(form) if form.is_valid() else None, by=request.user)
    messages.success(request, _("Đã nhắc %d cơ quan.") % number)
    return redirect("library:matrix-list")


def _matrix(form: MatrixForm) -> Matrix:
    said, day = form.cleaned_data, timezone.localdate()
    templates = Template.objects.published().select_related("document").distinct()
    if not said["forms"]:
        templates = templates.whole().filter(paper="")
    if said["set"]:
        templates = templates.filter(sets=said["set"])
    if said["target_kind"]:
        templates = templates.filter(target_kind=said["target_kind"])
    agencies = Agency.objects.standing_on(day)
    if said["agency_kind"]:
        agencies = agencies.filter(kind=said["agency_kind"])
    return matrix_of([*templates.order_by("document__code_key")], [*agencies], day)


def _line(number: int, row: Row) -> tuple[Value, ...]:
    share = (f"{row.done}/{row.wanted}", row.percent)
    return (number, row.agency.name, *share, *(cell.words for cell in row.cells))


def _has(row: Row, state: str) -> bool:
    return not state or any(cell.state == state for cell in row.cells)


def _spread(templates: Sequence[Template], day: dt.date) -> Any:
    """How many adoptions each of the last months brought."""
    first = add_months(day.replace(day=1), 1 - MONTHS)
    rows = Adoption.objects.filter(
        template__in=[t.pk for t in templates], adopted_at__date__gte=first
    )
    counted = dict(
        rows.annotate(month=TruncMonth("adopted_at"))
        .order_by().values_list("month").annotate(n=Count("pk"))
    )  # fmt: skip
    by_month = {(m.year, m.month): n for m, n in counted.items()}
    months = [add_months(first, n) for n in range(MONTHS)]
    numbers = [by_month.get((m.year, m.month), 0) for m in months]
    labels = [f"{m.month}/{m:%y}" for m in months]
    return grouped_bars(_("Lượt áp dụng theo tháng"), labels, [(_("Lượt áp dụng"), numbers)])
