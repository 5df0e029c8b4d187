"""How far reading has come, across the documents one follows: by document and by unit."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from documents.models import ReadingQuerySet, VersionQuerySet
from documents.permissions import follows_anywhere, visible_readings, visible_versions
from documents.permissions.reading import FOLLOWING, UNIT_HEAD
from documents.presenters_reading import progress_by_unit, progress_by_version, progress_of
from qms.kernel.text import code_key, fold
from qms.web.http import UserRequest
from qms.web.listing import page_of

STATES = {
    "": gettext_lazy("Tất cả"),
    "open": gettext_lazy("Còn người chưa đọc"),
    "late": gettext_lazy("Có người quá hạn"),
}


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    """Of whole agencies for the quality office and the head, of their unit for heads of units."""
    if not follows_anywhere(request.user):
        raise PermissionDenied(
            _("Chỉ lãnh đạo, trưởng phòng và Thư ký ISO theo dõi được việc đọc của người khác.")
        )
    state, words = request.GET.get("state", ""), request.GET.get("q", "")[:200]
    if state not in STATES:
        raise Http404
    standing = request.user.standing
    seen = visible_readings(request.user).in_force()
    seen = seen.filter(version__document__agency__in=standing.agencies_with(*FOLLOWING, UNIT_HEAD))
    page = page_of(_versions(request, seen, state, words), request)
    figures = progress_by_version(seen, page.rows)
    context = {
        "page": page,
        "rows": [(version, figures[version.pk]) for version in page.rows],
        "total": progress_of(seen),
        "units": progress_by_unit(seen),
        "words": words,
        "choices": [(word, label, word == state) for word, label in STATES.items()],
        "state": state,
    }
    return render(request, "documents/progress/list.html", context)


def _versions(
    request: UserRequest, seen: ReadingQuerySet, state: str, words: str
) -> VersionQuerySet:
    """Versions in force that somebody is to read, narrowed as asked."""
    wanted = seen.counted().filter(version=OuterRef("pk"))
    if state == "open":
        wanted = wanted.filter(acknowledged_at=None)
    elif state == "late":
        wanted = wanted.late(timezone.localdate())
    versions = visible_versions(request.user).in_force().filter(Exists(wanted))
    for word in fold(words).split()[:10]:
        versions = versions.filter(document__title_folded__contains=word) | versions.filter(
            document__code_key__contains=code_key(word)
        )
    return (
        versions.select_related("document__agency")
        .defer("text_folded")
        .order_by("document__agency__code", "document__code_key", "pk")
    )
