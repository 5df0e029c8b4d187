"""Copies of a controlled PDF that left the system: which, to whom, when, and their hash."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version


class CopyClass(models.TextChoices):
    CONTROLLED = "controlled", _("Bản kiểm soát")
    UNCONTROLLED = "uncontrolled", _("Bản sao không kiểm soát")
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    OBSOLETE = "obsolete", _("Hết hiệu lực")
    DRAFT = "draft", _("Dự thảo")
    ORIGINAL = "original", _("Bản gốc")


class IssuedCopyQuerySet(models.QuerySet["IssuedCopy"]):
    def of_decided(self) -> Self:
        """Copies that anybody who holds them may ask about; of drafts nobody learns anything."""
        return self.exclude(copy_class=CopyClass.DRAFT)


class IssuedCopy(models.Model):
    """One file that was handed out: stamped by its class, or the original itself.

    `sha256` is the hash of the very bytes, by which the file is known again when somebody
    asks. `number` is that of a controlled copy. Nobody is named for a visitor.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="issued_copies")
    copy_class = models.CharField(max_length=12, choices=CopyClass)
    number = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    objects = IssuedCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "issued copies"
        ordering = ["version", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(copy_class__in=CopyClass.values), name="documents_copy_class_known"
            ),
            models.CheckConstraint(
                condition=~Q(copy_class=CopyClass.CONTROLLED) | ~Q(number=""),
                name="documents_controlled_copy_has_number",
            ),
            models.CheckConstraint(condition=~Q(sha256=""), name="documents_copy_has_hash"),
        ]
        indexes = [models.Index(fields=["version", "sha256"], name="documents_copy_known_again")]

    def __str__(self) -> str:
        return f"{self.version} · {self.get_copy_class_display()}"
