"""Who may fill in the details of a TTHC procedure; asked through `documents.permissions`."""

from typing import Any

from documents.permissions.people import Rule
from documents.permissions.version import may_write
from qms.agencies.models import User


def may_change(user: User, details: Any) -> bool:
    """Whoever writes the version."""
    return may_write(user, details.version)


RULES: dict[str, Rule] = {"change": may_change}
