"""Writing a draft in the browser, section by section. What was typed is never thrown away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms.section import PlaceForm, SectionForm
from documents.models import Section, Version
from documents.permissions import checkout_of, require, visible_versions
from documents.services import checkout as checkouts
from documents.services import picture as pictures
from documents.services import section as sections
from documents.services.saving import saves_since
from qms.kernel.refusals import IllegalMove, Refusal, Stale, Unacceptable
from qms.web.http import UserRequest


@require_safe
def arrange(request: UserRequest, pk: int) -> HttpResponse:
    """The sections of a draft in their order: open, add, move, remove, number anew."""
    version = _writable(request, pk)
    rows = version.sections.prefetch_related("clauses")
    context = {"version": version, "sections": rows, "held": checkout_of(version)}
    return render(request, "documents/section/arrange.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest, pk: int) -> HttpResponse:
    version = _writable(request, pk)
    if request.method != "POST":
        count = version.sections.count()
        return _form_page(request, version, None, _blank(version, count + 1))
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, version, None, form, status=422)
    try:
        made = sections.create(
            version, by=request.user, wording=form.wording,
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, version, None, form, refusal=refusal)
    messages.success(request, _("Đã thêm mục %s.") % made)
    return redirect("documents:section-arrange", version.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: int, section_pk: int) -> HttpResponse:
    version = _writable(request, pk)
    section = version.sections.filter(pk=section_pk).first()
    if request.method != "POST":
        if section is None:
            raise Http404
        return _form_page(request, version, section, _filled(version, section))
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, version, section, form, status=422)
    said = form.cleaned_data
    try:
        if section is None:
            raise Stale(_("Mục này đã được thay hoặc bỏ trong lúc bạn viết."))
        sections.edit(section, by=request.user, wording=form.wording, revision=said["revision"])
    except Refusal as refusal:
        again = sections.find_again(
            version, section_pk, number=said["was_number"], title=said["was_title"]
        )
        return _refused(request, version, again, form, refusal=refusal)
    messages.success(request, _("Đã lưu mục %s.") % section)
    return redirect("documents:section-arrange", version.pk)


@require_POST
def move(request: UserRequest, pk: int, section_pk: int) -> HttpResponse:
    version, section = _row(request, pk, section_pk)
    said = _placed(request)
    sections.move(section, by=request.user, up=said["up"], revision=said["revision"])
    messages.success(request, _("Đã chuyển chỗ mục %s.") % section)
    return redirect("documents:section-arrange", version.pk)


@require_POST
def remove(request: UserRequest, pk: int, section_pk: int) -> HttpResponse:
    version, section = _row(request, pk, section_pk)
    name = str(section)
    sections.remove(section, by=request.user, revision=_placed(request)["revision"])
    messages.success(request, _("Đã bỏ mục %s khỏi bản nháp.") % name)
    return redirect("documents:section-arrange", version.pk)


@require_POST
def renumber(request: UserRequest, pk: int) -> HttpResponse:
    version = _writable(request, pk)
    sections.renumber(version, by=request.user, revision=_placed(request)["revision"])
    messages.success(request, _("Đã đánh số lại các mục."))
    return redirect("documents:section-arrange", version.pk)


def _refused(
    request: UserRequest, version: Version, theirs: Section | None, form: SectionForm, *,
    refusal: Refusal,
) -> HttpResponse:  # fmt: skip
    """The page again with what was typed, and why it is not saved.

    When somebody saved in between: what he saved beside it, and the save that the next one
    is made from. When nothing can be saved now: the text to take along.
    """
    version.refresh_from_db()
    if isinstance(refusal, Unacceptable):
        form.add_error(None, str(refusal))
        return _form_page(request, version, theirs, form, status=refusal.status)
    conflict: dict[str, Any] = {"refusal": refusal, "may_save": isinstance(refusal, Stale)}
    if isinstance(refusal, Stale):
        conflict["saves"] = saves_since(version, form.cleaned_data["revision"])
        redline = sections.differences(version, theirs, form.wording)
        conflict["lines"] = [line for part in redline.parts if part.title for line in part.lines]
        conflict["is_same"] = not redline.changes
        form = _on_top(version, theirs, form)
    return _form_page(request, version, theirs, form, status=refusal.status, conflict=conflict)


def _on_top(version: Version, theirs: Section | None, form: SectionForm) -> SectionForm:
    """What was typed, to be saved on top of the last save."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["revision"] = str(version.revision)
    data["html"] = pictures.shown(version, pictures.unshown(data.get("html", "")))
    if theirs is not None:
        data["was_number"], data["was_title"] = theirs.number, theirs.title
    return SectionForm(data)


def _filled(version: Version, section: Section) -> SectionForm:
    return SectionForm(initial={
        "revision": version.revision, "number": section.number, "title": section.title,
        "was_number": section.number, "was_title": section.title,
        "html": pictures.shown(version, section.html), "clauses": list(section.clauses.all()),
    })  # fmt: skip


def _blank(version: Version, number: int) -> SectionForm:
    return SectionForm(initial={"revision": version.revision, "number": str(number)})


def _form_page(
    request: UserRequest, version: Version, section: Section | None, form: SectionForm,
    *, status: int = 200, conflict: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "version": version, "section": section, "form": form, "conflict": conflict,
        "held": checkout_of(version), "chosen": _chosen(form),
    }  # fmt: skip
    return render(request, "documents/section/edit.html", context, status=status)


def _chosen(form: SectionForm) -> list[str]:
    """The numbers of the clauses that are ticked."""
    ticked = {str(getattr(value, "pk", value)) for value in form["clauses"].value() or []}
    offered = form.fields["clauses"].queryset  # type: ignore[attr-defined]
    return [clause.number for clause in offered if str(clause.pk) in ticked]


def _placed(request: UserRequest) -> dict[str, Any]:
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_("Tải lại trang rồi làm lại."))
    return form.cleaned_data


def _row(request: UserRequest, pk: int, section_pk: int) -> tuple[Version, Section]:
    version = _writable(request, pk)
    section = version.sections.filter(pk=section_pk).first()
    if section is None:
        raise Stale(_("Mục này đã được thay hoặc bỏ. Tải lại trang để xem các mục hiện có."))
    section.version = version
    return version, section


def _writable(request: UserRequest, pk: int) -> Version:
    """A draft this person may write in now. A refused POST with text is told in its own page."""
    version = get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
    require(request.user, "edit", version)
    if request.method != "POST":
        if version.state != "draft":
            raise IllegalMove(_("Chỉ sửa được khi tài liệu còn là bản nháp."))
        checkouts.look_free(version, by=request.user)
    return version
