"""What one was told, newest first; the bell leads here."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from qms.notices.models import Notice
from qms.web.http import UserRequest
from qms.web.listing import page_of


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    mine = Notice.objects.filter(person=request.user).select_related("agency")
    context = {"page": page_of(mine, request), "unseen": mine.unseen().exists()}
    return render(request, "notices/notice/list.html", context)


@require_POST
def follow(request: UserRequest, pk: int) -> HttpResponse:
    """Open what the notice is about, and know it as seen."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    Notice.objects.unseen().filter(pk=notice.pk).update(seen_at=timezone.now())
    safe = url_has_allowed_host_and_scheme(notice.address, allowed_hosts=None)
    return redirect(notice.address if safe else "notices:notice-list")


@require_POST
def clear(request: UserRequest) -> HttpResponse:
    """Know all of them as seen."""
    Notice.objects.unseen().filter(person=request.user).update(seen_at=timezone.now())
    return redirect("notices:notice-list")
