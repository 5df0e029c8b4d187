"""The page on which the details of a TTHC procedure are filled in, or confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.forms.procedure import NOTHING, ChangeForm
from documents.models import ProcedureDetails
from documents.permissions import require, visible_versions
from documents.services import details
from documents.services import procedure as services
from qms.web.http import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Facts, whole time and steps; before the first save, as the text of the draft says them."""
    version = get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
    require(request.user, "change", ProcedureDetails(version=version))
    services.require_details_kind(version)
    kept = details.details_of(version)
    proposal = None if kept else services.proposal(version)
    said = kept or (proposal.said if proposal else NOTHING)
    form = ChangeForm(request.POST or None, said=said, initial={"revision": version.revision})
    if request.method == "POST" and form.is_valid():
        services.change(
            version, by=request.user, said=form.said(), revision=form.cleaned_data["revision"]
        )
        for fault in services.faults(form.said()):
            messages.warning(request, fault)
        messages.success(request, _("Đã lưu trình tự giải quyết của %s.") % version)
        if "more" in request.POST:
            return redirect("documents:procedure-change", version.pk)
        return redirect(version)
    context = {"version": version, "form": form, "proposal": proposal}
    status = 422 if form.errors else 200
    return render(request, "documents/procedure/change.html", context, status=status)
