"""Who may see what, and who may do what. The only documents module that asks the grant tables.

Asked by everybody else: `visible_documents(user)`, `visible_versions(user)`,
`require(user, verb, version)`, `verbs_for(user, version)`; and for the search index
`audiences_of(version)` and `reach_of(user)`, which say the same as `visible_versions`.
"""

from collections import defaultdict
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import VERSION_LIFECYCLE, VersionState
from documents.models import (
    Document,
    DocumentGroupGrant,
    DocumentKind,
    DocumentQuerySet,
    DocumentUserGrant,
    Version,
    VersionQuerySet,
)
from qms.agencies.models import Agency, Membership, Role, User

S = VersionState
Rule = Callable[[User, Version], bool]

# Everybody at the agency reads these; the others only those who work on them.
PUBLISHED = (S.APPROVED, S.IN_FORCE, S.SUPERSEDED, S.WITHDRAWN)
DECIDING = (S.IN_REVIEW, S.IN_APPROVAL)
WRITING = (Role.AUTHOR, Role.QUALITY)


def has_role(*roles: Role) -> Rule:
    return lambda user, version: user.standing.has(version.document.agency_id, *roles)


def any_of(*rules: Rule) -> Rule:
    return lambda user, version: any(rule(user, version) for rule in rules)


def is_author(user: User, version: Version) -> bool:
    return version.author_id == user.pk


def is_due(user: User, version: Version) -> bool:
    """The clock, or the quality office, once the day has come; nobody before it."""
    if version.effective_on is None or version.effective_on > timezone.localdate():
        return False
    return user.is_clock or has_role(Role.QUALITY)(user, version)


def is_named_or_holds(role: Role, named: str) -> Rule:
    """The person named for this step; if nobody was named, whoever holds the role."""

    def rule(user: User, version: Version) -> bool:
        chosen: int | None = getattr(version, f"{named}_id")
        if chosen is not None:
            return chosen == user.pk and user.standing.has(version.document.agency_id, role)
        return has_role(role)(user, version)

    return rule


def may_review(user: User, version: Version) -> bool:
    """The reviewer; never the author."""
    return not is_author(user, version) and is_named_or_holds(Role.REVIEWER, "reviewer")(
        user, version
    )


def may_approve(user: User, version: Version) -> bool:
    """The head who approves; never the author, whatever else he may be."""
    return not is_author(user, version) and is_named_or_holds(Role.APPROVER, "approver")(
        user, version
    )


def may_send_back(user: User, version: Version) -> bool:
    """Whoever has the next decision."""
    if version.state == S.IN_REVIEW:
        return may_review(user, version)
    return may_approve(user, version)


def edits_library(user: User, version: Version) -> bool:
    """An editor of the library, about one of its templates."""
    is_guidance = version.document.kind == DocumentKind.GUIDANCE
    return is_guidance and has_role(Role.LIBRARY_EDITOR)(user, version)


def may_write(user: User, version: Version) -> bool:
    """The author, as long as he writes for the agency; and the quality office."""
    if is_author(user, version):
        return has_role(*WRITING)(user, version) or edits_library(user, version)
    return has_role(Role.QUALITY)(user, version)


RULES: dict[str, dict[str, Rule]] = {
    "version": {
        "submit": may_write,
        "review": may_review,
        "approve": may_approve,
        "send_back": may_send_back,
        "recall": may_write,
        "put_in_force": is_due,
        "register": any_of(has_role(Role.QUALITY), edits_library),
        "withdraw": has_role(Role.QUALITY),
        "supersede": is_due,
        "discard": may_write,
        "upload": may_write,
        "amend": may_write,
        "settle_code": may_write,
        "revise": any_of(has_role(*WRITING), edits_library),
    },
}
# What else is done to a version, and in which states; the lifecycle's steps have their own.
ALSO: dict[str, tuple[str, ...]] = {
    "upload": (S.DRAFT,),
    "amend": (S.DRAFT,),
    "settle_code": (S.DRAFT,),
    "revise": (S.IN_FORCE,),
}


def may(user: User, verb: str, version: Version) -> bool:
    return RULES["version"][verb](user, version)


def require(user: User, verb: str, version: Version) -> None:
    """Refuse with `PermissionDenied` and a sentence unless `user` may do `verb`."""
    if not may(user, verb, version):
        raise PermissionDenied(_("Bạn không có quyền làm việc này với %s.") % version)


def require_writer(user: User, agency: Agency) -> None:
    """Refuse unless `user` may bring new documents into `agency`."""
    if not user.standing.has(agency.pk, *WRITING):
        raise PermissionDenied(
            _("Bạn không có vai trò soạn thảo tại %s nên không thêm được tài liệu.") % agency
        )


def require_writer_anywhere(user: User) -> None:
    """Refuse the pages for writing to those who write for no agency."""
    if not user.standing.is_anywhere(*WRITING):
        raise PermissionDenied(_("Chỉ người soạn thảo và Thư ký ISO tạo được tài liệu."))


def verbs_for(user: User, version: Version) -> list[str]:
    """What `user` can do now: legal in this state and allowed to this person."""
    also = [verb for verb, states in ALSO.items() if version.state in states]
    legal = [v for v in VERSION_LIFECYCLE.verbs_from(version.state) if v != "supersede"]
    return [verb for verb in [*legal, *also] if may(user, verb, version)]


def holders(agency: Agency, role: Role) -> QuerySet[User]:
    """The people who hold `role` at `agency` today, by name."""
    current = Membership.objects.current(timezone.localdate()).filter(agency=agency, role=role)
    return User.objects.filter(is_active=True, pk__in=current.values("user")).order_by("full_name")


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
    """Published: the agency. Being decided: those who decide. Drafts: author and quality office.

    Guidance templates in force are everybody's; documents named to the person are his
    once published. Nothing else, not even a count.
    """
    standing = user.standing
    deciding = standing.agencies_with(Role.REVIEWER, Role.APPROVER)
    return Version.objects.filter(
        Q(document__agency__in=standing.agencies, state__in=PUBLISHED)
        | Q(document__agency__in=standing.agencies_with(Role.QUALITY))
        | Q(document__agency__in=deciding, state__in=DECIDING)
        | Q(document__agency__in=standing.agencies, author=user)
        | Q(document__kind=DocumentKind.GUIDANCE, state=S.IN_FORCE)
        | Q(document__in=list(_named(user)), state__in=PUBLISHED)
    )


def visible_documents(user: User) -> DocumentQuerySet:
    """Documents of which the person may see at least one version."""
    seen = visible_versions(user).filter(document=OuterRef("pk"))
    return Document.objects.filter(Exists(seen))


def audiences_of(version: Version) -> tuple[str, ...]:
    """Who may find this version, as words for the index; see `reach_of`."""
    if version.state in PUBLISHED:
        return ("all", f"document-{version.document_id}")
    people = {f"user-{version.author_id}", "quality"}
    if version.state in DECIDING:
        people |= {"deciding"}
    return tuple(sorted(people))


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
        if standing.has(agency, Role.REVIEWER, Role.APPROVER):
            reach[f"agency-{agency}"].add("deciding")
    reach["library"].add("all")
    for document, agency in _named(user).items():
        reach[f"agency-{agency}"].add(f"document-{document}")
    return dict(reach)
