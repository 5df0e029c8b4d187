"""Public face of the models: import from here, never from the submodules."""

from qms.agencies.models.agency import Agency, AgencyKind, AgencyPeriod, Province, Unit
from qms.agencies.models.membership import Membership
from qms.agencies.models.user import Theme, User
from qms.agencies.roles import Role

__all__ = [
    "Agency",
    "AgencyKind",
    "AgencyPeriod",
    "Membership",
    "Province",
    "Role",
    "Theme",
    "Unit",
    "User",
]
