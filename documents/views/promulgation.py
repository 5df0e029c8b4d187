"""Pages about decisions of promulgation: the list, drawing one up, its files, its number."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms import ReasonForm
from documents.forms.promulgation import LONGEST_KEY, NumberForm, PromulgationForm, typed
from documents.models import Promulgation
from documents.permissions import (
    ISSUING,
    promulgation_verbs,
    require,
    require_issuer_anywhere,
    visible_promulgations,
)
from documents.services import promulgation as services
from documents.services.decree import decree_of, first_wording
from documents.services.draft import WORD
from qms.agencies.models import Agency
from qms.kernel.refusals import Unacceptable
from qms.paper.render import decree_pdf
from qms.trail.models import Event
from qms.vault import services as vault
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of
from qms.word.decree import decree_docx

STATE_BADGES = {
    "draft": ("warn", "hourglass"),
    "numbered": ("ok", "circle-check"),
    "discarded": ("neutral", "trash-2"),
}


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    context = {
        "page": page_of(visible_promulgations(request.user).for_list(), request),
        "may_create": request.user.standing.is_anywhere(*ISSUING),
        "badges": STATE_BADGES,
    }
    return render(request, "documents/promulgation/list.html", context)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    """All documents that wait for a decision are chosen to begin with; `?chosen=none`: none."""
    require_issuer_anywhere(request.user)
    agencies = Agency.objects.filter(pk__in=request.user.standing.agencies_with(*ISSUING))
    agency = agencies.filter(pk=_asked(request)).first() or agencies[0]
    versions = services.candidates(agency, by=request.user)
    first: dict[str, Any] = {**first_wording(agency)}
    if request.GET.get("chosen") != "none":
        first["versions"] = [version.pk for version in versions]
    form = PromulgationForm(request.POST or None, versions=versions, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create(
                agency, by=request.user, wording=form.wording(),
                versions=[*form.cleaned_data["versions"]],
            )  # fmt: skip
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lập quyết định. Tải về, trình ký rồi xin số Văn thư."))
            return redirect(made)
    context = {"form": form, "agency": agency, "agencies": agencies, "any": versions.exists()}
    status = 422 if form.errors else 200
    return render(request, "documents/promulgation/create.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    promulgation = _visible(request, pk)
    require(request.user, "edit", promulgation)
    versions = services.candidates(promulgation.agency, by=request.user)
    form = PromulgationForm(request.POST or None, versions=versions, initial=typed(promulgation))
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                promulgation, by=request.user, wording=form.wording(),
                versions=[*form.cleaned_data["versions"]],
                revision=form.cleaned_data["revision"] or 0,
            )  # fmt: skip
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu quyết định."))
            return redirect(promulgation)
    context = {"form": form, "promulgation": promulgation}
    status = 422 if form.errors else 200
    return render(request, "documents/promulgation/edit.html", context, status=status)


@require_POST
def number(request: UserRequest, pk: int) -> HttpResponse:
    promulgation = _visible(request, pk)
    require(request.user, "number", promulgation)
    form = NumberForm(request.POST, auto_id="number_%s")
    if form.is_valid():
        try:
            services.number(promulgation, by=request.user, **form.cleaned_data)
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi số: %s.") % promulgation)
            return redirect(promulgation)
    return _page(request, promulgation, number=form)


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    promulgation = _visible(request, pk)
    require(request.user, "discard", promulgation)
    form = ReasonForm(request.POST, auto_id="discard_%s")
    if not form.is_valid():
        return _page(request, promulgation, discard=form)
    services.discard(promulgation, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã hủy quyết định chưa có số."))
    return redirect(promulgation)


@require_safe
def pdf(request: UserRequest, pk: int) -> HttpResponse:
    """The decision as PDF: as kept when it got its number, else as it stands now."""
    promulgation = _visible(request, pk)
    kept = promulgation.pdf
    data = vault.read(kept) if kept else decree_pdf(decree_of(promulgation))
    return attachment(data, media_type="application/pdf", name=f"{_name(promulgation)}.pdf")


@require_safe
def docx(request: UserRequest, pk: int) -> HttpResponse:
    """The same as a Word file, to be put into the agency's own system for Văn thư."""
    promulgation = _visible(request, pk)
    kept = promulgation.docx
    data = vault.read(kept) if kept else decree_docx(decree_of(promulgation))
    return attachment(data, media_type=WORD, name=f"{_name(promulgation)}.docx")


def _name(promulgation: Promulgation) -> str:
    number = f"{promulgation.number:02d}-" if promulgation.number else ""
    return f"Quyết định {number}{promulgation.symbol}"


def _asked(request: UserRequest) -> int:
    """The agency asked for; 0, which none has, for anything else."""
    said = request.GET.get("agency", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < LONGEST_KEY else 0


def _visible(request: UserRequest, pk: int) -> Promulgation:
    found = visible_promulgations(request.user).for_page().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(request: UserRequest, promulgation: Promulgation, **refused: Any) -> HttpResponse:
    verbs = promulgation_verbs(request.user, promulgation)
    blank = {
        "number": NumberForm(auto_id="number_%s", initial={"dated_on": timezone.localdate()}),
        "discard": ReasonForm(auto_id="discard_%s"),
    }
    context = {
        "promulgation": promulgation,
        "decree": decree_of(promulgation),
        "lines": promulgation.lines.select_related("version__document"),
        "verbs": verbs,
        "forms": blank | refused,
        "badges": STATE_BADGES,
        "events": Event.objects.filter(
            subject_type="documents.promulgation", subject_id=promulgation.pk
        ).order_by("-pk")[:20],
    }
    status = 422 if refused else 200
    return render(request, "documents/promulgation/detail.html", context, status=status)
