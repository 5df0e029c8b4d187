"""The figures beside the inbox: how the system of each of one's agencies stands today."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from audits.permissions import visible_nonconformities
from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import DocumentKind
from documents.permissions import visible_versions
from qms.agencies.models import User

# Somebody at more agencies than this looks at lists, not at cards.
MOST = 3


@dataclass(frozen=True, slots=True)
class System:
    """Counts of what this person may see at one agency; never of anything else."""

    pk: int
    name: str
    in_force: int
    in_flight: int
    open: int
    overdue: int


def systems_of(user: User, today: dt.date) -> list[System]:
    """One entry an agency, two queries in all; nothing for people of many agencies."""
    names = user.standing.names
    if len(names) > MOST:
        return []
    versions = {
        row["document__agency"]: row
        for row in visible_versions(user)
        .filter(document__agency__in=names)
        .exclude(document__kind=DocumentKind.GUIDANCE)
        .order_by()
        .values("document__agency")
        .annotate(
            in_force=Count("document", Q(state=VersionState.IN_FORCE), distinct=True),
            in_flight=Count("document", Q(state__in=IN_FLIGHT), distinct=True),
        )
    }
    cases = {
        row["agency"]: row
        for row in visible_nonconformities(user)
        .open()
        .order_by()
        .values("agency")
        .annotate(open=Count("pk"), overdue=Count("pk", Q(due_on__lt=today)))
    }
    none = {"in_force": 0, "in_flight": 0, "open": 0, "overdue": 0}
    return [
        System(pk, name, *((none | versions.get(pk, {}) | cases.get(pk, {}))[key] for key in none))
        for pk, name in names.items()
    ]
