"""Who may see what, and who may do what; one module for each noun, one table of all rules.

Asked by everybody else: `visible_documents(user)`, `visible_versions(user)`,
`require(user, verb, thing)`, `verbs_for(user, version)`.
"""

import re

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _

from documents.models import Version
from documents.permissions import batch as of_batch
from documents.permissions import version as of_version
from documents.permissions.batch import visible_batches
from documents.permissions.people import (
    WRITING,
    Rule,
    holders,
    require_writer,
    require_writer_anywhere,
)
from documents.permissions.visibility import (
    DECIDING,
    PUBLISHED,
    audiences_of,
    reach_of,
    scope_of,
    visible_documents,
    visible_versions,
)
from qms.agencies.models import User

__all__ = [
    "ALSO",
    "DECIDING",
    "PUBLISHED",
    "RULES",
    "WRITING",
    "audiences_of",
    "holders",
    "may",
    "reach_of",
    "require",
    "require_writer",
    "require_writer_anywhere",
    "scope_of",
    "verbs_for",
    "visible_batches",
    "visible_documents",
    "visible_versions",
]
RULES: dict[str, dict[str, Rule]] = {"batch": of_batch.RULES, "version": of_version.RULES}
ALSO = of_version.ALSO
_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def may(user: User, verb: str, thing: Model) -> bool:
    """Whether `user` may do `verb` to a thing of this kind; its state is not asked."""
    noun = _INSIDE.sub("_", type(thing).__name__).lower()
    return RULES[noun][verb](user, thing)


def require(user: User, verb: str, thing: Model) -> None:
    """Refuse with `PermissionDenied` and a sentence unless `user` may do `verb`."""
    if not may(user, verb, thing):
        raise PermissionDenied(_("Bạn không có quyền làm việc này với %s.") % thing)


def verbs_for(user: User, version: Version) -> list[str]:
    """What `user` can do now: legal in this state and allowed to this person."""
    return [verb for verb in of_version.verbs_from(version) if may(user, verb, version)]
