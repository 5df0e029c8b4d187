"""The search page: documents one may see, and the province's library."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents import lookup
from qms.web.http import UserRequest

LIMIT = 20


@require_safe
def show(request: UserRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    results = lookup.search(query, by=request.user, limit=LIMIT)
    context = {"query": query[:300], "results": results}
    return render(request, "home/search/show.html", context)
