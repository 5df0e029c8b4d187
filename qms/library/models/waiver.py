"""That an agency does without a template, and why."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from qms.agencies.models import Agency
from qms.library.models.template import Template


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)


class Waiver(models.Model):
    """A reasoned "not for us". Lifting it keeps the row; names stay as they were then."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="waivers")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="waivers")
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    by_position = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "template", "-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "agency"],
                condition=Q(lifted_at=None),
                name="library_waived_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="library_waiver_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="library_waiver_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.template}"
