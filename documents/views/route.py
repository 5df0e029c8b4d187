"""The routes of an agency: what they are, and setting another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms.route import CreateForm
from documents.permissions import CONTROLLING, visible_routes
from documents.services import route as services
from documents.views.control import controlled_agency
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    context = {
        "page": page_of(visible_routes(request.user).for_list(), request),
        "may_create": request.user.standing.is_anywhere(*CONTROLLING),
        "controlled": request.user.standing.agencies_with(*CONTROLLING),
    }
    return render(request, "documents/route/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: UserRequest) -> HttpResponse:
    agency = controlled_agency(
        request.user, request.POST.get("agency") or request.GET.get("agency", "")
    )
    form = CreateForm(request.POST or None, by=request.user, chosen=agency)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            route = services.create(
                agency, by=request.user, name=said["name"], kind=said["kind"], steps=form.steps()
            )
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã đặt tuyến %s cho những lần trình sau.") % route)
            return redirect("documents:route-list")
    status = 422 if form.errors else 200
    return render(request, "documents/route/create.html", {"form": form}, status=status)


@require_POST
def retire(request: UserRequest, pk: int) -> HttpResponse:
    route = get_object_or_404(visible_routes(request.user).select_related("agency"), pk=pk)
    services.retire(route, by=request.user)
    messages.success(request, _("Đã ngừng dùng tuyến %s.") % route)
    return redirect("documents:route-list")
