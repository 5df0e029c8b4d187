"""Who may take the original of a version, unstamped; asked through `documents.permissions`."""

from documents.lifecycles import VersionState
from documents.models import Version
from documents.permissions.people import Rule, has_role
from qms.agencies.models import Role, User

OBSOLETE = (VersionState.SUPERSEDED, VersionState.WITHDRAWN)
_KEEPERS = has_role(Role.QUALITY, Role.APPROVER, Role.AUDITOR, Role.LEAD_AUDITOR)


def may_take_original(user: User, version: Version) -> bool:
    """Whoever sees the version; once obsolete, only those who keep or examine the records."""
    return version.state not in OBSOLETE or _KEEPERS(user, version)


RULES: dict[str, Rule] = {"take_original": may_take_original}
