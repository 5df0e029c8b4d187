"""The figures beside the inbox: how the system of each of one's agencies stands today."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

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
    versions: dict[int, Any] = {
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
    cases: dict[int, Any] = {
        row["agency"]: row
        for row in visible_nonconformities(user)
        .open()
        .order_by()
        .values("agency")
        .annotate(open=Count("pk"), overdue=Count("pk", Q(due_on__lt=today)))
    }
    systems = []
    for pk, name in names.items():
        version, case = versions.get(pk, {}), cases.get(pk, {})
        systems.append(
            System(
                pk=pk,
                name=name,
                in_force=int(version.get("in_force", 0)),
                in_flight=int(version.get("in_flight", 0)),
                open=int(case.get("open", 0)),
                overdue=int(case.get("overdue", 0)),
            )
        )
    return systems
