"""The people of a distribution list: its lines read out against who works where today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from documents.models import Distribution, DistributionLine, Document
from qms.agencies.models import Agency, Membership, Unit, User


@dataclass(frozen=True, slots=True)
class Worker:
    """One person of the agency today: roles by unit, position and first unit."""

    user: User
    places: frozenset[tuple[str, int | None]]
    position: str
    unit: Unit | None

    def is_on(self, line: DistributionLine) -> bool:
        if line.person_id is not None:
            return line.person_id == self.user.pk
        return any(
            line.role in ("", role) and line.unit_id in (None, unit) for role, unit in self.places
        )


def list_of(document: Document) -> Distribution | None:
    """The list that holds for a document: its own, else the default of its kind."""
    return Distribution.objects.covering(document).with_lines().first()


def workers_of(agency: Agency) -> dict[int, Worker]:
    """Everybody who works at the agency today, by id, in one query."""
    rows = (
        Membership.objects.current(timezone.localdate())
        .filter(agency=agency, user__is_active=True)
        .select_related("user", "unit")
        .order_by("pk")
    )
    held: dict[int, list[Membership]] = {}
    for row in rows:
        held.setdefault(row.user_id, []).append(row)
    return {
        pk: Worker(
            user=mine[0].user,
            places=frozenset((row.role, row.unit_id) for row in mine),
            position=mine[0].position,
            unit=next((row.unit for row in mine if row.unit), None),
        )
        for pk, mine in held.items()
    }


def on_list(workers: Mapping[int, Worker], lines: Iterable[DistributionLine]) -> dict[int, Worker]:
    """Those of `workers` whom a line of the list names."""
    wanted = list(lines)
    return {
        pk: worker for pk, worker in workers.items() if any(worker.is_on(line) for line in wanted)
    }
