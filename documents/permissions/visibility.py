"""Who may see what. The only documents module that asks the grant tables.

`visible_versions(user)` and, for the search index, `audiences_of(version)` and
`reach_of(user)` say the same; `sees(user, version)` asks the latter about one version.

A restricted document is there for its named readers, its author, those whose turn it is to
decide, those who decided, and the quality office of its agency. For others it does not exist.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import (
    Comment,
    CommentQuerySet,
    Decision,
    Delegation,
    Document,
    DocumentGroupGrant,
    DocumentKind,
    DocumentQuerySet,
    DocumentUserGrant,
    RunStep,
    Seat,
    Version,
    VersionQuerySet,
)
from documents.permissions.deciding import givers, steps_waiting_for
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
    mine = Q(document__agency__in=standing.agencies)
    free = mine & Q(document__restricted=False)
    here = free & Q(state__in=DECIDING)
    return Version.objects.filter(
        (free & Q(state__in=PUBLISHED))
        | Q(document__agency__in=standing.agencies_with(Role.QUALITY))
        | (here & Q(document__agency__in=deciding))
        | (here & (Q(pk__in=asked) | Q(document__agency__in=held.values("agency"))))
        | (mine & Q(author=user))
        | (mine & Q(document__restricted=True) & _works_on(user))
        | Q(document__kind=DocumentKind.GUIDANCE, state=S.IN_FORCE)
        | Q(document__in=list(_named(user)), state__in=PUBLISHED)
    )


def _works_on(user: User) -> Q:
    """Versions where it is the person's turn to decide, or about which he decided."""
    turn = steps_waiting_for(user).values("run__version")
    decided = Decision.objects.filter(by=user).values("version")
    return Q(state__in=DECIDING, pk__in=turn) | Q(
        state__in=(*DECIDING, *PUBLISHED), pk__in=decided
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
    if version.document.restricted:
        return tuple(sorted(_audiences_of_restricted(version)))
    if version.state in PUBLISHED:
        return ("all", f"document-{version.document_id}")
    people = {f"user-{version.author_id}", "quality"}
    if version.state in DECIDING:
        people |= {"deciding"} | _named_at_steps(version)
    return tuple(sorted(people))


def _audiences_of_restricted(version: Version) -> set[str]:
    people = {f"user-{version.author_id}", "quality"}
    if version.state in PUBLISHED:
        people.add(f"document-{version.document_id}")
    if version.state in (*DECIDING, *PUBLISHED):
        people |= {f"user-{pk}" for pk in version.decisions.values_list("by", flat=True)}
    if version.state in DECIDING:
        seats = Seat.objects.filter(
            step__in=RunStep.objects.open().filter(run__version=version)
        ).values_list("person", "role", "unit")
        people |= {_seat(person, role, unit) for person, role, unit in seats}
    return people


def _seat(person: int | None, role: str, unit: int | None) -> str:
    """The word for who is asked at a station: a person, or a role (in a unit)."""
    if person is not None:
        return f"seat-{person}"
    return f"seat-{role}-{unit}" if unit else f"seat-{role}"


def _seats_of(person: User, agency: int) -> set[str]:
    """Every station at the agency where the person, as he stands today, is asked."""
    roles = person.standing.roles(agency)
    units = person.standing.units
    return {
        f"seat-{person.pk}",
        *(f"seat-{role.value}" for role in roles),
        *(f"seat-{role.value}-{unit}" for role in roles for unit in units),
    }


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
        for person in (user, *givers(user, agency)):
            reach[f"agency-{agency}"] |= _seats_of(person, agency)
    reach["library"].add("all")
    for document, agency in _named(user).items():
        reach[f"agency-{agency}"].add(f"document-{document}")
    return dict(reach)


def sees(user: User, version: Version) -> bool:
    """Whether the person may see this one version; asked of the index's words, not of SQL."""
    return not reach_of(user).get(scope_of(version), set()).isdisjoint(audiences_of(version))
