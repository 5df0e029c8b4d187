"""Which people have which duty at an agency, and who may write there."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qms.agencies.models import Agency, Membership, Role, Unit, User

Rule = Callable[[User, Any], bool]
WRITING = (Role.AUTHOR, Role.QUALITY)


def has_role(*roles: Role) -> Rule:
    """Of the agency of the document that the thing is, or belongs to."""
    return lambda user, thing: user.standing.has(_agency_id(thing), *roles)


def any_of(*rules: Rule) -> Rule:
    return lambda user, thing: any(rule(user, thing) for rule in rules)


def require_member(user: User, agency: Agency) -> None:
    """Refuse people who do not work at `agency`."""
    if agency.pk not in user.standing.agencies:
        raise PermissionDenied(_("Bạn không làm việc tại %s.") % agency)


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


def holders(agency: Agency, role: Role, unit: Unit | None = None) -> QuerySet[User]:
    """The people who hold `role` at `agency` (in `unit`) today, by name."""
    current = Membership.objects.current(timezone.localdate()).filter(agency=agency, role=role)
    if unit is not None:
        current = current.filter(unit=unit)
    return User.objects.filter(is_active=True, pk__in=current.values("user")).order_by("full_name")


def staff_of(agency: Agency) -> QuerySet[User]:
    """Everybody who works at `agency` today, by name."""
    current = Membership.objects.current(timezone.localdate()).filter(agency=agency)
    return User.objects.filter(is_active=True, pk__in=current.values("user")).order_by("full_name")


def _agency_id(thing: Any) -> int:
    owner = thing if hasattr(thing, "agency_id") else thing.document
    agency_id: int = owner.agency_id
    return agency_id
