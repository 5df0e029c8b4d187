"""What else happens when something happens to a document.

Read REACTIONS as the answer to "who listens to this?". A reaction takes the event,
may run twice, and must leave the same result both times.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from documents.lifecycles import IN_FLIGHT, VERSION_LIFECYCLE, VersionState
from documents.models import Document, DocumentKind, ExternalDocument, Version, VersionQuerySet
from documents.permissions import audiences_of, scope_of
from documents.services import change_request as change_requests
from documents.services import reference as references
from documents.services.controlled_copy import announce_recall
from documents.services.dissemination import distribute
from documents.services.telling import tell_author, tell_decided, tell_named, tell_next
from qms.agencies.models import User
from qms.search import index
from qms.search.index import Entry
from qms.trail.models import Event
from qms.trail.services import Reactions
from qms.word.richtext import plain_text

FINDABLE = (VersionState.IN_FORCE, *IN_FLIGHT)
_PUBLIC = Q(document__kind=DocumentKind.GUIDANCE, state=VersionState.IN_FORCE)


def index_document(event: Event) -> None:
    """Make the index say of the whole document what its rows say now."""
    if event.subject_type == "documents.version":
        versions = Version.objects.filter(document__versions=event.subject_id)
    else:
        versions = Version.objects.filter(document=event.subject_id)
    _index(versions)


def index_documents(documents: Iterable[int]) -> None:
    """As `index_document`, of many at once: each index is written a single time."""
    _index(Version.objects.filter(document__in=list(documents)))


def _index(versions: VersionQuerySet) -> None:
    drop: list[Version] = []
    put: list[Version] = []
    for version in _readable(versions.distinct()):
        (put if version.state in FINDABLE else drop).append(version)
    for version in drop:
        _drop_everywhere(version)
    for version in put:
        _drop_elsewhere(version)
    _put(put)


def _put(versions: list[Version]) -> None:
    """A scope without a whole index (its first document, or damage) is built from all rows."""
    for scope in {scope_of(version) for version in versions}:
        if index.healthy(scope):
            index.put([entry_of(v) for v in versions if scope_of(v) == scope])
        else:
            index.rebuild(scope, entries_of(scope))


def mend_indexes() -> list[str]:
    """Build anew every index that is lost or damaged; their scopes."""
    broken = [scope for scope in scopes() if not index.healthy(scope)]
    for scope in broken:
        index.rebuild(scope, entries_of(scope))
    return broken


def entry_of(version: Version) -> Entry:
    """What the index keeps of one version."""
    sections = list(version.sections.all())
    return Entry(
        key=f"version:{version.pk}",
        scope=scope_of(version),
        audiences=audiences_of(version),
        code=version.code,
        title=version.title,
        body="\n".join(f"{s.title}\n{plain_text(s.html)}" for s in sections),
    )


def scopes() -> list[str]:
    """The indexes there must be: the library's, and one for each agency with documents."""
    agencies = (
        Version.objects.filter(state__in=FINDABLE)
        .exclude(_PUBLIC)
        .order_by("document__agency")
        .values_list("document__agency", flat=True)
        .distinct()
    )
    return ["library", *(f"agency-{agency}" for agency in agencies)]


def entries_of(scope: str) -> Iterator[Entry]:
    """Everything that can be found in one index, for building it anew."""
    findable = Version.objects.filter(state__in=FINDABLE).order_by("pk")
    if scope == "library":
        own = findable.filter(_PUBLIC)
    else:
        agency = int(scope.removeprefix("agency-"))
        own = findable.filter(document__agency=agency).exclude(_PUBLIC)
    return map(entry_of, _readable(own))


def _readable(versions: VersionQuerySet) -> Iterable[Version]:
    return (
        versions.select_related("document__agency")
        .prefetch_related("sections")
        .iterator(chunk_size=200)
    )


def _drop_everywhere(version: Version) -> None:
    for scope in (f"agency-{version.document.agency_id}", "library"):
        index.drop(scope, [f"version:{version.pk}"])


def _drop_elsewhere(version: Version) -> None:
    """A guidance template moves from its agency's index to the library's when it is in force."""
    if scope_of(version) == "library":
        index.drop(f"agency-{version.document.agency_id}", [f"version:{version.pk}"])


def finish_requests(event: Event) -> None:
    """Requests of which everything asked has come about are closed by the clock."""
    change_requests.finish_settled(_version(event).document, by=User.clock())


def give_to_readers(event: Event) -> None:
    """Ask the people on the list to read what has come into force."""
    distribute(_version(event), by=User.clock())


def recall_copies(event: Event) -> None:
    """Tell who holds paper of the ended version that it goes back."""
    announce_recall(_version(event))


def _version(event: Event) -> Version:
    return Version.objects.select_related("document__agency").get(pk=event.subject_id)


def link_references(event: Event) -> None:
    """Make the references say what the text says now; a new code is looked for in all texts."""
    if event.subject_type == "documents.version":
        version = Version.objects.select_related("document").get(pk=event.subject_id)
        document, versions = version.document, [version]
    else:
        document = Document.objects.get(pk=event.subject_id)
        versions = list(document.versions.current().select_related("document"))
    for version in versions:
        references.link(version)
    if event.name in NEW_CODE:
        references.link_document(document)


def link_external(event: Event) -> None:
    """Look for a number in all texts of its agency."""
    references.link_external(ExternalDocument.objects.get(pk=event.subject_id))


NEW_CODE = {"document.created", "document.imported", "document.adopted", "version.code_settled"}


INDEXED = (
    *(VERSION_LIFECYCLE.event(verb) for verb in VERSION_LIFECYCLE.steps),
    "document.created",
    "document.imported",
    "version.revised",
    "version.update_merged",
    "version.uploaded",
    "version.amended",
    "version.section_edited",
    "version.section_created",
    "version.section_removed",
    "version.section_moved",
    "version.sections_renumbered",
    "version.code_settled",
    "version.renumbered",
    "document.restricted",
    "document.opened",
    "version.confirmed",
)
TOLD: Reactions = {
    "version.submitted": [tell_next],
    "version.reviewed": [tell_next],
    "version.stepped_back": [tell_next],
    "version.approved": [tell_next, tell_author],
    "version.sent_back": [tell_author],
    "version.recalled": [tell_decided],
    "version.put_in_force": [give_to_readers, finish_requests, tell_named],
    "version.registered": [give_to_readers, finish_requests, tell_named],
    "version.superseded": [recall_copies],
    "version.withdrawn": [recall_copies, finish_requests],
}
# After these the text, or what it cites, may be another.
LINKED = NEW_CODE | {
    "version.submitted", "version.approved", "version.registered", "version.revised",
    "version.uploaded", "version.confirmed", "version.section_edited",
    "version.section_created", "version.section_removed",
}  # fmt: skip
REACTIONS: Reactions = {
    **{
        name: [index_document, *([link_references] if name in LINKED else ()), *TOLD.get(name, ())]
        for name in INDEXED
    },
    # Many at once: their room has them indexed in one write, see `index_documents`.
    "document.adopted": [link_references],
    "external_document.created": [link_external],
    "external_document.changed": [link_external],
}
