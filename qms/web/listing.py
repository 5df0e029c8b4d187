"""One page of a long list. What may be listed is said by the apps' permissions."""

from typing import Any, TypeVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

M = TypeVar("M", bound=Model)


def page_of(queryset: QuerySet[M, Any], request: HttpRequest, *, size: int = 25) -> Page[M]:
    """The page that the address asks for with `?page=`.

    A page that is not there, or is no number, is a page that does not exist (404).
    `{% pager page %}` draws the links and keeps the rest of the query string.
    """
    paginator = Paginator(queryset, size)
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
