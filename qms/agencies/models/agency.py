"""Agencies as a tree with dates, the units inside them, and the province over them."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    PROVINCIAL_OFFICE = "provincial_office", _("Cơ quan cấp tỉnh")
    DEPARTMENT = "department", _("Sở")
    SUB_DEPARTMENT = "sub_department", _("Chi cục")
    COMMUNE = "commune", _("Xã")
    WARD = "ward", _("Phường")
    PUBLIC_UNIT = "public_unit", _("Đơn vị sự nghiệp")
    OTHER = "other", _("Khác")


class AgencyQuerySet(models.QuerySet["Agency"]):
    def standing_on(self, day: dt.date) -> Self:
        """Agencies that exist on `day`."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Agency(models.Model):
    """A state administrative agency that keeps a quality-management system.

    `name`, `kind` and `parent` say how it stands now; how it stood before is in its
    periods. An agency that was merged keeps its row, its end date and `merged_into`.
    """

    code = models.CharField(_("mã cơ quan"), max_length=30, unique=True)
    name = models.CharField(_("tên đầy đủ"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=100)
    kind = models.CharField(_("loại"), max_length=20, choices=AgencyKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    place = models.CharField(_("địa danh"), max_length=80, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged_from", null=True, blank=True
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgencyKind.values), name="agencies_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="agencies_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(valid_to__isnull=False),
                name="agencies_merged_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")), name="agencies_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: dt.date) -> str:
        """The official name on `day`, for papers of that day."""
        period = self.periods.in_force_on(day).first()
        return period.name if period else self.name


class AgencyPeriodQuerySet(models.QuerySet["AgencyPeriod"]):
    def in_force_on(self, day: dt.date) -> Self:
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class AgencyPeriod(models.Model):
    """How an agency stood from one day until (not including) another: name, kind, parent."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="periods")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    parent = models.ForeignKey(
        Agency, models.PROTECT, related_name="child_periods", null=True, blank=True
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AgencyPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(valid_to=None),
                name="agencies_one_open_period",
            ),
            models.UniqueConstraint(
                fields=["agency", "valid_from"], name="agencies_period_starts_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="agencies_period_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%d/%m/%Y})"


class Unit(models.Model):
    """A division (phòng, ban) inside one agency."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    name = models.CharField(_("tên phòng"), max_length=150)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agency", "name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="agencies_unit_name_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="agencies_unit_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Province(models.Model):
    """The province this installation serves, and the body that oversees its agencies."""

    name = models.CharField(max_length=80)
    oversight_body = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Province | None":
        """The province served here; None before the demonstration or real data is loaded."""
        return cls._default_manager.select_related("oversight_body").first()
