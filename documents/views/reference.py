"""The tab "Liên quan": what a version names, and where its document is named."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from documents.permissions import visible_versions
from documents.presenters import VersionPage
from documents.related import Related
from qms.web.http import UserRequest


@require_safe
def list(request: UserRequest, pk: int) -> HttpResponse:  # noqa: A001  # the verb is the address
    version = get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
    context = {
        "version": version,
        "p": VersionPage.of(version, by=request.user, tab="related"),
        "related": Related.of(version, by=request.user),
    }
    return render(request, "documents/reference/list.html", context)
