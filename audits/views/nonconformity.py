"""Pages about nonconformities: the list, one case with its next step, and a new report."""

import builtins
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audits.forms import (
    AcceptForm,
    EmptyForm,
    NoteForm,
    PlanForm,
    ReasonForm,
    ReportForm,
    ResultForm,
)
from audits.lifecycles import OPEN, NonconformityState
from audits.models import Action, Nonconformity, NonconformityQuerySet
from audits.permissions import is_responsible, require, verbs_for, visible_nonconformities
from audits.services import nonconformity as services
from audits.services.nonconformity import PlannedAction
from qms.trail.models import Event
from qms.web.http import UserRequest
from qms.web.listing import page_of

Actions = builtins.list[tuple[Action, forms.Form | None]]
FORMS: dict[str, Callable[..., forms.Form]] = {
    "accept": AcceptForm,
    "plan": PlanForm,
    "send_back": ReasonForm,
    "verify": NoteForm,
    "reissue": NoteForm,
}


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    chosen = request.GET.get("state", "")
    choices = _choices()
    if chosen not in choices:
        raise Http404
    visible = visible_nonconformities(request.user)
    context = {
        "page": page_of(choices[chosen][1](visible).for_list(), request),
        "choices": [(word, label, word == chosen) for word, (label, _of) in choices.items()],
        "today": timezone.localdate(),
    }
    return render(request, "audits/nonconformity/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    if not request.user.standing.agencies:
        raise PermissionDenied(_("Bạn chưa thuộc cơ quan nào."))
    form = ReportForm(
        request.POST or None,
        agencies=request.user.standing.agencies,
        wanted=request.GET.get("agency", ""),
    )
    if request.method == "POST" and form.is_valid():
        case = services.report(
            form.cleaned_data.pop("agency"), by=request.user, **form.cleaned_data
        )
        messages.success(request, _("Đã ghi nhận %s. Thư ký ISO sẽ tiếp nhận.") % case.number)
        return redirect(case)
    status = 422 if form.errors else 200
    return render(request, "audits/nonconformity/create.html", {"form": form}, status=status)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
def accept(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.accept, _("Đã giao %s cho người chịu trách nhiệm."))


@require_POST
def plan(request: UserRequest, pk: int) -> HttpResponse:
    case = _visible(request, pk)
    require(request.user, "nonconformity", "plan", case)
    form = PlanForm(request.POST, case=case, auto_id="plan_%s")
    if not form.is_valid():
        return _page(request, case, plan=form)
    services.plan(
        case, by=request.user, correction=form.cleaned_data["correction"],
        cause=form.cleaned_data["cause"], actions=[PlannedAction(*row) for row in form.rows()],
    )  # fmt: skip
    messages.success(request, _("Đã trình biện pháp của %s.") % case)
    return redirect(case)


@require_POST
def send_back(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.send_back, _("Đã trả lại biện pháp của %s."))


@require_POST
def approve_plan(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.approve_plan, _("Đã duyệt biện pháp của %s."))


@require_POST
def finish(request: UserRequest, pk: int, action: int) -> HttpResponse:
    case = _visible(request, pk)
    chosen = get_object_or_404(case.actions.select_related("nonconformity"), pk=action)
    form = ResultForm(request.POST, auto_id=f"finish{chosen.pk}_%s")
    if not form.is_valid():
        return _page(request, case, **{f"finish{chosen.pk}": form})
    services.finish(chosen, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã ghi kết quả hành động của %s.") % case)
    return redirect(case)


@require_POST
def complete(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.complete, _("%s chuyển sang chờ xác minh hiệu lực."))


@require_POST
def verify(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.verify, _("Đã xác minh và đóng %s."))


@require_POST
def reissue(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.reissue, _("%s không đạt, đã lập phiếu mới."))


def _choices() -> (
    "dict[str, tuple[str, Callable[[NonconformityQuerySet], NonconformityQuerySet]]]"
):
    """The filters of the list: word in the address → label and what it keeps."""
    today = timezone.localdate()
    return {
        "": (_("Đang mở"), lambda rows: rows.filter(state__in=OPEN)),
        "overdue": (_("Quá hạn"), lambda rows: rows.overdue(today)),
        "closed": (_("Đã đóng"), lambda rows: rows.exclude(state__in=OPEN)),
        "all": (_("Tất cả"), lambda rows: rows),
    }


def _act(request: UserRequest, pk: int, service: Callable[..., object], done: str) -> HttpResponse:
    """Ask the form of the verb, do it, say so; a form with errors shows the page again."""
    case, verb = _visible(request, pk), service.__name__
    require(request.user, "nonconformity", verb, case)
    form = _form(verb, case, request.POST)
    if not form.is_valid():
        return _page(request, case, **{verb: form})
    service(case, by=request.user, **form.cleaned_data)
    messages.success(request, done % case)
    return redirect(case)


def _form(verb: str, case: Nonconformity, data: Any = None) -> forms.Form:
    kind, auto_id = FORMS.get(verb, EmptyForm), f"{verb}_%s"
    if verb in {"accept", "plan"}:
        return kind(data, case=case, auto_id=auto_id)
    return kind(data, auto_id=auto_id)


def _visible(request: UserRequest, pk: int) -> Nonconformity:
    return get_object_or_404(visible_nonconformities(request.user).for_page(), pk=pk)


def _page(request: UserRequest, case: Nonconformity, **refused: forms.Form) -> HttpResponse:
    verbs = verbs_for(request.user, "nonconformity", case)
    events = Event.objects.filter(subject_type="audits.nonconformity", subject_id=case.pk)
    actions = _actions(request, case, refused)
    context = {
        "case": case,
        "verbs": verbs,
        "forms": {verb: _form(verb, case) for verb in verbs} | refused,
        "actions": actions,
        "still_open": sum(action.done_on is None for action, _form in actions),
        "verification": getattr(case, "verification", None),
        "reissue": getattr(case, "reissue", None),
        "events": events.order_by("-pk")[:20],
    }
    status = 422 if refused else 200
    return render(request, "audits/nonconformity/detail.html", context, status=status)


def _actions(request: UserRequest, case: Nonconformity, refused: dict[str, forms.Form]) -> Actions:
    """Each action with the form to report it done, for those who may."""
    running = case.state == NonconformityState.IN_PROGRESS
    responsible = is_responsible(request.user, case)
    rows: Actions = []
    for action in case.actions.select_related("owner"):
        may = running and action.done_on is None
        may = may and (responsible or action.owner_id == request.user.pk)
        form = ResultForm(auto_id=f"finish{action.pk}_%s") if may else None
        rows.append((action, refused.get(f"finish{action.pk}", form)))
    return rows
