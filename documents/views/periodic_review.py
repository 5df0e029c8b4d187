"""Which documents must be looked at again, and when."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from documents.permissions import visible_versions
from documents.services.periodic_review import due_until
from qms.agencies.models import Role
from qms.web.http import UserRequest
from qms.web.listing import page_of

WITHIN = {
    "late": (_("Đã quá hạn"), -1), "30": (_("Trong 30 ngày"), 30), "60": (_("Trong 60 ngày"), 60),
    "90": (_("Trong 90 ngày"), 90), "all": (_("Tất cả"), 3660),
}  # fmt: skip


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    """Documents in force at the agencies whose quality office one is, by the day they are due."""
    within = request.GET.get("within", "90")
    if within not in WITHIN:
        raise Http404
    today = timezone.localdate()
    own = request.user.standing.agencies_with(Role.QUALITY)
    versions = (
        visible_versions(request.user)
        .in_force()
        .filter(document__agency__in=own)
        .select_related("document__agency", "document__unit")
        .defer("text_folded")
    )
    rows = due_until(versions, today + dt.timedelta(days=WITHIN[within][1]))
    context = {
        "page": page_of(rows, request),
        "today": today,
        "chips": [(word, label, word == within) for word, (label, _days) in WITHIN.items()],
    }
    return render(request, "documents/periodic_review/list.html", context)
