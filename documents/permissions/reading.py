"""Who settles who reads what, who follows it, and who acknowledges; asked through `permissions`."""

from django.db.models import Q

from documents.lifecycles import IN_FLIGHT
from documents.models import Dissemination, Distribution, Reading, ReadingQuerySet, Version
from documents.permissions.people import Rule, has_role
from documents.permissions.visibility import visible_versions
from qms.agencies.models import Role, User

# The quality office and the head follow the whole agency, heads of units their own people.
FOLLOWING = (Role.QUALITY, Role.APPROVER)
UNIT_HEAD = Role.REVIEWER


def may_assign(user: User, distribution: Distribution) -> bool:
    """The quality office; for one document also whoever is writing its next version."""
    if has_role(Role.QUALITY)(user, distribution):
        return True
    if distribution.document is None or not user.standing.has(
        distribution.document.agency_id, Role.AUTHOR
    ):
        return False
    return distribution.document.versions.filter(author=user, state__in=IN_FLIGHT).exists()


def may_weigh(user: User, dissemination: Dissemination) -> bool:
    """Author and approver while the version is on its way; the quality office always."""
    version = dissemination.version
    if has_role(Role.QUALITY)(user, version):
        return True
    if version.state not in IN_FLIGHT:
        return False
    return _is_author(user, version) or has_role(Role.APPROVER)(user, version)


def is_quality(user: User, dissemination: Dissemination) -> bool:
    return has_role(Role.QUALITY)(user, dissemination.version)


def may_distribute(user: User, dissemination: Dissemination) -> bool:
    """The clock, whose work it is, and the quality office."""
    return user.is_clock or is_quality(user, dissemination)


def is_own(user: User, reading: Reading) -> bool:
    """Nobody acknowledges for somebody else."""
    return reading.person_id == user.pk


def visible_readings(user: User) -> ReadingQuerySet:
    """One's own; the quality office's and the head's whole agency; a head's own unit; an author's
    own version. Of versions the person sees, nothing else."""
    standing = user.standing
    return Reading.objects.filter(
        Q(person=user)
        | Q(version__document__agency__in=standing.agencies_with(*FOLLOWING))
        | Q(version__author=user, version__document__agency__in=standing.agencies)
        | Q(
            version__document__agency__in=standing.agencies_with(UNIT_HEAD),
            unit__in=standing.units,
        ),
        version__in=visible_versions(user).order_by().values("pk"),
    )


def follows(user: User, version: Version) -> bool:
    """Whether the person sees how far all the readers of a version are."""
    return has_role(*FOLLOWING)(user, version) or _is_author(user, version)


def follows_anywhere(user: User) -> bool:
    return user.standing.is_anywhere(*FOLLOWING, UNIT_HEAD)


def _is_author(user: User, version: Version) -> bool:
    return version.author_id == user.pk and bool(user.standing.roles(version.document.agency_id))


DISTRIBUTION_RULES: dict[str, Rule] = {"assign": may_assign}
DISSEMINATION_RULES: dict[str, Rule] = {
    "weigh": may_weigh,
    "distribute": may_distribute,
    "record_paper": is_quality,
}
RULES: dict[str, Rule] = {"acknowledge": is_own}
