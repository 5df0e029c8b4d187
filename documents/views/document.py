"""Pages about documents: the list, one document, and starting a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.filters import DocumentFilter
from documents.forms.document import CreateForm
from documents.permissions import (
    WRITING,
    follows_anywhere,
    require_writer_anywhere,
    visible_documents,
    visible_versions,
)
from documents.services import draft
from qms.agencies.models import Role
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    chosen = DocumentFilter.of(request)
    documents = chosen.apply(visible_documents(request.user))
    context = {
        "filter": chosen,
        "page": page_of(documents.for_list(chosen.seen), request),
        "may_write": request.user.standing.is_anywhere(*WRITING),
        "follows": follows_anywhere(request.user),
        "is_quality": request.user.standing.is_anywhere(Role.QUALITY),
    }
    return render(request, "documents/document/list.html", context)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The address of a document leads to the version in force, else to the newest one seen."""
    document = get_object_or_404(visible_documents(request.user), pk=pk)
    versions = visible_versions(request.user).filter(document=document)
    shown = versions.in_force().first() or versions.current().first() or versions[0]
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    require_writer_anywhere(request.user)
    form = CreateForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            version = draft.create(
                form.cleaned_data.pop("agency"), by=request.user, **form.cleaned_data
            )
        except Unacceptable as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(
                request, _("Đã tạo bản nháp. Tải Word về, viết nội dung rồi tải lên.")
            )
            return redirect(version)
    status = 422 if form.errors else 200
    return render(request, "documents/document/create.html", {"form": form}, status=status)
