"""One's deputies: naming one, ending it before its day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.forms.delegation import CreateForm
from documents.permissions import visible_delegations
from documents.services import delegation as services
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_http_methods(["GET", "HEAD", "POST"])
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    """Who stands in for whom, and naming a deputy on the same page."""
    form = CreateForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            made = services.create(said.pop("agency"), by=request.user, **said)
        except Unacceptable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ủy quyền cho %s.") % made.deputy)
            return redirect("documents:delegation-list")
    context = {
        "form": form,
        "page": page_of(visible_delegations(request.user).for_list(), request),
        "today": timezone.localdate(),
    }
    status = 422 if form.errors else 200
    return render(request, "documents/delegation/list.html", context, status=status)


@require_POST
def end(request: UserRequest, pk: int) -> HttpResponse:
    delegation = get_object_or_404(visible_delegations(request.user).for_list(), pk=pk)
    services.end(delegation, by=request.user)
    messages.success(request, _("Đã kết thúc ủy quyền cho %s.") % delegation.deputy)
    return redirect("documents:delegation-list")
