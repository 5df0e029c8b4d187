"""One file of a series: enter it, correct or close it, hold it, lift the hold."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.forms import ReasonForm
from documents.forms.record import ChangeFileForm, FileForm
from documents.models import RecordFile
from documents.permissions import may, require, visible_record_files
from documents.services import record as services
from documents.views.record import page_of_series, visible_series
from qms.kernel.refusals import Unacceptable
from qms.trail.models import Event
from qms.web.http import UserRequest

WORDS = ("title", "opened_on", "closed_on", "place", "revision")


@require_POST
def create(request: UserRequest, pk: int) -> HttpResponse:
    series = visible_series(request, pk)
    require(request.user, "keep", series)
    form = FileForm(request.POST, auto_id="file_%s")
    if form.is_valid():
        try:
            made = services.open_file(series, by=request.user, said=form.said)
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm hồ sơ %s.") % made)
            return redirect(series)
    return page_of_series(request, series, form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest, pk: int) -> HttpResponse:
    """The file's own page: its facts to correct, its holds, what happened."""
    file = _visible(request, pk)
    form = ChangeFileForm(
        request.POST or None, initial={name: getattr(file, name) for name in WORDS}
    )
    if request.method == "POST":
        require(request.user, "change", file)
        if form.is_valid():
            try:
                services.change_file(
                    file, by=request.user, said=form.said, revision=form.cleaned_data["revision"]
                )
            except Unacceptable as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Đã ghi %s.") % file)
                return redirect(file.series)
    events = Event.objects.filter(subject_type="documents.recordfile", subject_id=file.pk)
    context = {
        "file": file, "form": form, "holds": [*file.holds.all()],
        "verbs": [v for v in ("change", "hold", "lift") if may(request.user, v, file)],
        "reason_form": ReasonForm(auto_id="hold_%s"), "events": [*events.order_by("-pk")[:20]],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "documents/record_file/change.html", context, status=status)


@require_POST
def hold(request: UserRequest, pk: int) -> HttpResponse:
    file = _visible(request, pk)
    require(request.user, "hold", file)
    services.hold(file, by=request.user, reason=_reason(request))
    messages.success(request, _("Đã giữ %s, không hủy cho đến khi gỡ.") % file)
    return redirect("documents:record-file-change", pk)


@require_POST
def lift(request: UserRequest, pk: int) -> HttpResponse:
    file = _visible(request, pk)
    require(request.user, "lift", file)
    services.lift(file, by=request.user, reason=_reason(request))
    messages.success(request, _("Đã gỡ việc giữ %s.") % file)
    return redirect("documents:record-file-change", pk)


def _visible(request: UserRequest, pk: int) -> RecordFile:
    seen = visible_record_files(request.user).select_related("series__agency", "disposal")
    return get_object_or_404(seen, pk=pk)


def _reason(request: UserRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""
