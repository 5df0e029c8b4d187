"""Whether the house can serve: for the machine that watches it, in one word."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qms.agencies.models import Agency


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    try:
        Agency.objects.exists()
    except DatabaseError:
        return HttpResponse("database", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
