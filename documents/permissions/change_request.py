"""Who may ask for changes, and who decides about them."""

from documents.models import ChangeRequest, ChangeRequestQuerySet
from documents.permissions.people import Rule, has_role
from qms.agencies.models import Role, User


def is_proposer(user: User, request: ChangeRequest) -> bool:
    return request.proposed_by_id == user.pk and request.agency_id in user.standing.agencies


def decides(user: User, request: ChangeRequest) -> bool:
    """The quality office, or the head."""
    return has_role(Role.QUALITY, Role.APPROVER)(user, request)


def finishes(user: User, request: ChangeRequest) -> bool:
    return user.is_clock or decides(user, request)


def visible_change_requests(user: User) -> ChangeRequestQuerySet:
    """Everybody at the agency knows what is asked for."""
    return ChangeRequest.objects.filter(agency__in=user.standing.agencies)


RULES: dict[str, Rule] = {
    "accept": decides,
    "refuse": decides,
    "retract": is_proposer,
    "finish": finishes,
}
