"""How an agency controls its documents: one page to see and change it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.forms.control import ChangeForm
from documents.permissions import CONTROLLING
from documents.services import control as services
from qms.agencies.models import Agency, User
from qms.web.http import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest) -> HttpResponse:
    wanted = request.POST.get("agency") or request.GET.get("agency", "")
    agency = controlled_agency(request.user, wanted)
    form = ChangeForm(request.POST or None, by=request.user, chosen=agency)
    asked = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not asked:
        services.change(agency, by=request.user, **form.said())
        messages.success(request, _("Đã lưu thiết lập của %s.") % agency)
        return redirect(reverse("documents:control-change") + f"?agency={agency.pk}")
    status = 422 if form.errors else 200
    return render(request, "documents/control/change.html", {"form": form}, status=status)


def controlled_agency(user: User, wanted: str) -> Agency:
    """The agency asked for among those the person controls, else the first of them."""
    controlled = Agency.objects.filter(pk__in=user.standing.agencies_with(*CONTROLLING))
    if not controlled:
        raise PermissionDenied(_("Chỉ Thư ký ISO và quản trị cơ quan mở được trang này."))
    if wanted.isdecimal():
        return get_object_or_404(controlled, pk=wanted)
    return controlled[0]
