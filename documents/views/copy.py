"""Whether a copy in somebody's hand is still in force: public pages, for whoever holds paper."""

import hashlib
import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.copy import CheckForm, CopyForm
from documents.models import Version
from documents.presenters import standing_of

CODE = re.compile(r"[0-9A-Za-z]{4}-[0-9A-Za-z]{4}")


@login_not_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the paper."""
    form = CheckForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("copies:copy-check", form.cleaned_data["code"])
    status = 422 if form.errors else 200
    return render(request, "documents/copy/find.html", {"form": form}, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What became of the version with that code; with a file, whether it is that very file.

    A draft has no copies, so its code is unknown here. The file is hashed and not kept.
    """
    known = Version.objects.sealed().for_page()
    version = known.filter(check_code=code.upper()).first() if CODE.fullmatch(code) else None
    if version is None:
        return render(request, "documents/copy/unknown.html", {"code": code[:20]}, status=404)
    form = CopyForm(request.POST or None, request.FILES or None)
    same: bool | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(settings.UPLOAD_LIMIT + 1)
        sealed = version.sealed_file
        same = sealed is not None and hashlib.sha256(data).hexdigest() == sealed.sha256
    context = {
        "version": version,
        "standing": standing_of(version),
        "form": form,
        "same": same,
    }
    status = 422 if form.errors else 200
    return render(request, "documents/copy/check.html", context, status=status)
