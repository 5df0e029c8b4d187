"""Pages of the list of documents of others (Danh mục tài liệu bên ngoài)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms.external import ChangeForm, CheckForm, CreateForm, RepealForm
from documents.forms.register import ExternalForm
from documents.models import CheckVerdict, ExternalDocument, RegisterName
from documents.permissions import (
    WRITING,
    may,
    require,
    require_writer_anywhere,
    visible_external_documents,
    visible_versions,
)
from documents.registers import external as register
from documents.related import citing
from documents.services import external as services
from documents.services.external_file import keep_file
from documents.views.register import agency_of, as_pdf, as_xlsx, refused, register_context
from qms.kernel.refusals import Unacceptable
from qms.trail.models import Event
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PAGE = "documents/external/list.html"


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    form = ExternalForm(request.GET, by=request.user)
    context = register_context(request, form, RegisterName.EXTERNAL)
    context["may_write"] = request.user.standing.is_anywhere(*WRITING)
    if form.is_valid():
        page = page_of(register.externals_of(form), request, size=50)
        context |= {"page": page, "rows": [(one, one.state_on(form.day)) for one in page.rows]}
    return render(request, PAGE, context, status=422 if form.errors else 200)


@require_safe
def xlsx(request: UserRequest) -> HttpResponse:
    return _file(request, as_xlsx)


@require_safe
def pdf(request: UserRequest) -> HttpResponse:
    return _file(request, as_pdf)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    require_writer_anywhere(request.user)
    form = CreateForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            file = _kept(form.cleaned_data["file"])
            made = services.create(
                form.cleaned_data["agency"], by=request.user, said=form.said, file=file
            )
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm %s vào danh mục.") % made.number)
            return redirect(made)
    status = 422 if form.errors else 200
    return render(request, "documents/external/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest, pk: int) -> HttpResponse:
    external = _visible(request, pk)
    require(request.user, "change", external)
    form = ChangeForm(
        request.POST or None, request.FILES or None, agencies=[external.agency_id],
        initial={name: getattr(external, name) for name in (*CHANGED, "revision")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.change(
                external, by=request.user, said=form.said,
                revision=form.cleaned_data["revision"], file=_kept(form.cleaned_data["file"]),
            )  # fmt: skip
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi %s.") % external.number)
            return redirect(external)
    context = {"form": form, "external": external}
    status = 422 if form.errors else 200
    return render(request, "documents/external/change.html", context, status=status)


@require_POST
def repeal(request: UserRequest, pk: int) -> HttpResponse:
    external = _visible(request, pk)
    require(request.user, "repeal", external)
    form = RepealForm(request.POST, external=external, auto_id="repeal_%s")
    if not form.is_valid():
        return _page(request, external, form)
    services.repeal(external, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã ghi ngày hết hiệu lực của %s.") % external.number)
    return redirect(external)


@require_POST
def check(request: UserRequest, pk: int, version: int) -> HttpResponse:
    """That somebody looked at a version citing what no longer holds, and what came of it."""
    external = _visible(request, pk)
    require(request.user, "check", external)
    one = get_object_or_404(visible_versions(request.user), pk=version)
    form = CheckForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_("Chọn kết luận cho từng tài liệu đã xem lại."))
    services.check(
        external, by=request.user, version=one,
        verdict=CheckVerdict(form.cleaned_data["verdict"]), note=form.cleaned_data["note"],
    )  # fmt: skip
    messages.success(request, _("Đã ghi kết luận cho %s.") % one)
    return redirect(external)


@require_safe
def file(request: UserRequest, pk: int) -> HttpResponse:
    """The kept file, always a download."""
    external = _visible(request, pk)
    if external.file is None:
        raise Http404
    data = vault.read(external.file)
    return attachment(data, media_type=external.file.media_type, name=external.file.name)


CHANGED = ("number", "title", "issuer", "group", "issued_on", "valid_from", "link", "unit")


def _visible(request: UserRequest, pk: int) -> ExternalDocument:
    seen = visible_external_documents(request.user).for_list().select_related("file")
    return get_object_or_404(seen, pk=pk)


def _file(request: UserRequest, made: Callable[[Any], HttpResponse]) -> HttpResponse:
    form = ExternalForm(request.GET, by=request.user)
    if not form.is_valid():
        return refused(request, form, RegisterName.EXTERNAL, PAGE)
    return made(register.sheet_of(form, agency_of(form)))


def _kept(uploaded: "UploadedFile[Any] | None") -> Blob | None:
    return keep_file(uploaded.read(), name=uploaded.name or "") if uploaded else None


def _page(
    request: UserRequest, external: ExternalDocument, repealing: forms.Form | None = None
) -> HttpResponse:
    today = timezone.localdate()
    checks = {one.version_id: one for one in external.checks.all()}
    events = Event.objects.filter(
        subject_type="documents.externaldocument", subject_id=external.pk
    )
    context = {
        "external": external,
        "state": external.state_on(today),
        "ended": external.valid_to is not None and external.valid_to <= today,
        "citing": [
            (version, checks.get(version.pk)) for version in citing(external, by=request.user)
        ],
        "replaces": [*external.replaces.all()],
        "verbs": [v for v in ("change", "repeal", "check") if may(request.user, v, external)],
        "repeal_form": repealing or RepealForm(
            external=external, auto_id="repeal_%s",
            initial={"valid_to": external.valid_to, "replaced_by": external.replaced_by},
        ),
        "check_form": CheckForm(auto_id=False),
        "events": [*events.order_by("-pk")[:20]],
    }  # fmt: skip
    status = 422 if repealing else 200
    return render(request, "documents/external/detail.html", context, status=status)
