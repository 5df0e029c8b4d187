"""Who has to read which version, until when, and that he has read and understood it."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.lifecycles import VersionState
from documents.models.version import Version
from qms.agencies.models import Membership, Unit
from qms.vault.models import Blob


class ReadingMethod(models.TextChoices):
    SCREEN = "screen", _("Trên hệ thống")
    PAPER = "paper", _("Ký trên giấy")
    CARRIED = "carried", _("Giữ từ bản trước")


class ReadingQuerySet(models.QuerySet["Reading"]):
    def counted(self) -> Self:
        """Those asked of people who are still on the list and still work at the agency."""
        works = Membership.objects.current(timezone.localdate()).filter(
            user=OuterRef("person"), agency=OuterRef("version__document__agency")
        )
        return self.filter(Exists(works), released_on=None, person__is_active=True)

    def in_force(self) -> Self:
        return self.filter(version__state=VersionState.IN_FORCE)

    def open(self) -> Self:
        """Still to be read: asked, not acknowledged, and of the version in force."""
        return self.counted().in_force().filter(acknowledged_at=None)

    def done(self) -> Self:
        return self.filter(acknowledged_at__isnull=False)

    def really_read(self) -> Self:
        """Acknowledged by reading, not by an acknowledgement that was carried over."""
        return self.done().exclude(method=ReadingMethod.CARRIED)

    def late(self, day: dt.date) -> Self:
        return self.filter(acknowledged_at=None, due_on__lt=day)


class Reading(models.Model):
    """That one person is to read one version, and his "Đã đọc, hiểu" once he gave it.

    `name`, `position` and `unit_name` are as they were when he was asked, and again as they
    were when he acknowledged. `content_hash` is of the text he acknowledged. `released_on`
    is set when he left the list without having read.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="readings")
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=160, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    unit_name = models.CharField(max_length=150, blank=True)
    assigned_at = models.DateTimeField()
    assigned_on = models.DateField()
    due_on = models.DateField()
    released_on = models.DateField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    method = models.CharField(max_length=8, choices=ReadingMethod, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    since = models.ForeignKey(Version, models.PROTECT, related_name="+", null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    scan = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["version", "unit_name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"], name="documents_one_reading_per_person"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("assigned_on")),
                name="documents_reading_due_after_asked",
            ),
            models.CheckConstraint(
                condition=(Q(acknowledged_at=None) & Q(method="") & Q(content_hash=""))
                | (
                    Q(acknowledged_at__gte=F("assigned_at"))
                    & Q(method__in=ReadingMethod.values)
                    & ~Q(content_hash="")
                ),
                name="documents_acknowledgement_is_bound",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(method=ReadingMethod.PAPER) & Q(signed_on=None, recorded_by=None, scan=None)
                )
                | (
                    Q(method=ReadingMethod.PAPER)
                    & Q(signed_on__isnull=False)
                    & Q(recorded_by__isnull=False)
                    & Q(scan__isnull=False)
                ),
                name="documents_paper_acknowledgement_has_its_sheet",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "acknowledged_at"], name="documents_reading_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.name}"
