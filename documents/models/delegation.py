"""Dated deputies ("ủy quyền xử lý"): who decides for whom, from when to when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.agencies.models import Agency


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def current(self, day: dt.date) -> Self:
        """Those that hold on `day`; the last day is included."""
        return self.filter(Q(ended_at=None), starts_on__lte=day, ends_on__gte=day)

    def for_list(self) -> Self:
        return self.select_related("agency", "giver", "deputy")


class Delegation(models.Model):
    """One person lets another decide in his place at one agency, first to last day included."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_given"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_held"
    )
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))
    reason = models.CharField(_("căn cứ, lý do"), max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("deputy")), name="documents_deputy_is_another"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="documents_delegation_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="documents_delegation_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.deputy}"
