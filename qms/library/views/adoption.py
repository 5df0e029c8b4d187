"""Adopting templates, one or a whole set, and what the person's agencies have adopted."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.permissions import WRITING, require_writer_anywhere
from qms.agencies.models import Agency
from qms.kernel.refusals import Unacceptable
from qms.library.forms import AdoptForm, AnswersForm
from qms.library.models import Template, TemplateSet
from qms.library.permissions import visible_adoptions, visible_templates
from qms.library.services import adoption as services
from qms.library.services.filling import Question, questions, values_for
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: UserRequest, pk: int) -> HttpResponse:
    """One template with its forms: the code, and what the text still leaves open."""
    template = get_object_or_404(visible_templates(request.user), pk=pk)
    agency = _agency(request)
    wanted = [template, *template.forms.select_related("document")]
    form = AdoptForm(request.POST or None, questions=_questions(agency, wanted))
    if request.method == "POST" and form.is_valid():
        try:
            adoption = services.adopt(
                template, agency, by=request.user, answers=form.answers(),
                code=form.cleaned_data["code"],
            )  # fmt: skip
        except Unacceptable as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Đã tạo bản nháp %s từ mẫu của tỉnh.") % adoption.document)
            return redirect(adoption.document)
    return _asked(request, form, {"template": template} | _plan(agency, wanted))


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_set(request: UserRequest, pk: int) -> HttpResponse:
    """A whole set in one act; what is adopted or waived already is left out."""
    chosen = get_object_or_404(TemplateSet, pk=pk)
    agency = _agency(request)
    wanted = [*visible_templates(request.user).filter(sets=chosen).select_related("document")]
    form = AnswersForm(request.POST or None, questions=_questions(agency, wanted))
    if request.method == "POST" and form.is_valid():
        made = services.adopt_all(wanted, agency, by=request.user, answers=form.answers())
        messages.success(request, _("Đã tạo %d bản nháp từ bộ mẫu của tỉnh.") % len(made))
        return redirect("library:adoption-list")
    return _asked(request, form, {"set": chosen} | _plan(agency, wanted))


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    adoptions = visible_adoptions(request.user).for_list()
    page = page_of(adoptions, request)
    return render(request, "library/adoption/list.html", {"page": page})


def _plan(agency: Agency, wanted: Sequence[Template]) -> dict[str, object]:
    """What will be adopted under which codes."""
    return {"agency": agency, "takings": services.plan(wanted, agency)}


def _asked(request: UserRequest, form: AnswersForm, plan: dict[str, object]) -> HttpResponse:
    writes = Agency.objects.filter(pk__in=request.user.standing.agencies_with(*WRITING))
    context = plan | {"form": form, "agencies": writes}
    status = 422 if form.errors else 200
    return render(request, "library/adoption/adopt.html", context, status=status)


def _agency(request: UserRequest) -> Agency:
    """The agency chosen, of those the person writes for; the only or first one else."""
    require_writer_anywhere(request.user)
    writes = Agency.objects.filter(pk__in=request.user.standing.agencies_with(*WRITING))
    said = request.POST.get("agency") or request.GET.get("agency") or ""
    chosen = writes.filter(pk=int(said)).first() if said.isdecimal() and len(said) < 10 else None
    if said and chosen is None:
        raise Unacceptable(_("Chọn cơ quan mà bạn soạn thảo tài liệu để áp dụng mẫu."))
    return chosen or writes[0]


def _questions(agency: Agency, wanted: Sequence[Template]) -> "Sequence[Question]":
    takings = services.plan(wanted, agency)
    texts = services.texts_of_takings(takings)
    return questions(agency, texts, values_for(agency))
