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
from documents.permissions import change_request as of_change_request
from documents.permissions import comment as of_comment
from documents.permissions import controlled_copy as of_copy
from documents.permissions import copy as of_issued
from documents.permissions import external as of_external
from documents.permissions import late_upload as of_late_upload
from documents.permissions import procedure as of_procedure
from documents.permissions import promulgation as of_promulgation
from documents.permissions import reader as of_reader
from documents.permissions import reading as of_reading
from documents.permissions import record as of_record
from documents.permissions import version as of_version
from documents.permissions.batch import visible_batches
from documents.permissions.change_request import visible_change_requests
from documents.permissions.control import (
    CONTROLLING,
    require_controller,
    require_delegator,
    visible_delegations,
    visible_routes,
)
from documents.permissions.controlled_copy import visible_copies
from documents.permissions.external import visible_external_documents
from documents.permissions.holding import checkout_of, forget_checkout, is_open_to
from documents.permissions.people import (
    WRITING,
    Rule,
    holders,
    require_member,
    require_writer,
    require_writer_anywhere,
    staff_of,
)
from documents.permissions.promulgation import (
    ISSUING,
    promulgation_verbs,
    require_issuer,
    require_issuer_anywhere,
    visible_promulgations,
)
from documents.permissions.reader import (
    name_reader,
    named_groups,
    named_readers,
    unname_reader,
)
from documents.permissions.reading import follows, follows_anywhere, visible_readings
from documents.permissions.record import (
    KEEPING,
    visible_disposals,
    visible_record_files,
    visible_record_series,
)
from documents.permissions.visibility import (
    DECIDING,
    PUBLISHED,
    audiences_of,
    reach_of,
    scope_of,
    sees,
    visible_comments,
    visible_documents,
    visible_versions,
)
from qms.agencies.models import User

__all__ = [
    "ALSO",
    "CONTROLLING",
    "DECIDING",
    "ISSUING",
    "KEEPING",
    "PUBLISHED",
    "RULES",
    "WRITING",
    "audiences_of",
    "checkout_of",
    "follows",
    "follows_anywhere",
    "forget_checkout",
    "holders",
    "is_open_to",
    "may",
    "name_reader",
    "named_groups",
    "named_readers",
    "promulgation_verbs",
    "reach_of",
    "require",
    "require_controller",
    "require_delegator",
    "require_issuer",
    "require_issuer_anywhere",
    "require_member",
    "require_writer",
    "require_writer_anywhere",
    "scope_of",
    "sees",
    "staff_of",
    "unname_reader",
    "verbs_for",
    "visible_batches",
    "visible_change_requests",
    "visible_comments",
    "visible_copies",
    "visible_delegations",
    "visible_disposals",
    "visible_documents",
    "visible_external_documents",
    "visible_promulgations",
    "visible_readings",
    "visible_record_files",
    "visible_record_series",
    "visible_routes",
    "visible_versions",
]
RULES: dict[str, dict[str, Rule]] = {
    "version": of_version.RULES | of_issued.RULES,
    "promulgation": of_promulgation.RULES,
    "procedure_details": of_procedure.RULES,
    "batch": of_batch.RULES,
    "comment": of_comment.RULES,
    "change_request": of_change_request.RULES,
    "distribution": of_reading.DISTRIBUTION_RULES,
    "dissemination": of_reading.DISSEMINATION_RULES,
    "reading": of_reading.RULES,
    "controlled_copy": of_copy.RULES,
    "document": of_reader.RULES,
    "external_document": of_external.RULES,
    "record_series": of_record.SERIES_RULES,
    "record_file": of_record.FILE_RULES,
    "disposal": of_record.DISPOSAL_RULES,
    "late_upload": of_late_upload.RULES,
}
ALSO = of_version.ALSO
_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def may(user: User, verb: str, thing: Model) -> bool:
    """Whether `user` may do `verb` to a thing of this kind; its state is not asked.

    What a role allows at the agency does not reach a restricted document he does not see.
    """
    noun = _INSIDE.sub("_", type(thing).__name__).lower()
    return RULES[noun][verb](user, thing) and not _is_hidden(user, thing)


def _is_hidden(user: User, thing: Model) -> bool:
    if user.is_clock or not isinstance(thing, Version) or not thing.document.restricted:
        return False
    return not sees(user, thing)


def require(user: User, verb: str, thing: Model) -> None:
    """Refuse with `PermissionDenied` and a sentence unless `user` may do `verb`."""
    if not may(user, verb, thing):
        raise PermissionDenied(_("Bạn không có quyền làm việc này với %s.") % thing)


def verbs_for(user: User, version: Version) -> list[str]:
    """What `user` can do now: legal in this state, allowed to this person, held by nobody else."""
    legal = of_version.verbs_from(version)
    allowed = [verb for verb in legal if may(user, verb, version)]
    return [verb for verb in allowed if is_open_to(user, verb, version)]
