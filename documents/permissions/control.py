"""Who sets how an agency controls its documents, and who names deputies."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from documents.models import (
    Delegation,
    DelegationQuerySet,
    Route,
    RouteQuerySet,
)
from qms.agencies.models import Agency, Role, User

CONTROLLING = (Role.QUALITY, Role.ADMIN)


def require_controller(user: User, agency: Agency) -> None:
    """Refuse others than the quality office and the administrator of the agency."""
    if not user.standing.has(agency.pk, *CONTROLLING):
        raise PermissionDenied(
            _("Chỉ Thư ký ISO và quản trị của %s thay đổi được thiết lập này.") % agency
        )


def require_delegator(user: User, agency: Agency, giver: User) -> None:
    """Everybody for himself where he works; for others the quality office and the administrator."""
    if user.pk == giver.pk and agency.pk in user.standing.agencies:
        return
    require_controller(user, agency)


def visible_routes(user: User) -> RouteQuerySet:
    """Everybody at the agency may know the way its documents go."""
    return Route.objects.current().filter(agency__in=user.standing.agencies)


def visible_delegations(user: User) -> DelegationQuerySet:
    """One's own, given and held; all of the agency for those who control."""
    controlled = user.standing.agencies_with(*CONTROLLING)
    mine = Delegation.objects.filter(giver=user) | Delegation.objects.filter(deputy=user)
    return (mine | Delegation.objects.filter(agency__in=controlled)).distinct()
