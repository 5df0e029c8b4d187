"""Adopting a template, and what the person's agencies have adopted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.permissions import require_writer_anywhere
from qms.kernel.refusals import Unacceptable
from qms.library.forms import AdoptForm
from qms.library.permissions import visible_adoptions, visible_templates
from qms.library.services import adoption as services
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_POST
def adopt(request: UserRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(visible_templates(request.user), pk=pk)
    require_writer_anywhere(request.user)
    form = AdoptForm(request.POST, by=request.user)
    if not form.is_valid():
        raise Unacceptable(_("Chọn cơ quan mà bạn soạn thảo tài liệu để áp dụng mẫu."))
    adoption = services.adopt(template, form.cleaned_data["agency"], by=request.user)
    messages.success(request, _("Đã tạo bản nháp %s từ mẫu của tỉnh.") % adoption.document)
    return redirect(adoption.document)


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    adoptions = visible_adoptions(request.user).for_list()
    page = page_of(adoptions, request)
    return render(request, "library/adoption/list.html", {"page": page})
