"""What the library does when something happens to a document.

A reaction takes the event, may run twice, and must leave the same result both times.
"""

from documents.models import DocumentKind, Version
from documents.reactions import index_documents
from qms.library.services import update as updates
from qms.trail.models import Event
from qms.trail.services import Reactions


def follow(event: Event) -> None:
    """A version came into force: a template's is offered to its adopters, an adopter's settles."""
    version = Version.objects.select_related("document").get(pk=event.subject_id)
    if version.document.kind == DocumentKind.GUIDANCE:
        updates.offer(version)
    else:
        updates.come_into_force(version)


def make_findable(event: Event) -> None:
    """What was adopted in one act goes into the index in one write."""
    index_documents(event.facts["documents"])


def reopen(event: Event) -> None:
    """A draft made of an update was discarded."""
    updates.take_back(Version.objects.get(pk=event.subject_id))


REACTIONS: Reactions = {
    "library.adopted": [make_findable],
    "version.put_in_force": [follow],
    "version.registered": [follow],
    "version.discarded": [reopen],
}
