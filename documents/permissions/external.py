"""Who sees an agency's list of documents of others, and who keeps it."""

from documents.models import ExternalDocument, ExternalDocumentQuerySet
from documents.permissions.people import WRITING, Rule, has_role
from qms.agencies.models import Role, User

RULES: dict[str, Rule] = {
    "change": has_role(*WRITING),
    "repeal": has_role(*WRITING),
    "check": has_role(Role.QUALITY),
}


def visible_external_documents(user: User) -> ExternalDocumentQuerySet:
    """Those of the person's own agencies."""
    return ExternalDocument.objects.filter(agency__in=user.standing.agencies)
