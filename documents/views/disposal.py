"""Disposing of records: the list proposed, the decision about it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms import ReasonForm
from documents.forms.record import DecideForm, ProposeForm
from documents.models import Disposal
from documents.permissions import may, require, visible_disposals
from documents.services import disposal as services
from qms.agencies.models import Agency, Role
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    disposals = visible_disposals(request.user).select_related("agency")
    proposing = request.user.standing.agencies_with(Role.QUALITY)
    context = {
        "page": page_of(disposals, request),
        "agencies": [(pk, request.user.standing.names[pk]) for pk in sorted(proposing)],
    }
    return render(request, "documents/disposal/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: UserRequest, pk: int) -> HttpResponse:
    """Tick the files of one agency whose time is over."""
    proposing = request.user.standing.agencies_with(Role.QUALITY)
    agency = get_object_or_404(Agency, pk=pk, pk__in=proposing)
    form = ProposeForm(request.POST or None, agency=agency)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.propose(agency, by=request.user, **form.cleaned_data)
        except Unacceptable as refusal:
            form.add_error("files", str(refusal))
        else:
            messages.success(
                request, _("Đã trình đề nghị hủy. Người phê duyệt thấy trong Việc của tôi.")
            )
            return redirect(made)
    context = {"form": form, "agency": agency}
    status = 422 if form.errors else 200
    return render(request, "documents/disposal/propose.html", context, status=status)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
def approve(request: UserRequest, pk: int) -> HttpResponse:
    disposal = _visible(request, pk)
    require(request.user, "approve", disposal)
    form = DecideForm(request.POST, auto_id="approve_%s")
    if not form.is_valid():
        return _page(request, disposal, approve=form)
    services.approve(disposal, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã ghi quyết định hủy hồ sơ %s.") % disposal)
    return redirect(disposal)


@require_POST
def refuse(request: UserRequest, pk: int) -> HttpResponse:
    disposal = _visible(request, pk)
    require(request.user, "refuse", disposal)
    form = ReasonForm(request.POST, auto_id="refuse_%s")
    if not form.is_valid():
        return _page(request, disposal, refuse=form)
    services.refuse(disposal, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã ghi không hủy; hồ sơ được giữ lại."))
    return redirect(disposal)


def _visible(request: UserRequest, pk: int) -> Disposal:
    return get_object_or_404(visible_disposals(request.user).select_related("agency"), pk=pk)


def _page(request: UserRequest, disposal: Disposal, **refused: forms.Form) -> HttpResponse:
    context = {
        "disposal": disposal,
        "lines": [*disposal.lines.select_related("file")],
        "verbs": [
            verb for verb in ("approve", "refuse")
            if disposal.state == "proposed" and may(request.user, verb, disposal)
        ],
        "forms": {
            "approve": DecideForm(auto_id="approve_%s"), "refuse": ReasonForm(auto_id="refuse_%s"),
        } | refused,
    }  # fmt: skip
    status = 422 if refused else 200
    return render(request, "documents/disposal/detail.html", context, status=status)
