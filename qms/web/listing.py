"""One page of a long list. What may be listed is said by the apps' permissions."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

M = TypeVar("M")


def page_of(
    rows: QuerySet[Any, M] | Sequence[M], request: HttpRequest, *, size: int = 25
) -> "ListPage[M]":
    """The page that the address asks for with `?page=`; `c/pager.html` draws the links.

    A page that is not there, or is no number, is a page that does not exist (404).
    """
    paginator = Paginator(rows, size)
    try:
        number = paginator.validate_number(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    first = (number - 1) * size
    return ListPage(rows[first : first + size], number, paginator)


class ListPage(Page[M]):
    """Some rows of a longer list, and where among all of them they stand."""

    @property
    def rows(self) -> list[M]:
        return list(self)

    @property
    def total(self) -> int:
        return self.paginator.count

    @property
    def numbers(self) -> list[int]:
        """The page numbers worth a link; 0 stands for a gap."""
        near = self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else 0 for number in near]
