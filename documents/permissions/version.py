"""Who may do what to a version; asked through `documents.permissions`."""

from django.utils import timezone

from documents.lifecycles import VERSION_LIFECYCLE, VersionState
from documents.models import DocumentKind, Version
from documents.permissions.people import WRITING, Rule, any_of, has_role
from qms.agencies.models import Role, User

S = VersionState


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


RULES: dict[str, Rule] = {
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
    "confirm": may_write,
    "revise": any_of(has_role(*WRITING), edits_library),
}
# What else is done to a version, and in which states; the lifecycle's steps have their own.
ALSO: dict[str, tuple[str, ...]] = {
    "upload": (S.DRAFT,),
    "amend": (S.DRAFT,),
    "settle_code": (S.DRAFT,),
    "confirm": (S.DRAFT,),
    "revise": (S.IN_FORCE,),
}


def verbs_from(version: Version) -> list[str]:
    """What can be done to a version in its state, by whoever may.

    What was read from a file and is not sure is confirmed first; that settles the code, too.
    """
    also = [verb for verb, states in ALSO.items() if version.state in states]
    legal = [v for v in VERSION_LIFECYCLE.verbs_from(version.state) if v != "supersede"]
    if "confirm" not in also:
        return [*legal, *also]
    also.remove("confirm")
    if not version.doubts.open().exists():
        return [*legal, *also]
    return ["confirm", *(v for v in [*legal, *also] if v not in _AFTER_CONFIRMING)]


_AFTER_CONFIRMING = {"submit", "register", "settle_code"}
