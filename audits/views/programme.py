"""Pages about the year's programme."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.forms import ProgrammeForm
from audits.permissions import (
    ORGANISING,
    require_organiser_anywhere,
    verbs_for,
    visible_programmes,
)
from audits.services import programme as services
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    page = page_of(visible_programmes(request.user).for_list(), request)
    may_create = request.user.standing.is_anywhere(*ORGANISING)
    context = {"page": page, "may_create": may_create}
    return render(request, "audits/programme/list.html", context)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(visible_programmes(request.user).for_list(), pk=pk)
    lines = programme.lines.select_related("unit").prefetch_related("clauses")
    units: dict[str, dict[int, object]] = {}
    for line in lines:
        units.setdefault(line.unit.name, {})[line.month] = line
    context = {
        "programme": programme,
        "months": range(1, 13),
        "matrix": [(unit, [cells.get(m) for m in range(1, 13)]) for unit, cells in units.items()],
        "uncovered": services.uncovered(programme),
        "audits": programme.audits.for_list(),
        "verbs": verbs_for(request.user, "programme", programme),
    }
    return render(request, "audits/programme/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    require_organiser_anywhere(request.user)
    agencies = request.user.standing.agencies_with(*ORGANISING)
    form = ProgrammeForm(
        request.POST or None, agencies=agencies, wanted=request.GET.get("agency", "")
    )
    if request.method == "POST" and form.is_valid():
        try:
            programme = services.create(
                form.cleaned_data["agency"], by=request.user, year=form.cleaned_data["year"],
                lines=form.lines(), **form.said(),
            )  # fmt: skip
        except Unacceptable as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(request, _("Đã lập %s.") % programme)
            return redirect(programme)
    status = 422 if form.errors else 200
    return render(request, "audits/programme/create.html", {"form": form}, status=status)


@require_POST
def approve(request: UserRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(visible_programmes(request.user), pk=pk)
    services.approve(programme, by=request.user)
    messages.success(request, _("Đã phê duyệt %s.") % programme)
    return redirect(programme)
