"""Who works where, in what role, from when to when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.agencies.models.agency import Agency, Unit
from qms.agencies.roles import Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


class Membership(models.Model):
    """One person in one role at one agency, between two dates (the end not included)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="memberships", null=True, blank=True
    )
    position = models.CharField(_("chức vụ"), max_length=120, blank=True)
    role = models.CharField(_("vai trò"), max_length=20, choices=Role)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(ends_on=None),
                name="agencies_one_open_membership_per_role",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="agencies_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="agencies_membership_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.agency}"
