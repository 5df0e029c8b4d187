"""Doing without a template, and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qms.agencies.models import Agency
from qms.kernel.refusals import Unacceptable
from qms.library.forms import ReasonForm
from qms.library.models import Waiver
from qms.library.permissions import visible_templates
from qms.library.services import waiver as services
from qms.web.http import UserRequest


@require_POST
def waive(request: UserRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(visible_templates(request.user), pk=pk)
    own = Agency.objects.filter(pk__in=request.user.standing.agencies)
    said = request.POST.get("agency", "")
    agency = get_object_or_404(own, pk=int(said) if said.isdecimal() and len(said) < 10 else 0)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_("Nêu lý do cơ quan không áp dụng mẫu này."))
    services.waive(template, agency, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã ghi: %s không áp dụng mẫu này.") % agency)
    return redirect(template)


@require_POST
def lift(request: UserRequest, pk: int) -> HttpResponse:
    own = Waiver.objects.filter(agency__in=request.user.standing.agencies)
    waiver = get_object_or_404(own.select_related("agency", "template"), pk=pk)
    services.lift(waiver, by=request.user)
    messages.success(request, _("Đã bỏ việc miễn áp dụng mẫu này."))
    return redirect(waiver.template)
