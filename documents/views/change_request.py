"""Requests for changes: asking, deciding, and the form on paper."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms import EmptyForm
from documents.forms.change_request import AcceptForm, CreateForm, RefuseForm
from documents.lifecycles import CHANGE_REQUEST_LIFECYCLE, ChangeRequestState
from documents.models import ChangeRequest
from documents.permissions import may, require, visible_change_requests, visible_documents
from documents.services import change_request as services
from documents.services.request_form import report_of
from qms.kernel.refusals import Unacceptable
from qms.paper.render import report_pdf
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of

STATES = {"": gettext_lazy("Tất cả"), **dict(ChangeRequestState.choices)}


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    state = request.GET.get("state", "")
    if state not in STATES:
        raise Http404
    rows = visible_change_requests(request.user).for_list()
    context = {
        "page": page_of(rows.filter(state=state) if state else rows, request),
        "chips": [(word, label, word == state) for word, label in STATES.items()],
    }
    return render(request, "documents/change_request/list.html", context)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    form = CreateForm(
        request.POST or None, by=request.user, chosen=request.GET.get("document", "")
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.create(
                said["agency"], by=request.user, reason=said["reason"],
                impact=said["impact"], lines=form.lines(),
            )  # fmt: skip
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gửi phiếu %s cho Thư ký ISO xem xét.") % made)
            return redirect(made)
    status = 422 if form.errors else 200
    return render(request, "documents/change_request/create.html", {"form": form}, status=status)


@require_POST
def accept(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.accept, _("Đã chấp nhận phiếu %s và mở các bản nháp."))


@require_POST
def refuse(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.refuse, _("Đã trả lời phiếu %s."))


@require_POST
def retract(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.retract, _("Đã rút lại phiếu %s."))


@require_POST
def finish(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.finish, _("Đã đóng phiếu %s."))


@require_safe
def pdf(request: UserRequest, pk: int) -> HttpResponse:
    """The request in the layout of form BM.01.01, for signing on paper."""
    asked = _visible(request, pk)
    seen = set(visible_documents(request.user).values_list("pk", flat=True))
    data = report_pdf(report_of(asked, seen=seen))
    return attachment(data, media_type="application/pdf", name=f"{asked.number}.pdf")


def _act(request: UserRequest, pk: int, service: Callable[..., None], done: str) -> HttpResponse:
    asked, verb = _visible(request, pk), service.__name__
    require(request.user, verb, asked)
    form = _form(verb, asked, request.POST)
    if not form.is_valid():
        return _page(request, asked, **{verb: form})
    service(asked, by=request.user, **form.cleaned_data)
    messages.success(request, done % asked)
    return redirect(asked)


def _form(verb: str, asked: ChangeRequest, data: Any = None) -> forms.Form:
    if verb == "accept":
        return AcceptForm(data, request=asked, auto_id="accept_%s")
    kind = RefuseForm if verb == "refuse" else EmptyForm
    return kind(data, auto_id=f"{verb}_%s")


def _page(request: UserRequest, asked: ChangeRequest, **refused: forms.Form) -> HttpResponse:
    legal = CHANGE_REQUEST_LIFECYCLE.verbs_from(asked.state)
    verbs = [verb for verb in legal if may(request.user, verb, asked)]
    context = {
        "asked": asked,
        "seen": set(visible_documents(request.user).values_list("pk", flat=True)),
        "verbs": verbs,
        "forms": {verb: _form(verb, asked) for verb in verbs} | refused,
    }
    status = 422 if refused else 200
    return render(request, "documents/change_request/detail.html", context, status=status)


def _visible(request: UserRequest, pk: int) -> ChangeRequest:
    return get_object_or_404(visible_change_requests(request.user).for_page(), pk=pk)
