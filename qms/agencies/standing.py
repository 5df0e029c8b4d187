"""A person's standing: at which agencies, in which roles and units, in what position."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from qms.agencies.roles import Role

if TYPE_CHECKING:
    from qms.agencies.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """The memberships of one person that hold today, in one look-up.

    `by_agency` maps agency id to roles, `positions` agency id to position title,
    `units` is every unit the person belongs to, `names` agency id to short name.
    """

    by_agency: dict[int, frozenset[Role]]
    positions: dict[int, str]
    units: frozenset[int]
    names: dict[int, str]

    @classmethod
    def of(cls, user: User) -> Standing:
        """One query; an inactive or anonymous person stands nowhere."""
        roles: dict[int, set[Role]] = defaultdict(set)
        positions: dict[int, str] = {}
        names: dict[int, str] = {}
        units: set[int] = set()
        if not user.is_active:
            return cls({}, {}, frozenset(), {})
        rows = user.memberships.current(timezone.localdate()).order_by("pk")
        for agency, role, unit, position, name in rows.values_list(
            "agency_id", "role", "unit_id", "position", "agency__short_name"
        ):
            roles[agency].add(Role(role))
            names[agency] = name
            positions.setdefault(agency, position)
            if unit is not None:
                units.add(unit)
        return cls(
            {agency: frozenset(held) for agency, held in roles.items()},
            positions,
            frozenset(units),
            names,
        )

    @property
    def agencies(self) -> frozenset[int]:
        return frozenset(self.by_agency)

    def roles(self, agency_id: int) -> frozenset[Role]:
        return self.by_agency.get(agency_id, frozenset())

    def has(self, agency_id: int, *roles: Role) -> bool:
        """Whether the person holds any of `roles` at that agency."""
        return not self.roles(agency_id).isdisjoint(roles)

    def agencies_with(self, *roles: Role) -> frozenset[int]:
        """The agencies where the person holds any of `roles`."""
        return frozenset(a for a, held in self.by_agency.items() if not held.isdisjoint(roles))

    def is_anywhere(self, *roles: Role) -> bool:
        return bool(self.agencies_with(*roles))

    def position_at(self, agency_id: int) -> str:
        return self.positions.get(agency_id, "")
