"""Pages about one audit: plan, sheet, report."""

import itertools
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.forms import AuditForm, ConclusionForm, EmptyForm, MeetingForm, answer_form
from audits.lifecycles import AuditState
from audits.models import GRADES, Audit, ChecklistItem
from audits.permissions import (
    ORGANISING,
    RULES,
    require,
    require_organiser_anywhere,
    verbs_for,
    visible_audits,
)
from audits.services import audit as services
from audits.services import nonconformity
from qms.kernel.refusals import Unacceptable
from qms.standards.models import Clause, StandardEdition
from qms.vault import services as vault
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    page = page_of(visible_audits(request.user).for_list(), request)
    may_create = request.user.standing.is_anywhere(*ORGANISING)
    return render(request, "audits/audit/list.html", {"page": page, "may_create": may_create})


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    require_organiser_anywhere(request.user)
    agencies = request.user.standing.agencies_with(*ORGANISING)
    form = AuditForm(request.POST or None, agencies=agencies, wanted=request.GET.get("agency", ""))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        clauses = [*said.pop("clauses")]
        questions = [
            asked for unit in said.pop("units") for asked in services.from_bank(unit, clauses)
        ]
        try:
            audit = services.create(
                said.pop("agency"), by=request.user, checklist=questions, **said
            )
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lập kế hoạch %s.") % audit.number)
            return redirect(audit)
    status = 422 if form.errors else 200
    return render(request, "audits/audit/create.html", {"form": form}, status=status)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
def schedule(request: UserRequest, pk: int) -> HttpResponse:
    """Put one more meeting on the timetable."""
    audit = _visible(request, pk)
    require(request.user, "audit", "schedule", audit)
    form = MeetingForm(request.POST, audit=audit, auto_id="schedule_%s")
    if form.is_valid():
        said = form.cleaned_data | {"clauses": tuple(form.cleaned_data["clauses"])}
        try:
            services.schedule(audit, services.Planned(**said), by=request.user)
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm vào lịch đánh giá."))
            return redirect(audit)
    return _page(request, audit, schedule=form)


@require_POST
def start(request: UserRequest, pk: int) -> HttpResponse:
    audit = _visible(request, pk)
    services.start(audit, by=request.user)
    messages.success(request, _("Đã bắt đầu %s. Mở phiếu để ghi kết quả.") % audit.number)
    return redirect("audits:audit-sheet", audit.pk)


@require_safe
def sheet(request: UserRequest, pk: int) -> HttpResponse:
    return _sheet(request, _visible(request, pk))


@require_POST
def answer(request: UserRequest, pk: int, item: int) -> HttpResponse:
    """Record one question; a nonconforming one becomes a finding in the same step."""
    audit = _visible(request, pk)
    asked = get_object_or_404(_items(audit), pk=item)
    require(request.user, "audit", "answer", audit)
    form = answer_form(asked, request.POST)
    if not form.is_valid():
        return _sheet(request, audit, refused={asked.pk: form})
    _keep(request, asked, form.cleaned_data)
    messages.success(request, _("Đã ghi câu %s.") % asked.order)
    sheet_page = reverse("audits:audit-sheet", args=[audit.pk])
    return redirect(f"{sheet_page}?group={_group(asked)}#q{asked.pk}")


