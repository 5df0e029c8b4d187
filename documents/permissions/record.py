"""Who sees an agency's records, who keeps them, and who decides that they are disposed of."""

from django.db.models import QuerySet

from documents.models import (
    Disposal,
    RecordFile,
    RecordFileQuerySet,
    RecordSeries,
    RecordSeriesQuerySet,
)
from documents.permissions.people import WRITING, Rule
from qms.agencies.models import Role, User

# Who sees the files themselves and what becomes of them; the list is for everybody there.
KEEPING = (*WRITING, Role.APPROVER)


def of_series(*roles: Role) -> Rule:
    return lambda user, series: user.standing.has(series.agency_id, *roles)


def of_file(*roles: Role) -> Rule:
    return lambda user, file: user.standing.has(file.series.agency_id, *roles)


def decides(user: User, disposal: Disposal) -> bool:
    """The head; never who proposed it, whatever else he may be."""
    return disposal.proposed_by_id != user.pk and user.standing.has(
        disposal.agency_id, Role.APPROVER
    )


SERIES_RULES: dict[str, Rule] = {"change": of_series(*WRITING), "keep": of_series(*WRITING)}
FILE_RULES: dict[str, Rule] = {
    "change": of_file(*WRITING),
    "hold": of_file(Role.QUALITY, Role.APPROVER),
    "lift": of_file(Role.QUALITY, Role.APPROVER),
}
DISPOSAL_RULES: dict[str, Rule] = {"approve": decides, "refuse": decides}


def visible_record_series(user: User) -> RecordSeriesQuerySet:
    """The lines of the lists of the person's own agencies."""
    return RecordSeries.objects.filter(agency__in=user.standing.agencies)


def visible_record_files(user: User) -> RecordFileQuerySet:
    """Files, for those who keep records at the agency or decide about them."""
    return RecordFile.objects.filter(series__agency__in=user.standing.agencies_with(*KEEPING))


def visible_disposals(user: User) -> QuerySet[Disposal]:
    """Proposals and decisions, for the same people."""
    return Disposal.objects.filter(agency__in=user.standing.agencies_with(*KEEPING))
