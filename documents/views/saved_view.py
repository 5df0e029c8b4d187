"""A person's saved views of the registers: keep one, open it, forget it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.forms.register import (
    ExternalForm,
    MasterForm,
    RecordsForm,
    RegisterForm,
    SaveViewForm,
)
from documents.models import RegisterName, SavedView
from documents.services import saved_view as services
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest

PAGES: dict[str, tuple[str, type[RegisterForm]]] = {
    RegisterName.MASTER: ("documents:register-list", MasterForm),
    RegisterName.EXTERNAL: ("documents:external-list", ExternalForm),
    RegisterName.RECORDS: ("documents:record-list", RecordsForm),
}


@require_POST
def save(request: UserRequest, register: str) -> HttpResponse:
    """The choices stand in the address, as on the page they were made on."""
    if register not in PAGES:
        raise Http404
    page, kind = PAGES[register]
    chosen, form = kind(request.GET, by=request.user), SaveViewForm(request.POST)
    if not chosen.is_valid():
        raise Unacceptable(_("Sửa bộ lọc cho đúng rồi lưu cách xem."))
    name = form.cleaned_data["name"] if form.is_valid() else ""
    view = services.save(RegisterName(register), by=request.user, name=name, query=chosen.query)
    messages.success(request, _("Đã lưu cách xem “%s”.") % view)
    return redirect(f"{reverse(page)}?{view.query}")


@require_safe
def open(request: UserRequest, pk: int) -> HttpResponse:  # noqa: A001  # the verb is the address
    """The register as it was narrowed; today's rows, and what one may see today."""
    view = get_object_or_404(request.user.saved_views, pk=pk)
    return redirect(f"{_page(view)}?{view.query}")


@require_POST
def remove(request: UserRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(request.user.saved_views, pk=pk)
    services.remove(view, by=request.user)
    messages.success(request, _("Đã bỏ cách xem “%s”.") % view)
    return redirect(_page(view))


def _page(view: SavedView) -> str:
    return reverse(PAGES[view.register][0])
