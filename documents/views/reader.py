"""Who reads one document: hide it from the agency, open it, name readers and take them off."""

from collections import defaultdict
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.forms import ReasonForm
from documents.forms.reader import GrantForm
from documents.models import Document
from documents.permissions import (
    may,
    named_groups,
    named_readers,
    require,
    visible_documents,
)
from documents.services import reader as services
from qms.agencies.models import Membership, User
from qms.trail.models import Event
from qms.web.http import UserRequest


@require_safe
def list(request: UserRequest, pk: int) -> HttpResponse:  # noqa: A001  # the verb is the address
    """For those who may change it: others are not told who reads what."""
    document = _visible(request, pk)
    require(request.user, "restrict", document)
    return _page(request, document)


@require_POST
def restrict(request: UserRequest, pk: int) -> HttpResponse:
    document = _visible(request, pk)
    require(request.user, "restrict", document)
    form = ReasonForm(request.POST, auto_id="restrict_%s")
    if not form.is_valid():
        return _page(request, document, restrict=form)
    services.restrict(document, by=request.user, **form.cleaned_data)
    messages.success(request, _("Từ bây giờ chỉ người có tên đọc được %s.") % document)
    return redirect("documents:reader-list", pk)


@require_POST
def open(request: UserRequest, pk: int) -> HttpResponse:  # noqa: A001  # as above
    document = _visible(request, pk)
    require(request.user, "open", document)
    form = ReasonForm(request.POST, auto_id="open_%s")
    if not form.is_valid():
        return _page(request, document, open=form)
    services.open(document, by=request.user, **form.cleaned_data)
    messages.success(request, _("Cả cơ quan đọc được %s.") % document)
    return redirect("documents:reader-list", pk)


@require_POST
def grant(request: UserRequest, pk: int) -> HttpResponse:
    document = _visible(request, pk)
    require(request.user, "grant", document)
    form = GrantForm(request.POST, auto_id="grant_%s")
    if not form.is_valid():
        return _page(request, document, grant=form)
    said = form.cleaned_data
    services.grant(document, by=request.user, reader=said["reader"], reason=said["reason"])
    messages.success(request, _("Đã nêu tên %s đọc tài liệu này.") % said["reader"])
    return redirect("documents:reader-list", pk)


@require_POST
def revoke(request: UserRequest, pk: int, kind: str, reader: int) -> HttpResponse:
    document = _visible(request, pk)
    require(request.user, "revoke", document)
    one = _named(document, kind, reader)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    services.revoke(document, by=request.user, reader=one, reason=reason)
    messages.success(request, _("%s không còn đọc được tài liệu này.") % one)
    return redirect("documents:reader-list", pk)


def _visible(request: UserRequest, pk: int) -> Document:
    return get_object_or_404(visible_documents(request.user).select_related("agency"), pk=pk)


def _named(document: Document, kind: str, pk: int) -> User | Group:
    """Who of the list is meant; nobody else is found."""
    if kind == "group":
        return get_object_or_404(named_groups(document), pk=pk)
    return get_object_or_404(named_readers(document), pk=pk)


def _places(people: Sequence[User]) -> Sequence[tuple[User, Sequence[str]]]:
    """Each with the agencies where he works today, in one query."""
    places: dict[int, set[str]] = defaultdict(set)
    here = Membership.objects.current(timezone.localdate()).filter(user__in=people)
    for user, name in here.values_list("user", "agency__short_name"):
        places[user].add(name)
    return [(one, sorted(places[one.pk])) for one in people]


def _page(request: UserRequest, document: Document, **refused: forms.Form) -> HttpResponse:
    verbs = [v for v in ("open", "grant", "revoke") if may(request.user, v, document)]
    events = Event.objects.filter(
        subject_type="documents.document", subject_id=document.pk,
        name__in=["document.restricted", "document.opened", "document.granted", "document.revoked"],
    )  # fmt: skip
    context = {
        "document": document,
        "people": _places([*named_readers(document)]),
        "groups": [*named_groups(document)],
        "verbs": verbs,
        "forms": {
            "restrict": ReasonForm(auto_id="restrict_%s"),
            "open": ReasonForm(auto_id="open_%s"),
            "grant": GrantForm(auto_id="grant_%s"),
        } | refused,
        "events": [*events.order_by("-pk")[:50]],
    }  # fmt: skip
    status = 422 if refused else 200
    return render(request, "documents/reader/list.html", context, status=status)
