"""What was read from a file without being sure of it, until a person has confirmed it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version


class DoubtField(models.TextChoices):
    CODE = "code", _("mã hiệu")
    TITLE = "title", _("tên tài liệu")
    ISSUE_NO = "issue_no", _("lần ban hành")
    AMENDMENT_NO = "amendment_no", _("lần sửa đổi")
    ISSUED_ON = "issued_on", _("ngày ban hành")


class DoubtQuerySet(models.QuerySet["Doubt"]):
    def open(self) -> Self:
        return self.filter(confirmed_at=None)


class Doubt(models.Model):
    """One field of a version that a person must confirm: what was read, and how.

    `how` is a key of `documents.services.confirmation.HOW`; `read` is the value as it was
    read, for the record.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="doubts")
    field = models.CharField(max_length=12, choices=DoubtField)
    how = models.CharField(max_length=20)
    read = models.CharField(max_length=500, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = DoubtQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "field"], name="documents_doubt_once"),
            models.CheckConstraint(
                condition=Q(field__in=DoubtField.values), name="documents_doubt_field_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="documents_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} ({self.how})"
