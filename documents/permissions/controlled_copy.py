"""Who gives controlled copies and takes them back, and who sees the register."""

from django.db.models import Q

from documents.models import ControlledCopy, ControlledCopyQuerySet
from documents.permissions.people import Rule, any_of, has_role
from documents.permissions.visibility import visible_versions
from qms.agencies.models import Role, User

# Who looks after the paper, decides about it or audits it sees all of it.
WATCHING = (Role.QUALITY, Role.APPROVER, Role.AUDITOR, Role.LEAD_AUDITOR)


def is_holder(user: User, copy: ControlledCopy) -> bool:
    """The person who has it, or somebody of the unit that has it."""
    if copy.person_id is not None:
        return copy.person_id == user.pk
    return copy.unit_id in user.standing.units


def visible_copies(user: User) -> ControlledCopyQuerySet:
    """The agency's for those who watch over it; else what one holds, alone or with one's unit."""
    standing = user.standing
    return ControlledCopy.objects.filter(
        Q(document__agency__in=standing.agencies_with(*WATCHING))
        | Q(document__agency__in=standing.agencies, person=user)
        | Q(document__agency__in=standing.agencies, unit__in=standing.units),
        version__in=visible_versions(user).order_by().values("pk"),
    )


RULES: dict[str, Rule] = {
    "give": has_role(Role.QUALITY),
    "exchange": has_role(Role.QUALITY),
    "take_back": has_role(Role.QUALITY),
    "report_lost": any_of(has_role(Role.QUALITY), is_holder),
    "destroy": has_role(Role.QUALITY),
}
