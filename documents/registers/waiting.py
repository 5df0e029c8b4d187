"""What waits for a person in the registers: citations to look at, records due, lists to decide."""

import datetime as dt

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import DisposalState
from documents.models import WARN_DAYS, RecordFile, RecordSeries, Reference
from documents.permissions import visible_disposals
from documents.related import unchecked
from qms.agencies.models import Role, User
from qms.web.task import Task


def waiting_for(user: User) -> list[Task]:
    """Nothing, and no query, for those who neither keep the registers nor decide about them."""
    today = timezone.localdate()
    quality = user.standing.agencies_with(Role.QUALITY)
    approving = user.standing.agencies_with(Role.APPROVER)
    tasks: list[Task] = []
    if quality:
        tasks += [_citation(one) for one in unchecked(user, quality, today)]
        tasks += _due(quality, today)
    if approving:
        tasks += _disposals(user, approving)
    return tasks


def _citation(one: Reference) -> Task:
    external = one.to_external
    assert external is not None  # noqa: S101  # asked for by `unchecked`
    facts = [_("%s đã hết hiệu lực") % external.number]
    if external.replaced_by:
        facts.append(_("thay bằng %s") % external.replaced_by.number)
    return Task(
        "register", "link", _("Xem lại viện dẫn: %s") % one.version.title, one.version.code,
        external.get_absolute_url(), _("Xem viện dẫn"), None, tuple(facts),
    )  # fmt: skip


def _due(agencies: frozenset[int], today: dt.date) -> list[Task]:
    """One task a series, from 30 days before the first of its files is due."""
    files = (
        RecordFile.objects.due_by(today + dt.timedelta(days=WARN_DAYS))
        .filter(series__agency__in=agencies, disposal=None, held=False)
        .order_by()
        .values("series", "series__name")
        .annotate(files=Count("pk"), first=Min("due_on"))
    )
    return [
        Task(
            "register", "archive", _("Hồ sơ đến hạn: %s") % row["series__name"], "",
            RecordSeries(pk=row["series"]).get_absolute_url(), _("Xem hồ sơ"), row["first"],
            (_("%d hồ sơ") % row["files"],),
        )
        for row in files
    ]  # fmt: skip


def _disposals(user: User, agencies: frozenset[int]) -> list[Task]:
    waiting = (
        visible_disposals(user)
        .filter(agency__in=agencies, state=DisposalState.PROPOSED)
        .exclude(proposed_by=user)
        .annotate(files_count=Count("lines"))
    )
    return [
        Task(
            "register", "trash-2", _("Quyết định hủy hồ sơ do %s đề nghị") % one.proposed_name, "",
            reverse("documents:disposal-detail", args=[one.pk]), _("Xem và quyết định"), None,
            (_("%d hồ sơ") % one.files_count,),
        )
        for one in waiting
    ]  # fmt: skip
