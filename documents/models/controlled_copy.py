"""Controlled copies on paper (Bản kiểm soát): which number is with whom, since when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.lifecycles import CopyState, VersionState
from documents.models.document import Document
from documents.models.version import Version
from qms.agencies.models import Unit
from qms.kernel.text import fold


class ControlledCopyQuerySet(models.QuerySet["ControlledCopy"]):
    def out(self) -> Self:
        return self.filter(state=CopyState.OUT)

    def out_on(self, day: dt.date) -> Self:
        """Those that were with their holders on `day`."""
        gone = Q(returned_on__lte=day) | Q(lost_on__lte=day) | Q(destroyed_on__lte=day)
        return self.filter(given_on__lte=day).exclude(gone)

    def to_recall(self) -> Self:
        """Still out although their version is no longer in force."""
        return self.out().filter(
            version__state__in=[VersionState.SUPERSEDED, VersionState.WITHDRAWN]
        )

    def for_list(self) -> Self:
        return self.select_related(
            "document__agency", "version", "unit", "person", "given_by"
        ).defer("version__text_folded")


class ControlledCopy(models.Model):
    """One numbered copy of one version on paper, and who holds it.

    Numbers count within the document without gaps; a copy that is exchanged for the next
    version keeps its number. `holder` names the person, the unit, or a place in free words.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="controlled_copies")
    version = models.ForeignKey(Version, models.PROTECT, related_name="controlled_copies")
    number = models.PositiveIntegerField(gettext_lazy("số bản"))
    state = models.CharField(max_length=10, choices=CopyState, default=CopyState.OUT)
    holder = models.CharField(gettext_lazy("người, bộ phận giữ"), max_length=200)
    holder_folded = models.CharField(max_length=200, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    given_on = models.DateField(gettext_lazy("ngày giao"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    returned_on = models.DateField(null=True, blank=True)
    lost_on = models.DateField(null=True, blank=True)
    destroyed_on = models.DateField(null=True, blank=True)
    remark = models.TextField(gettext_lazy("ghi chú"), blank=True)

    objects = ControlledCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "controlled copies"
        ordering = ["document", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="documents_copy_number_once_per_version"
            ),
            models.UniqueConstraint(
                fields=["document", "number"],
                condition=Q(state=CopyState.OUT),
                name="documents_one_open_copy_per_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CopyState.values), name="documents_copy_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(holder="") & (Q(person=None) | Q(unit=None)),
                name="documents_copy_has_one_holder",
            ),
            models.CheckConstraint(
                condition=(Q(returned_on=None) | Q(returned_on__gte=F("given_on")))
                & (Q(lost_on=None) | Q(lost_on__gte=F("given_on")))
                & (Q(destroyed_on=None) | Q(destroyed_on__gte=F("given_on")))
                & (
                    Q(destroyed_on=None)
                    | Q(returned_on=None)
                    | Q(destroyed_on__gte=F("returned_on"))
                ),
                name="documents_copy_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=CopyState.OUT, returned_on=None, lost_on=None, destroyed_on=None)
                | Q(state=CopyState.RETURNED, returned_on__isnull=False, destroyed_on=None)
                | Q(state=CopyState.LOST, lost_on__isnull=False, returned_on=None)
                | Q(state=CopyState.DESTROYED, destroyed_on__isnull=False),
                name="documents_copy_state_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        if self._state.adding:  # before it has a number
            return str(self.version)
        return _("%(document)s, bản số %(number)s") % {
            "document": self.version,
            "number": self.label,
        }

    def save(self, *args: object, **kwargs: object) -> None:
        self.holder_folded = fold(self.holder)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def get_absolute_url(self) -> str:
        return reverse("documents:controlled-copy-detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The number as it stands on the copy: two digits at least."""
        return f"{self.number:02d}"

    @property
    def ended_on(self) -> dt.date | None:
        """The day it left its holder's hands for good, as far as known."""
        return self.returned_on or self.destroyed_on or self.lost_on

    @property
    def is_to_recall(self) -> bool:
        ended = self.version.state in (VersionState.SUPERSEDED, VersionState.WITHDRAWN)
        return self.state == CopyState.OUT and ended
