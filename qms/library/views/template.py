"""The public library: browse, read, take away; and the page where an editor begins a template."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.lifecycles import VersionState
from documents.models import Document, DocumentKind, Version
from documents.permissions import WRITING
from documents.presenters import parts_of
from documents.services import content as contents
from documents.services.redline import compare
from qms.agencies.models import Agency, User
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import fold
from qms.library import fields
from qms.library.forms import ReasonForm, TemplateForm
from qms.library.models import (
    Adoption,
    Download,
    Template,
    TemplateQuerySet,
    TemplateSet,
    Waiver,
)
from qms.library.permissions import (
    decides_for,
    is_editor,
    require_editor,
    visible_adoptions,
    visible_templates,
)
from qms.library.services import template as services
from qms.library.services.filling import missing
from qms.standards.models import Clause
from qms.web.http import UserRequest
from qms.web.listing import page_of

MOST_WORDS = 8
# What was or is in force, and so was public once.
ONCE_IN_FORCE = (VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.WITHDRAWN)


@login_not_required
@require_safe
def list(request: HttpRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    published = Template.objects.published()
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "")[:200]
    if kind and kind not in DocumentKind.values:
        raise Http404
    chosen, clause = _set(request), request.GET.get("clause", "")[:12]
    found = published.filter(target_kind=kind) if kind else published.whole()
    if chosen is not None:
        found = found.filter(sets=chosen)
    if clause:
        below = Q(clauses__number=clause) | Q(clauses__number__startswith=f"{clause}.")
        found = found.filter(below)
    for word in fold(words).split()[:MOST_WORDS]:
        found = found.filter(document__versions__text_folded__contains=word)
    context = {
        "page": page_of(found.distinct().for_list(), request, size=24),
        "sets": TemplateSet.objects.annotate(number=Count("templates")).filter(number__gt=0),
        "set": chosen,
        "clause": clause,
        "clauses": _clauses(published),
        "may_adopt": agency_of(request) is not None,
        "kinds": _kinds(kind),
        "query": words,
        "kind": kind,
        "figures": _figures(),
        "is_editor": is_editor(request.user),
    }
    return render(request, "library/template/list.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(visible_templates(request.user).for_list(), pk=pk)
    version = shown(template)
    agency = agency_of(request)
    context = {
        "template": template,
        "version": version,
        "content": contents.content_of(version),
        "parts": [(part, fields.shown(part.html)) for part in parts_of(version)],
        "versions": template.document.versions.in_force(),
        "mine": visible_adoptions(request.user).filter(template=template, agency=agency).first()
        if isinstance(request.user, User) and agency
        else None,
        "waiver": _waiver(template, agency),
        "may_waive": agency is not None
        and isinstance(request.user, User)
        and decides_for(request.user, agency),
        "agency": agency,
        "reason": ReasonForm(),
        "forms": template.forms.published().for_list(),
        "may_adopt": agency is not None,
        "missing": missing(agency, _texts(version)) if agency else [],
        "unknown": fields.unknown(_texts(version)) if is_editor(request.user) else [],
    }
    return render(request, "library/template/detail.html", context)


@login_not_required
@require_safe
def of_document(request: HttpRequest, pk: int) -> HttpResponse:
    """From the number of a template's document to its page in the library."""
    document = get_object_or_404(Document, pk=pk, kind=DocumentKind.GUIDANCE)
    return redirect(get_object_or_404(visible_templates(request.user), document=document))


@login_not_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version that was in force, and what changed between any two of them."""
    template = get_object_or_404(visible_templates(request.user).for_list(), pk=pk)
    versions = [*template.document.versions.filter(state__in=ONCE_IN_FORCE).order_by("-pk")]
    if not versions:
        raise Http404
    after = _chosen(versions, request.GET.get("after", "")) or versions[0]
    before = _chosen(versions, request.GET.get("before", "")) or _older(versions, after)
    redline = None
    if before is not None:
        redline = compare(contents.content_of(before), contents.content_of(after))
    context = {
        "template": template, "versions": versions, "after": after, "before": before,
        "redline": redline,
    }  # fmt: skip
    return render(request, "library/template/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    require_editor(request.user)
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = services.create(by=request.user, **form.cleaned_data)
        except Unacceptable as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Đã tạo mẫu. Tải Word về, viết nội dung rồi tải lên."))
            return redirect(version)
    status = 422 if form.errors else 200
    return render(request, "library/template/create.html", {"form": form}, status=status)


def shown(template: Template) -> Version:
    """The version in force; for an editor of a template never published, the newest one."""
    versions = template.document.versions.select_related("document__agency__parent", "sealed_file")
    version = versions.in_force().first() or versions.order_by("-pk").first()
    if version is None:
        raise Http404
    return version


def _texts(version: Version) -> Sequence[str]:  # the builtin, not the view above
    return fields.texts_of(contents.content_of(version))


def user_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def agency_of(request: HttpRequest) -> Agency | None:
    """The agency for which the signed-in reader writes, when there is one."""
    user = user_of(request)
    if user is None:
        return None
    return Agency.objects.filter(pk__in=user.standing.agencies_with(*WRITING)).first()


def _waiver(template: Template, agency: Agency | None) -> Waiver | None:
    return Waiver.objects.standing().filter(template=template, agency=agency).first()


def _kinds(chosen: str) -> Sequence[tuple[str, str, bool]]:
    found = Template.objects.published().values_list("target_kind", flat=True).distinct()
    present = set(found)
    return [(k.value, str(k.label), k == chosen) for k in DocumentKind if k in present]


def _figures() -> dict[str, object]:
    published = Template.objects.published()
    return {
        "templates": published.count(),
        "agencies": Adoption.objects.open().values("agency").distinct().count(),
        "downloads": Download.objects.count(),
        "latest": published.aggregate(day=Max("document__versions__effective_on"))["day"],
    }


def _set(request: HttpRequest) -> TemplateSet | None:
    key = request.GET.get("set", "")
    return get_object_or_404(TemplateSet, key=key) if key else None


def _clauses(published: TemplateQuerySet) -> Sequence[Clause]:
    """The clauses that some published template is about, in the order of the standard."""
    return [*Clause.objects.filter(templates__in=published).distinct().order_by("order")]


def _chosen(versions: Sequence[Version], word: str) -> Version | None:
    return next((v for v in versions if str(v.pk) == word), None)


def _older(versions: Sequence[Version], after: Version) -> Version | None:
    return next((v for v in versions if v.pk < after.pk), None)
