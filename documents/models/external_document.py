"""Documents of others that an agency works by: laws, decrees, standards (BM.01.03)."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version
from qms.agencies.models import Agency, Unit
from qms.kernel.text import code_key, fold
from qms.vault.models import Blob

if TYPE_CHECKING:
    from documents.models.reference import Reference


class ExternalGroup(models.TextChoices):
    A = "A", _("Nhóm A")
    B = "B", _("Nhóm B")
    C = "C", _("Nhóm C")


class ExternalState(models.TextChoices):
    """Worked out from the dates; never stored."""

    COMING = "coming", _("Chưa có hiệu lực")
    IN_FORCE = "in_force", _("Còn hiệu lực")
    EXPIRED = "expired", _("Hết hiệu lực")
    REPLACED = "replaced", _("Đã được thay thế")


class ExternalDocumentQuerySet(models.QuerySet["ExternalDocument"]):
    def on(self, day: dt.date, state: str) -> Self:
        """Those that are in `state` on `day`, as `state_on` says of one."""
        ended = Q(valid_to__lte=day)
        coming = Q(valid_from__gt=day)
        return {
            ExternalState.COMING: self.filter(coming).exclude(ended),
            ExternalState.IN_FORCE: self.exclude(ended).exclude(coming),
            ExternalState.EXPIRED: self.filter(ended, replaced_by=None),
            ExternalState.REPLACED: self.filter(ended, replaced_by__isnull=False),
        }[ExternalState(state)]

    def ended_on(self, day: dt.date) -> Self:
        """No longer in force on `day`, with or without something in its place."""
        return self.filter(valid_to__lte=day)

    def for_list(self) -> Self:
        return self.select_related("agency", "unit", "replaced_by")


class ExternalDocument(models.Model):
    """One document of others in one agency's list, with how long it holds.

    In force from `valid_from` until, not including, `valid_to`; an unknown day is open.
    `group` is the agency's own grouping. `revision` counts the saves, so none is lost.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="external_documents")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    group = models.CharField(_("nhóm"), max_length=1, choices=ExternalGroup)
    number = models.CharField(_("số, ký hiệu"), max_length=100)
    number_key = models.CharField(max_length=100, editable=False)
    title = models.CharField(_("trích yếu"), max_length=500)
    title_folded = models.CharField(max_length=500, editable=False)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, related_name="replaces", null=True, blank=True
    )
    link = models.URLField(_("địa chỉ trên mạng"), max_length=300, blank=True)
    file = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    references: models.Manager["Reference"]
    objects = ExternalDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "group", "number_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number_key"], name="documents_external_once_per_agency"
            ),
            models.CheckConstraint(
                condition=~Q(number_key=""), name="documents_external_has_number"
            ),
            models.CheckConstraint(
                condition=Q(group__in=ExternalGroup.values),
                name="documents_external_group_known",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="documents_external_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None)
                | (Q(valid_to__isnull=False) & ~Q(replaced_by=F("pk"))),
                name="documents_external_replaced_has_ended",
            ),
        ]
        indexes = [models.Index(fields=["agency", "valid_to"], name="documents_external_ended")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.number_key = code_key(self.number)
        self.title_folded = fold(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def get_absolute_url(self) -> str:
        return reverse("documents:external-detail", args=[self.pk])

    def state_on(self, day: dt.date) -> ExternalState:
        if self.valid_to is not None and self.valid_to <= day:
            return ExternalState.REPLACED if self.replaced_by_id else ExternalState.EXPIRED
        if self.valid_from is not None and self.valid_from > day:
            return ExternalState.COMING
        return ExternalState.IN_FORCE


class CheckVerdict(models.TextChoices):
    KEEP = "keep", _("Nội dung vẫn đúng, giữ nguyên")
    REVISE = "revise", _("Cần sửa đổi tài liệu")


class ExternalCheck(models.Model):
    """That somebody looked at a version which cites a document no longer in force."""

    external = models.ForeignKey(ExternalDocument, models.PROTECT, related_name="checks")
    version = models.ForeignKey(Version, models.PROTECT, related_name="external_checks")
    verdict = models.CharField(_("kết luận"), max_length=6, choices=CheckVerdict)
    note = models.TextField(_("ghi chú"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["external", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["external", "version"], name="documents_external_checked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external.number} · {self.version}"
