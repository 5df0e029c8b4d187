"""Who may say what becomes of a Word file that came late."""

from documents.models import LateUpload
from documents.permissions.people import Rule
from documents.permissions.version import may_write
from qms.agencies.models import User


def may_settle(user: User, upload: LateUpload) -> bool:
    """Whoever writes in the draft."""
    return may_write(user, upload.version)


RULES: dict[str, Rule] = {"take": may_settle, "drop": may_settle}
