"""The page that takes Word files in, and the page that says what became of each."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.intake import IntakeForm
from documents.permissions import require_writer_anywhere
from documents.services import intake
from qms.web.http import UserRequest

REPORT = "intake_report"


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    require_writer_anywhere(request.user)
    form = IntakeForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        request.session[REPORT] = _take_in(request, **form.cleaned_data)
        return redirect("documents:intake-report")
    status = 422 if form.errors else 200
    return render(request, "documents/intake/create.html", {"form": form}, status=status)


@require_safe
def report(request: UserRequest) -> HttpResponse:
    rows = request.session.get(REPORT)
    if not rows:
        return redirect("documents:intake-create")
    return render(request, "documents/intake/report.html", {"rows": rows})


def _take_in(
    request: UserRequest, *, agency: Any, documents: list[Any], register: bool
) -> list[dict[str, object]]:
    rows = []
    for file in documents:
        row = intake.create(
            agency,
            by=request.user,
            data=file.read(settings.UPLOAD_LIMIT + 1),
            name=file.name,
            register=register,
        )
        rows.append(row.as_report() | {"version": row.version})
    return rows
