"""Newer versions of adopted templates: what waits, the merge side by side, taking and declining."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.library.forms import ChoicesForm, ReasonForm
from qms.library.models import OPEN, UpdateState
from qms.library.permissions import visible_updates, writes_for
from qms.library.presenters import MergePage
from qms.library.services import update as services
from qms.web.http import UserRequest
from qms.web.listing import page_of

MOST_AT_ONCE = 200


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    """Everything that waits for the person's agencies; those that merge by themselves first."""
    updates = visible_updates(request.user)
    page = page_of(updates.open().for_list(), request, size=50)
    context = {
        "page": page,
        "clean": updates.filter(state=UpdateState.CLEAN).count(),
        "comparing": updates.filter(state=UpdateState.WAITING).count(),
    }
    return render(request, "library/update/list.html", context)


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    """What the province changed, what becomes of ours, and what must be decided."""
    update = get_object_or_404(visible_updates(request.user).for_work(), pk=pk)
    context = {
        "update": update,
        "open": update.state in OPEN,
        "page": MergePage.of(update) if update.state in OPEN else None,
        "may": writes_for(request.user, update.adoption.agency),
        "reason": ReasonForm(),
    }
    return render(request, "library/update/detail.html", context)


@require_POST
def take(request: UserRequest, pk: int) -> HttpResponse:
    update = get_object_or_404(visible_updates(request.user).for_work(), pk=pk)
    keys = [conflict.key for conflict in services.merge_of(update).conflicts]
    form = ChoicesForm(request.POST, keys=keys)
    if not form.is_valid():
        raise Unacceptable(_("Chọn bản của tỉnh hoặc bản của cơ quan cho từng chỗ."))
    draft = services.take(update, by=request.user, choices=form.choices())
    messages.success(request, _("Đã đưa bản mới của tỉnh vào bản nháp. Xem lại rồi trình."))
    return redirect(draft)


@require_POST
def take_clean(request: UserRequest) -> HttpResponse:
    """All that merge without a question, in one press."""
    clean = visible_updates(request.user).filter(state=UpdateState.CLEAN).for_work()
    if not clean:
        raise IllegalMove(_("Không có bản mới nào trộn được ngay. Mở từng bản để chọn."))
    made, left = services.take_clean(clean.order_by("pk")[:MOST_AT_ONCE], by=request.user)
    if made:
        messages.success(request, _("Đã tạo %d bản nháp từ bản mới của tỉnh.") % len(made))
    for sentence in left[:5]:
        messages.warning(request, sentence)
    return redirect("library:update-list")


@require_POST
def decline(request: UserRequest, pk: int) -> HttpResponse:
    update = get_object_or_404(visible_updates(request.user).for_work(), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_("Nêu lý do cơ quan không nhận bản mới này."))
    services.decline(update, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã ghi: cơ quan không nhận bản mới này."))
    return redirect("library:update-list")
