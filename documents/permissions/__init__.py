"""Who may see what, and who may do what; one module for each noun, one table of all rules.

Asked by everybody else: `visible_documents(user)`, `visible_versions(user)`,
`require(user, verb, thing)`, `verbs_for(user, version)`.
"""

import re

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _

from documents.models import Version
from documents.permissions import change_request as of_change_request
from documents.permissions import comment as of_comment
from documents.permissions import procedure as of_procedure
from documents.permissions import version as of_version
from documents.permissions.change_request import visible_change_requests
from documents.permissions.control import (
    CONTROLLING,
    require_controller,
    require_delegator,
    visible_delegations,
    visible_routes,
)
from documents.permissions.people import (
    WRITING,
    Rule,
    holders,
    require_member,
    require_writer,
    require_writer_anywhere,
)
from documents.permissions.visibility import (
    DECIDING,
    PUBLISHED,
    audiences_of,
    reach_of,
    scope_of,
    visible_comments,
    visible_documents,
    visible_versions,
)
from qms.agencies.models import User

__all__ = [
    "ALSO",
    "CONTROLLING",
    "DECIDING",
    "PUBLISHED",
    "RULES",
    "WRITING",
    "audiences_of",
    "holders",
    "may",
    "reach_of",
    "require",
    "require_controller",
    "require_delegator",
    "require_member",
    "require_writer",
    "require_writer_anywhere",
    "scope_of",
    "verbs_for",
    "visible_change_requests",
    "visible_comments",
    "visible_delegations",
    "visible_documents",
    "visible_routes",
    "visible_versions",
]
RULES: dict[str, dict[str, Rule]] = {
    "procedure_details": of_procedure.RULES,
    "version": of_version.RULES,
    "comment": of_comment.RULES,
    "change_request": of_change_request.RULES,
}
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
