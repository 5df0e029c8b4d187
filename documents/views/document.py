"""Pages about documents: the list, one document, and starting a new one."""

import contextlib
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.filters import DocumentFilter
from documents.forms import AUTHORED_KINDS
from documents.forms.document import AttachForm, CreateForm
from documents.models import DocumentKind
from documents.permissions import (
    WRITING,
    follows_anywhere,
    require_writer,
    require_writer_anywhere,
    visible_documents,
    visible_versions,
)
from documents.services import coding, draft
from documents.services import document as services
from qms.agencies.models import Agency, Role
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
        "sees_reviews": request.user.standing.is_anywhere(Role.QUALITY),
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


@require_safe
def resolve(request: UserRequest, code: str) -> HttpResponse:
    """A code, as it is or once was, leads to its document; several lead to the list."""
    found = visible_documents(request.user).having_code(code)
    if not found:
        raise Http404
    if len(found) > 1:
        return redirect(reverse("documents:document-list") + "?" + urlencode({"q": code}))
    return redirect(found[0])


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    require_writer_anywhere(request.user)
    asked = {name: request.GET.get(name, "") for name in ("kind", "parent")}
    form = CreateForm(request.POST or None, by=request.user, initial=asked)
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
    context = {"form": form, "codes": _next_codes(request)}
    return render(request, "documents/document/create.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: UserRequest, pk: int) -> HttpResponse:
    """To which procedure a form belongs, for forms that came in without one."""
    document = get_object_or_404(visible_documents(request.user).select_related("agency"), pk=pk)
    require_writer(request.user, document.agency)
    form = AttachForm(request.POST or None, by=request.user, document=document)
    if document.kind != DocumentKind.FORM:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            services.attach(document, by=request.user, parent=form.cleaned_data["parent"])
        except Unacceptable as refusal:
            form.add_error("parent", str(refusal))
        else:
            messages.success(request, _("Đã ghi quy trình của biểu mẫu %s.") % document)
            return redirect(document)
    context = {"form": form, "document": document}
    status = 422 if form.errors else 200
    return render(request, "documents/document/attach.html", context, status=status)


def _next_codes(request: UserRequest) -> Sequence[tuple[str, str]]:
    """What an empty code would become, by kind, where nothing else must be known for it."""
    first = Agency.objects.filter(pk__in=request.user.standing.agencies_with(*WRITING)).first()
    if first is None:
        return []
    codes = []
    wanted = request.GET.get("parent", "")
    parent = visible_documents(request.user).filter(pk=int(wanted) if wanted.isdecimal() else 0)
    for kind, label in AUTHORED_KINDS:
        with contextlib.suppress(Unacceptable):
            code = coding.next_code(first, kind, parent=parent.first())
            codes.append((str(label), code))
    return codes
