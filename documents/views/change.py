"""The changes of a version that a reader has looked at."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.forms.comment import MarkForm
from documents.permissions import visible_versions
from documents.services import change as changes
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest


@require_POST
def mark(request: UserRequest, pk: int) -> HttpResponse:
    """Tick or untick one change; a script gets the new tick, anybody else the page again."""
    version = get_object_or_404(visible_versions(request.user), pk=pk)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_("Thay đổi này không còn trong bản so sánh. Tải lại trang."))
    key, seen = form.cleaned_data["key"], form.cleaned_data["seen"]
    changes.mark(version, by=request.user, key=key, seen=seen)
    if request.headers.get("HX-Request"):
        context = {"version": version, "key": key, "seen": seen, "swapped": True}
        return render(request, "documents/version/_seen.html", context)
    number = request.POST.get("number", "")
    anchor = f"#change-{number}" if number.isdecimal() else ""
    return redirect(reverse("documents:version-compare", args=[version.pk]) + anchor)
