"""Reading and acknowledging a version: the tab of its page, the button, the sheet on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms.distribution import WeighForm
from documents.forms.reading import AcknowledgeForm, RecordPaperForm
from documents.models import Dissemination, DocumentKind, ReadingQuerySet, Version
from documents.permissions import require, visible_readings, visible_versions
from documents.presenters import VersionPage
from documents.presenters_reading import ReadingPage
from documents.services import dissemination, reading_sheet
from documents.services import reading as services
from qms.kernel.refusals import Unacceptable
from qms.vault import services as vault
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of

STATES = {
    "": gettext_lazy("Tất cả"),
    "open": gettext_lazy("Chưa xác nhận"),
    "late": gettext_lazy("Quá hạn"),
    "done": gettext_lazy("Đã xác nhận"),
}
OWN_STATES = {"": gettext_lazy("Chờ đọc"), "done": gettext_lazy("Đã xác nhận")}


@require_safe
def show(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    """What the person has to read, and what he has acknowledged."""
    state = request.GET.get("state", "")
    if state not in OWN_STATES:
        raise Http404
    own = visible_readings(request.user).filter(person=request.user)
    rows = (
        own.done().order_by("-acknowledged_at") if state else own.open().order_by("due_on", "pk")
    )
    rows = rows.select_related("version__document__agency").defer("version__text_folded")
    context = {
        "page": page_of(rows, request),
        "state": state,
        "choices": [(word, label, word == state) for word, label in OWN_STATES.items()],
    }
    return render(request, "documents/reading/list.html", context)


@require_POST
def acknowledge(request: UserRequest, pk: int) -> HttpResponse:
    version = _visible(request, pk)
    form = AcknowledgeForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_("Mở lại trang của tài liệu rồi bấm xác nhận ở đó."))
    services.acknowledge(version, by=request.user, seen=form.cleaned_data["seen"])
    messages.success(request, _("Đã ghi nhận bạn đọc và hiểu %s.") % version)
    return redirect("documents:reading-show", version.pk)


@require_POST
def distribute(request: UserRequest, pk: int) -> HttpResponse:
    """Send a version that is long in force to the list that has been made for it since."""
    version = _visible(request, pk)
    asked = dissemination.distribute(version, by=request.user)
    messages.success(request, _("Đã gửi yêu cầu đọc và xác nhận đến %d người.") % asked)
    return redirect("documents:reading-show", version.pk)


@require_POST
def weigh(request: UserRequest, pk: int) -> HttpResponse:
    version = _visible(request, pk)
    require(request.user, "weigh", _spread(version))
    form = WeighForm(request.POST, auto_id="weigh_%s")
    if not form.is_valid():
        return _page(request, version, weigh=form)
    dissemination.weigh(version, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã ghi mức độ thay đổi của %s.") % version)
    return redirect("documents:reading-show", version.pk)


@require_safe
def sheet(request: UserRequest, pk: int) -> HttpResponse:
    """The sign-off sheet of everybody on the list, to be printed and signed."""
    version = _visible(request, pk)
    require(request.user, "record_paper", _spread(version))
    rows = visible_readings(request.user).filter(version=version).counted()
    if not rows:
        raise Http404
    data = reading_sheet.sheet_pdf(version, rows)
    name = f"Phiếu xác nhận đã đọc {version.code}.pdf".replace("/", "-")
    return attachment(data, media_type="application/pdf", name=name)


@require_http_methods(["GET", "HEAD", "POST"])
def record_paper(request: UserRequest, pk: int) -> HttpResponse:
    """Hand in the signed sheet and tick who signed it."""
    version = _visible(request, pk)
    require(request.user, "record_paper", _spread(version))
    form = RecordPaperForm(request.POST or None, request.FILES or None, version=version)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            done = services.record_paper(
                version, by=request.user, people=said["people"], signed_on=said["signed_on"],
                data=said["file"].read(), name=said["file"].name,
            )  # fmt: skip
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi nhận %d người ký trên giấy.") % done)
            return redirect("documents:reading-show", version.pk)
    status = 422 if form.errors else 200
    context = {"version": version, "form": form}
    return render(request, "documents/reading/record_paper.html", context, status=status)


@require_safe
def scan(request: UserRequest, pk: int) -> HttpResponse:
    """The scanned sheet that proves one acknowledgement; for him and for those who follow it."""
    rows = visible_readings(request.user).select_related("scan")
    reading = get_object_or_404(rows, pk=pk, scan__isnull=False)
    blob = reading.scan
    if blob is None:
        raise Http404
    name = blob.name.replace("/", "-").replace("\\", "-")
    return attachment(vault.read(blob), media_type=blob.media_type, name=name)


def _page(request: UserRequest, version: Version, **refused: Any) -> HttpResponse:
    state = request.GET.get("state", "")
    if state not in STATES:
        raise Http404
    page = VersionPage.of(version, by=request.user, tab="reading")
    r = ReadingPage.of(version, page.content, by=request.user)
    seen = visible_readings(request.user).filter(version=version)
    context = {
        "version": version,
        "p": page,
        "r": r,
        "state": state,
        "states": [(word, label, word == state) for word, label in STATES.items()],
        "page": page_of(_chosen(seen.counted(), state).select_related("since"), request, size=50),
        "acknowledge": AcknowledgeForm(initial={"seen": version.content_hash}),
        "weigh": WeighForm(
            initial={"is_substantive": int(r.dissemination.is_substantive)}, auto_id="weigh_%s"
        ),
    } | refused
    status = 422 if refused else 200
    return render(request, "documents/reading/show.html", context, status=status)


def _chosen(readings: ReadingQuerySet, state: str) -> ReadingQuerySet:
    if state == "done":
        return readings.done()
    if state == "late":
        return readings.late(timezone.localdate())
    return readings.filter(acknowledged_at=None) if state else readings


def _visible(request: UserRequest, pk: int) -> Version:
    versions = visible_versions(request.user).for_page()
    return get_object_or_404(
        versions.exclude(document__kind=DocumentKind.GUIDANCE).exclude(state="discarded"), pk=pk
    )


def _spread(version: Version) -> Dissemination:
    return Dissemination(version=version)
