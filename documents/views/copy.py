"""Whether a copy in somebody's hand is still in force: public pages, for whoever holds paper."""

import hashlib
import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.copy import CheckForm, CopyForm
from documents.models import IssuedCopy, Version
from documents.presenters import standing_of
from documents.services.copy import known

CODE = re.compile(r"[0-9A-Za-z]{4}-[0-9A-Za-z]{4}")
SHA256 = re.compile(r"[0-9a-f]{64}")


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
    """What became of the version with that code; with a file, whether it is one of ours.

    A draft has no copies, so its code is unknown here. The file is hashed and not kept; a
    browser that can hash by itself sends the hash alone, as `?sha256=`.
    """
    with_code = Version.objects.sealed().for_page()
    version = with_code.filter(check_code=code.upper()).first() if CODE.fullmatch(code) else None
    if version is None:
        return render(request, "documents/copy/unknown.html", {"code": code[:20]}, status=404)
    form = CopyForm(request.POST or None, request.FILES or None)
    sha256 = request.GET.get("sha256", "")
    if request.method == "POST":
        sha256 = _hash_of(form) if form.is_valid() else ""
    context = {
        "version": version,
        "standing": standing_of(version),
        "form": form,
        **(_verdict(version, sha256) if SHA256.fullmatch(sha256) else {}),
    }
    status = 422 if form.errors else 200
    return render(request, "documents/copy/check.html", context, status=status)


def _hash_of(form: CopyForm) -> str:
    data = form.cleaned_data["file"].read(settings.UPLOAD_LIMIT + 1)
    return hashlib.sha256(data).hexdigest()


def _verdict(version: Version, sha256: str) -> dict[str, str | IssuedCopy | None]:
    """The original itself, a copy that was issued of it (when, not to whom), or neither."""
    if version.sealed_file is not None and version.sealed_file.sha256 == sha256:
        return {"verdict": "original"}
    issued = known(version, sha256)
    return {"verdict": "copy" if issued else "other", "issued": issued}
