"""The register of controlled copies, one copy, and what is done with it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms.controlled_copy import (
    CopyRegisterForm,
    DayForm,
    GiveForm,
    LostForm,
    RecallForm,
    RemarkForm,
)
from documents.lifecycles import COPY_LIFECYCLE, CopyState
from documents.models import ControlledCopy, ControlledCopyQuerySet, DocumentKind
from documents.permissions import may, require, visible_copies, visible_versions
from documents.registers.sheet import Group, Sheet, pdf_of
from documents.services import controlled_copy as services
from documents.services.recall_minutes import minutes_of
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import code_key, fold
from qms.paper.render import report_pdf
from qms.sheets.workbook import XLSX, Value, workbook
from qms.trail.models import Event
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of

HEAD = (
    "TT", "Cơ quan", "Mã hiệu", "Tên tài liệu", "Bản", "Số bản", "Người, bộ phận giữ", "Ngày giao",
    "Người giao", "Ngày thu hồi", "Ngày báo mất", "Ngày hủy", "Tình trạng", "Ghi chú",
)  # fmt: skip
WIDTHS = (9, 7, 14, 6, 4, 12, 7, 8, 7, 7, 7, 6, 6)
FORMS: dict[str, type[forms.Form]] = {
    "exchange": DayForm,
    "take_back": RemarkForm,
    "report_lost": LostForm,
    "destroy": RemarkForm,
}


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    form, copies = _register(request)
    context: dict[str, Any] = {"form": form}
    if copies is not None:
        seen = visible_copies(request.user)
        context |= {
            "page": page_of(copies.for_list(), request, size=50),
            "on": form.cleaned_data["on"] if form.is_bound else None,
            "to_recall": seen.to_recall().count(),
        }
    status = 422 if form.errors else 200
    return render(request, "documents/controlled_copy/list.html", context, status=status)


@require_safe
def xlsx(request: UserRequest) -> HttpResponse:
    """The register as filtered, whole; in Vietnamese, since it is a record."""
    form, copies = _register(request)
    if copies is None:
        context = {"form": form}
        return render(request, "documents/controlled_copy/list.html", context, status=422)
    day = (form.cleaned_data["on"] if form.is_bound else None) or timezone.localdate()
    above = ["SỔ PHÂN PHỐI BẢN KIỂM SOÁT", f"Ngày {day:%d/%m/%Y}"]
    data = workbook("Bản kiểm soát", above, HEAD, _rows(copies.for_list()))
    return attachment(data, media_type=XLSX, name=f"Sổ bản kiểm soát {day:%Y-%m-%d}.xlsx")


@require_safe
def pdf(request: UserRequest) -> HttpResponse:
    """The same register on paper."""
    form, copies = _register(request)
    if copies is None:
        context = {"form": form}
        return render(request, "documents/controlled_copy/list.html", context, status=422)
    day = (form.cleaned_data["on"] if form.is_bound else None) or timezone.localdate()
    shown = [*copies.for_list()]
    agencies = {copy.document.agency_id: copy.document.agency for copy in shown}
    with override("vi"):
        rows = [row[1:] for row in _rows(shown)]
    sheet = Sheet(
        title="SỔ PHÂN PHỐI BẢN KIỂM SOÁT", form="BM.01.05", day=day, head=HEAD[1:],
        widths=WIDTHS, groups=[Group("", rows)],
        agency=next(iter(agencies.values())) if len(agencies) == 1 else None,
    )  # fmt: skip
    return attachment(
        pdf_of(sheet), media_type="application/pdf", name=f"Sổ bản kiểm soát {day:%Y-%m-%d}.pdf"
    )


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: UserRequest, pk: int) -> HttpResponse:
    seen = visible_versions(request.user).for_page().exclude(document__kind=DocumentKind.GUIDANCE)
    version = get_object_or_404(seen, pk=pk)
    require(request.user, "give", ControlledCopy(document=version.document, version=version))
    form = GiveForm(request.POST or None, agency=version.document.agency)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            copies = services.give(
                version, by=request.user, holders=said["holders"], given_on=said["given_on"]
            )
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            numbers = ", ".join(copy.label for copy in copies)
            messages.success(request, _("Đã giao các bản số %s.") % numbers)
            return redirect("documents:reading-show", version.pk)
    status = 422 if form.errors else 200
    context = {"version": version, "form": form}
    return render(request, "documents/controlled_copy/give.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: UserRequest, pk: int) -> HttpResponse:
    """Tick off the copies of an ended version as they come back, all in one go."""
    version = get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
    require(request.user, "take_back", ControlledCopy(document=version.document, version=version))
    out = visible_copies(request.user).to_recall().filter(version=version).for_list()
    current = version.document.versions.in_force().first()
    form = RecallForm(request.POST or None, copies=out, current=current)
    if request.method == "POST" and form.is_valid():
        said = {"exchanged": False} | form.cleaned_data
        chosen = [*said.pop("copies")]
        try:
            services.recall(chosen, by=request.user, **said)
        except Unacceptable as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, _("Đã thu hồi %d bản kiểm soát.") % len(chosen))
            return redirect("documents:reading-show", version.pk)
    context = {
        "version": version, "form": form, "out": out, "current": current,
        "has_copies": visible_copies(request.user).filter(version=version).exists(),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "documents/controlled_copy/recall.html", context, status=status)


@require_POST
def exchange(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.exchange, _("Đã đổi %s lấy bản đang hiệu lực."))


@require_POST
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.take_back, _("Đã thu hồi %s."))


@require_POST
def report_lost(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.report_lost, _("Đã ghi báo mất %s."))


@require_POST
def destroy(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.destroy, _("Đã ghi hủy %s."))


@require_safe
def minutes(request: UserRequest, pk: int) -> HttpResponse:
    """The minutes of recall and destruction of the copies of one version."""
    version = get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
    probe = ControlledCopy(document=version.document, version=version)
    require(request.user, "take_back", probe)
    copies = [*visible_copies(request.user).filter(version=version)]
    if not copies:
        raise Http404
    data = report_pdf(minutes_of(version, copies, by=request.user))
    name = f"Biên bản thu hồi {version.code}.pdf".replace("/", "-")
    return attachment(data, media_type="application/pdf", name=name)


def _act(request: UserRequest, pk: int, service: Callable[..., object], done: str) -> HttpResponse:
    copy, verb = _visible(request, pk), service.__name__
    require(request.user, verb, copy)
    form = FORMS[verb](request.POST, auto_id=f"{verb}_%s")
    if form.is_valid():
        try:
            service(copy, by=request.user, **form.cleaned_data)
        except Unacceptable as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, done % copy)
            return redirect(copy)
    return _page(request, copy, **{verb: form})


def _page(request: UserRequest, copy: ControlledCopy, **refused: forms.Form) -> HttpResponse:
    verbs = [v for v in COPY_LIFECYCLE.verbs_from(copy.state) if may(request.user, v, copy)]
    current = copy.document.versions.in_force().first()
    if copy.is_to_recall and current is not None and may(request.user, "exchange", copy):
        verbs.insert(0, "exchange")
    blank = {verb: FORMS[verb](auto_id=f"{verb}_%s") for verb in verbs}
    events = Event.objects.filter(
        subject_type="documents.controlledcopy", subject_id=copy.pk
    ).order_by("-pk")
    context = {
        "copy": copy, "verbs": verbs, "forms": blank | refused, "events": events,
        "current": current, "may_minute": may(request.user, "take_back", copy),
    }  # fmt: skip
    status = 422 if refused else 200
    return render(request, "documents/controlled_copy/detail.html", context, status=status)


def _visible(request: UserRequest, pk: int) -> ControlledCopy:
    return get_object_or_404(visible_copies(request.user).for_list(), pk=pk)


def _register(request: UserRequest) -> tuple[CopyRegisterForm, ControlledCopyQuerySet | None]:
    """The filters, and what they leave; nothing when a filter makes no sense."""
    form = CopyRegisterForm(request.GET if request.GET.keys() & {"state", "q", "on"} else None)
    copies = visible_copies(request.user).order_by(
        "document__agency__code", "document__code_key", "number", "-pk"
    )
    if not form.is_bound:
        return form, copies
    if not form.is_valid():
        return form, None
    said = form.cleaned_data
    if said["on"]:
        copies = copies.out_on(said["on"])
    if said["state"] == "to_recall":
        copies = copies.to_recall()
    elif said["state"]:
        copies = copies.filter(state=said["state"])
    for word in said["q"].split()[:10]:
        copies = (
            copies.filter(document__title_folded__contains=fold(word))
            | copies.filter(document__code_key__contains=code_key(word))
            | copies.filter(holder_folded__contains=fold(word))
        )
    return form, copies


def _rows(copies: Iterable[ControlledCopy]) -> Iterator[tuple[Value, ...]]:
    for number, c in enumerate(copies, 1):
        yield (
            number, c.document.agency.name, c.version.code, c.version.title, c.version.number,
            c.label, c.holder, c.given_on, str(c.given_by), c.returned_on, c.lost_on,
            c.destroyed_on, str(CopyState(c.state).label), c.remark,
        )  # fmt: skip
