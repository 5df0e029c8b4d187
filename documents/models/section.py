"""What a version says: its sections, amendment sheet, cover names and pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version
from qms.standards.models import Clause
from qms.vault.models import Blob


class Section(models.Model):
    """One part of a version: its number as printed, title, clean rich text, clauses."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="sections")
    order = models.PositiveIntegerField()
    number = models.CharField(_("số mục"), max_length=20, blank=True)
    title = models.CharField(_("tên mục"), max_length=300)
    html = models.TextField(_("nội dung"), blank=True)
    clauses = models.ManyToManyField(Clause, related_name="sections", blank=True)

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="documents_section_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class AmendmentLine(models.Model):
    """One line of the amendment sheet ("Sửa đổi tài liệu"), as written."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="amendments")
    order = models.PositiveIntegerField()
    request = models.TextField(_("yêu cầu sửa đổi"), blank=True)
    place = models.TextField(_("trang, phần liên quan"), blank=True)
    description = models.TextField(_("mô tả nội dung sửa đổi"), blank=True)
    number = models.CharField(_("lần ban hành, lần sửa đổi"), max_length=60, blank=True)
    on = models.CharField(_("ngày"), max_length=60, blank=True)

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="documents_amendment_order"),
        ]

    def __str__(self) -> str:
        return self.description


class Signatory(models.Model):
    """A name on the cover of a paper that was signed before it came into the system."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="signatories")
    duty = models.CharField(max_length=10)
    name = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name_plural = "signatories"
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "duty"], name="documents_signatory_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.duty})"


class VersionAsset(models.Model):
    """A picture that a section shows as `asset:<sha256>`."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="assets")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "blob"], name="documents_asset_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.blob}"
