"""Distribution lists: of one document, and the defaults of an agency by kind."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.forms.distribution import AssignForm
from documents.models import Distribution, DocumentKind
from documents.permissions import require, visible_documents, visible_versions
from documents.services import audience
from documents.services import distribution as services
from documents.services.distribution import Line
from qms.agencies.models import Agency, Role
from qms.web.http import UserRequest

KINDS = [kind for kind in DocumentKind if kind != DocumentKind.GUIDANCE]


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    """The default of every kind at the agencies whose quality office one is."""
    mine = request.user.standing.agencies_with(Role.QUALITY)
    if not mine:
        raise PermissionDenied(_("Chỉ Thư ký ISO đặt danh sách phân phối mặc định."))
    agencies = Agency.objects.filter(pk__in=mine).order_by("code")
    kept = {
        (row.agency_id, row.kind): row
        for row in Distribution.objects.filter(agency__in=mine).exclude(kind="").with_lines()
    }
    groups = [
        (agency, [(kind, kept.get((agency.pk, kind.value))) for kind in KINDS])
        for agency in agencies
    ]
    return render(request, "documents/distribution/list.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: UserRequest, pk: int) -> HttpResponse:
    """The list of one document; until it has one, what its kind's default says."""
    seen = visible_documents(request.user).exclude(kind=DocumentKind.GUIDANCE)
    document = get_object_or_404(seen.select_related("agency"), pk=pk)
    kept = Distribution.objects.filter(document=document).with_lines().first()
    wanted = kept or Distribution(agency=document.agency, document=document)
    require(request.user, "assign", wanted)
    shown = visible_versions(request.user).filter(document=document)
    version = shown.in_force().first() or shown.current().first() or shown[0]

    def save(lines: Sequence[Line], revision: int) -> None:
        services.assign(document, by=request.user, lines=lines, revision=revision)

    return _form(
        request, wanted, save, shown=kept or audience.list_of(document), heading=str(document),
        back=reverse("documents:reading-show", args=[version.pk]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def assign_default(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    agencies = Agency.objects.filter(pk__in=request.user.standing.agencies)
    agency = get_object_or_404(agencies, pk=pk)
    chosen = DocumentKind(kind)
    kept = Distribution.objects.filter(agency=agency, kind=kind).with_lines().first()
    wanted = kept or Distribution(agency=agency, kind=kind)
    require(request.user, "assign", wanted)

    def save(lines: Sequence[Line], revision: int) -> None:
        services.assign_default(
            agency, by=request.user, kind=chosen, lines=lines, revision=revision
        )

    return _form(
        request, wanted, save, shown=kept, heading=str(chosen.label),
        back=reverse("documents:distribution-list"),
    )  # fmt: skip


def _form(
    request: UserRequest, wanted: Distribution, save: Callable[..., None], *,
    shown: Distribution | None, heading: str, back: str,
) -> HttpResponse:  # fmt: skip
    lines = [*shown.lines.all()] if shown else []
    revision = 0 if wanted._state.adding else wanted.revision
    form = AssignForm(
        request.POST or None, agency=wanted.agency, lines=lines, initial={"revision": revision}
    )
    if request.method == "POST" and form.is_valid():
        save(form.lines(), form.cleaned_data["revision"])
        messages.success(request, _("Đã ghi danh sách phân phối: %s.") % heading)
        return redirect(back)
    context = {
        "form": form, "heading": heading, "agency": wanted.agency,
        "is_default": not wanted.document_id,
        "borrowed": shown is not None and shown.pk != wanted.pk,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "documents/distribution/assign.html", context, status=status)
