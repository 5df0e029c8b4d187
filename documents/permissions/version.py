"""Who may do what to a version; asked through `documents.permissions`."""

from django.utils import timezone

from documents.lifecycles import IN_FLIGHT, VERSION_LIFECYCLE, VersionState
from documents.models import DocumentKind, Duty, Version
from documents.permissions.deciding import open_steps, turn_of
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


def may_review(user: User, version: Version) -> bool:
    """Whose turn it is; out of season, whoever holds the role (the lifecycle then says no)."""
    if version.state != S.IN_REVIEW:
        return not is_author(user, version) and has_role(Role.REVIEWER)(user, version)
    return turn_of(user, version, Duty.REVIEWER) is not None


def may_approve(user: User, version: Version) -> bool:
    """As `may_review`."""
    if version.state != S.IN_APPROVAL:
        return not is_author(user, version) and has_role(Role.APPROVER)(user, version)
    return turn_of(user, version, Duty.APPROVER) is not None


def may_send_back(user: User, version: Version) -> bool:
    """Whoever has the next decision."""
    if version.state == S.IN_REVIEW:
        return may_review(user, version)
    return may_approve(user, version)


def may_step_back(user: User, version: Version) -> bool:
    """Whoever has the next decision, once there is a step behind it."""
    return may_send_back(user, version) and any(s.order > 1 for s in open_steps(version))


def may_comment(user: User, version: Version) -> bool:
    """Who works on it: the author, the quality office, and those who decide at the agency."""
    working = (Role.REVIEWER, Role.APPROVER, Role.QUALITY)
    return (
        is_author(user, version)
        or has_role(*working)(user, version)
        or may_review(user, version)
        or may_approve(user, version)
    )


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
    "step_back": may_step_back,
    "recall": may_write,
    "put_in_force": is_due,
    "register": any_of(has_role(Role.QUALITY), edits_library),
    "withdraw": has_role(Role.QUALITY),
    "supersede": is_due,
    "discard": may_write,
    "upload": may_write,
    "amend": may_write,
    "comment": may_comment,
    "conclude": has_role(Role.QUALITY),
    "renumber": may_write,
    "settle_code": may_write,
    "confirm": may_write,
    "revise": any_of(has_role(*WRITING), edits_library),
}
# What else is done to a version, and in which states; the lifecycle's steps have their own.
ALSO: dict[str, tuple[str, ...]] = {
    "upload": (S.DRAFT,),
    "amend": (S.DRAFT,),
    "comment": IN_FLIGHT,
    "settle_code": (S.DRAFT,),
    "confirm": (S.DRAFT,),
    "revise": (S.IN_FORCE,),
    "conclude": (S.IN_FORCE,),
    "renumber": (S.DRAFT,),
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
