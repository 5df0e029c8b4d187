"""A Word file that came after somebody else's save: kept, until somebody says what becomes of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from documents.models.version import Version
from qms.vault.models import Blob


class LateUploadQuerySet(models.QuerySet["LateUpload"]):
    def unsettled(self) -> Self:
        return self.filter(settled_at=None)


class LateUpload(models.Model):
    """An edited file made from save `revision` of a draft, while the draft was further on."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="late_uploads")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = LateUploadQuerySet.as_manager()

    class Meta:
        ordering = ["version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "blob", "revision", "by"],
                name="documents_late_upload_kept_once",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="documents_late_upload_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("documents:late-upload-detail", args=[self.version_id, self.pk])
