"""Who may see what. The only documents module that asks the grant tables.

`visible_versions(user)` and, for the search index, `audiences_of(version)` and
`reach_of(user)` say the same.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import (
    Comment,
    CommentQuerySet,
    Delegation,
    Document,
    DocumentGroupGrant,
    DocumentKind,
    DocumentQuerySet,
    DocumentUserGrant,
    RunStep,
    Version,
    VersionQuerySet,
)
from documents.permissions.deciding import givers
from qms.agencies.models import Role, User

S = VersionState
# Everybody at the agency reads these; the others only those who work on them.
PUBLISHED = (S.APPROVED, S.IN_FORCE, S.SUPERSEDED, S.WITHDRAWN)
DECIDING = (S.IN_REVIEW, S.IN_APPROVAL)


def _named(user: User) -> dict[int, int]:
    """Documents named to this person or to a group of his → their agencies.

    Read once for the life of the object, like `standing`, straight from the grant tables:
    guardian's nested query costs more than the rest of a page when built into every other.
    """
    kept: dict[int, int] | None = user.__dict__.get("_named_documents")
    if kept is None:
        view = {"permission__codename": "view_document"}
        to_user = DocumentUserGrant.objects.filter(user=user, **view)
        to_group = DocumentGroupGrant.objects.filter(group__user=user, **view)
        rows = to_user.values_list("content_object", "content_object__agency")
        kept = dict(rows.union(to_group.values_list("content_object", "content_object__agency")))
        user.__dict__["_named_documents"] = kept
    return kept


def visible_versions(user: User) -> VersionQuerySet:
    """Published: the agency. Being decided: those who decide, those named to, and deputies.
    Drafts: author and quality office.

    Guidance templates in force are everybody's; documents named to the person are his
    once published. Nothing else, not even a count.
    """
    standing = user.standing
    deciding = standing.agencies_with(Role.REVIEWER, Role.APPROVER)
    asked = RunStep.objects.open().filter(seats__person=user).values("run__version")
    held = Delegation.objects.current(timezone.localdate()).filter(deputy=user)
    here = Q(document__agency__in=standing.agencies, state__in=DECIDING)
    return Version.objects.filter(
        Q(document__agency__in=standing.agencies, state__in=PUBLISHED)
        | Q(document__agency__in=standing.agencies_with(Role.QUALITY))
        | Q(document__agency__in=deciding, state__in=DECIDING)
        | (here & (Q(pk__in=asked) | Q(document__agency__in=held.values("agency"))))
        | Q(document__agency__in=standing.agencies, author=user)
        | Q(document__kind=DocumentKind.GUIDANCE, state=S.IN_FORCE)
        | Q(document__in=list(_named(user)), state__in=PUBLISHED)
    )


def visible_documents(user: User) -> DocumentQuerySet:
    """Documents of which the person may see at least one version."""
    seen = visible_versions(user).filter(document=OuterRef("pk"))
    return Document.objects.filter(Exists(seen))


def visible_comments(user: User) -> CommentQuerySet:
    """Remarks about versions that the person sees."""
    seen = visible_versions(user)
    return Comment.objects.filter(version__in=seen).select_related("version__document__agency")


def audiences_of(version: Version) -> tuple[str, ...]:
    """Who may find this version, as words for the index; see `reach_of`."""
    if version.state in PUBLISHED:
        return ("all", f"document-{version.document_id}")
    people = {f"user-{version.author_id}", "quality"}
    if version.state in DECIDING:
        people |= {"deciding"} | _named_at_steps(version)
    return tuple(sorted(people))


def _named_at_steps(version: Version) -> set[str]:
    people = RunStep.objects.open().filter(run__version=version, seats__person__isnull=False)
    return {f"user-{pk}" for pk in people.values_list("seats__person", flat=True)}


def scope_of(version: Version) -> str:
    """The index a version belongs to: the library's, or its agency's."""
    if version.document.kind == DocumentKind.GUIDANCE and version.state == S.IN_FORCE:
        return "library"
    return f"agency-{version.document.agency_id}"


def reach_of(user: User) -> dict[str, set[str]]:
    """Which indexes the person may ask, and for which audiences in each."""
    reach: dict[str, set[str]] = defaultdict(set)
    standing = user.standing
    for agency in standing.agencies:
        reach[f"agency-{agency}"] |= {"all", f"user-{user.pk}"}
        if standing.has(agency, Role.QUALITY):
            reach[f"agency-{agency}"].add("quality")
        if standing.has(agency, Role.REVIEWER, Role.APPROVER) or givers(user, agency):
            reach[f"agency-{agency}"].add("deciding")
    reach["library"].add("all")
    for document, agency in _named(user).items():
        reach[f"agency-{agency}"].add(f"document-{document}")
    return dict(reach)