@require_POST
def report(request: UserRequest, pk: int) -> HttpResponse:
    audit = _visible(request, pk)
    require(request.user, "audit", "report", audit)
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _page(request, audit, report=form)
    services.report(audit, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã lập báo cáo %s.") % audit.number)
    return redirect(audit)


@require_POST
def close(request: UserRequest, pk: int) -> HttpResponse:
    audit = _visible(request, pk)
    services.close(audit, by=request.user)
    messages.success(request, _("Đã đóng %s.") % audit.number)
    return redirect(audit)


@require_safe
def pdf(request: UserRequest, pk: int) -> HttpResponse:
    """The report as it was written."""
    audit = _visible(request, pk)
    if audit.report_file is None:
        raise Http404
    data = vault.read(audit.report_file)
    return attachment(data, media_type="application/pdf", name=f"{audit.number}.pdf")


def _visible(request: UserRequest, pk: int) -> Audit:
    return get_object_or_404(visible_audits(request.user).for_page(), pk=pk)


def _items(audit: Audit) -> Any:
    return audit.items.select_related("clause", "unit", "answer__by", "finding", "audit")


def _group(item: ChecklistItem) -> str:
    """Clauses are walked by their second level: 8.2.3 belongs to 8.2."""
    return ".".join(item.clause.number.split(".")[:2])


def _page(request: UserRequest, audit: Audit, **refused: forms.Form) -> HttpResponse:
    verbs = verbs_for(request.user, "audit", audit)
    blank: dict[str, forms.Form] = {verb: EmptyForm() for verb in verbs}
    if RULES["audit"]["schedule"](request.user, audit) and audit.state == AuditState.PLANNED:
        blank["schedule"] = MeetingForm(audit=audit, auto_id="schedule_%s")
    if "report" in blank:
        blank["report"] = ConclusionForm(auto_id="report_%s")
    items = _items(audit)
    context = {
        "audit": audit,
        "team": audit.team.all(),
        "plan": audit.plan.select_related("unit", "auditor").prefetch_related("clauses"),
        "findings": audit.findings.select_related("clause", "unit", "nonconformity", "item"),
        "asked": len(items),
        "answered": sum(hasattr(item, "answer") for item in items),
        "still_open": nonconformity.open_of(audit).count(),
        "verbs": verbs,
        "forms": blank | refused,
    }
    status = 422 if refused else 200
    return render(request, "audits/audit/detail.html", context, status=status)


def _sheet(
    request: UserRequest, audit: Audit, *, refused: dict[int, forms.Form] | None = None
) -> HttpResponse:
    """One group of clauses at a time, with counters for all of them."""
    refused = refused or {}
    items = [*_items(audit)]
    grouped = {key: [*rows] for key, rows in itertools.groupby(items, _group)}
    wanted = request.GET.get("group") or next(
        (_group(item) for item in items if item.pk in refused), next(iter(grouped), "")
    )
    if grouped and wanted not in grouped:
        raise Http404
    keys = [*grouped]
    at = keys.index(wanted) if keys else 0
    shown = grouped.get(wanted, [])
    titles = {
        clause.number: clause.title
        for clause in Clause.objects.of(StandardEdition.default()).filter(number__in=keys)
    }
    may_answer = RULES["audit"]["answer"](request.user, audit)
    may_answer = may_answer and audit.state == AuditState.IN_PROGRESS
    context = {
        "audit": audit,
        "groups": [
            (
                key,
                titles.get(key, ""),
                sum(hasattr(r, "answer") for r in rows),
                len(rows),
                key == wanted,
            )
            for key, rows in grouped.items()
        ],
        "group": wanted,
        "rows": [(item, refused.get(item.pk) or answer_form(item)) for item in shown],
        "answered": sum(hasattr(item, "answer") for item in items),
        "asked": len(items),
        "share": 100 * sum(hasattr(item, "answer") for item in items) / max(1, len(items)),
        "previous": keys[at - 1] if at else "",
        "next": keys[at + 1] if at + 1 < len(keys) else "",
        "may_answer": may_answer,
    }
    return render(request, "audits/audit/sheet.html", context, status=422 if refused else 200)


def _keep(request: UserRequest, item: ChecklistItem, said: dict[str, Any]) -> None:
    services.record_answer(
        item, by=request.user, grade=said["grade"], evidence=said["evidence"],
        revision=said["revision"],
        finding=(said["criterion"], said["statement"]) if said["grade"] in GRADES else None,
    )  # fmt: skip
