"""Pages of the list of records (Danh mục hồ sơ) and of one series."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.record import WORDS, ChangeForm, CreateForm, FileForm
from documents.forms.register import RecordsForm
from documents.models import RecordSeries, RegisterName
from documents.permissions import (
    WRITING,
    may,
    require,
    require_writer_anywhere,
    visible_record_files,
    visible_record_series,
)
from documents.registers import records as register
from documents.registers.proposals import proposals_for
from documents.services import record as services
from documents.views.register import agency_of, as_pdf, as_xlsx, refused, register_context
from qms.kernel.refusals import Unacceptable
from qms.trail.models import Event
from qms.web.http import UserRequest
from qms.web.listing import page_of

PAGE = "documents/record/list.html"


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    form = RecordsForm(request.GET, by=request.user)
    context = register_context(request, form, RegisterName.RECORDS)
    context["may_write"] = request.user.standing.is_anywhere(*WRITING)
    if form.is_valid():
        context["page"] = page_of(register.series_of(form), request, size=50)
    return render(request, PAGE, context, status=422 if form.errors else 200)


@require_safe
def xlsx(request: UserRequest) -> HttpResponse:
    return _file(request, as_xlsx)


@require_safe
def pdf(request: UserRequest) -> HttpResponse:
    return _file(request, as_pdf)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return page_of_series(request, visible_series(request, pk))


@require_safe
def take_over(request: UserRequest) -> HttpResponse:
    """What the procedures in force say is kept, and the lists do not name yet."""
    require_writer_anywhere(request.user)
    context = {"proposals": proposals_for(request.user)}
    return render(request, "documents/record/take_over.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    """Begins with what the address says, as `take_over` links to it."""
    require_writer_anywhere(request.user)
    initial = {name: request.GET[name] for name in (*WORDS, "agency") if name in request.GET}
    form = CreateForm(request.POST or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create(form.cleaned_data["agency"], by=request.user, said=form.said)
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm vào danh mục hồ sơ: %s.") % made)
            return redirect(made)
    status = 422 if form.errors else 200
    return render(request, "documents/record/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest, pk: int) -> HttpResponse:
    series = visible_series(request, pk)
    require(request.user, "change", series)
    form = ChangeForm(
        request.POST or None, reader=request.user, agencies=[series.agency_id],
        initial={name: getattr(series, name) for name in (*WORDS, "revision")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.change(
                series, by=request.user, said=form.said, revision=form.cleaned_data["revision"]
            )
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi %s.") % series)
            return redirect(series)
    context = {"form": form, "series": series}
    status = 422 if form.errors else 200
    return render(request, "documents/record/change.html", context, status=status)


def visible_series(request: UserRequest, pk: int) -> RecordSeries:
    seen = register.with_source(visible_record_series(request.user), request.user)
    return get_object_or_404(seen, pk=pk)


def page_of_series(
    request: UserRequest, series: RecordSeries, form: forms.Form | None = None
) -> HttpResponse:
    """One series with its files, for those who keep them."""
    files = visible_record_files(request.user).filter(series=series)
    events = Event.objects.filter(subject_type="documents.recordseries", subject_id=series.pk)
    context = {
        "series": series,
        "page": page_of(files.select_related("disposal"), request, size=50),
        "may_keep": may(request.user, "keep", series),
        "form": form or FileForm(auto_id="file_%s"),
        "events": [*events.order_by("-pk")[:10]],
    }
    status = 422 if form else 200
    return render(request, "documents/record/detail.html", context, status=status)


def _file(request: UserRequest, made: Callable[[Any], HttpResponse]) -> HttpResponse:
    form = RecordsForm(request.GET, by=request.user)
    if not form.is_valid():
        return refused(request, form, RegisterName.RECORDS, PAGE)
    return made(register.sheet_of(form, agency_of(form)))
