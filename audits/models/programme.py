"""The yearly programme: what is audited when, and why."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from audits.lifecycles import ProgrammeState
from qms.agencies.models import Agency, Unit
from qms.standards.models import Clause


class Method(models.TextChoices):
    ON_SITE = "on_site", _("Tại chỗ")
    REMOTE = "remote", _("Từ xa")
    MIXED = "mixed", _("Kết hợp")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def for_list(self) -> Self:
        return (
            self.select_related("agency")
            .annotate(audits_count=models.Count("audits"))
            .order_by("-year", "agency")
        )


class Programme(models.Model):
    """One agency's audit programme (Chương trình đánh giá) of one year."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="programmes")
    year = models.PositiveIntegerField(_("năm"))
    objectives = models.TextField(_("mục tiêu"))
    criteria = models.TextField(_("chuẩn mực đánh giá"))
    scope = models.TextField(_("phạm vi"))
    method = models.CharField(_("phương pháp"), max_length=10, choices=Method)
    risks = models.TextField(_("rủi ro của chương trình"), blank=True)
    state = models.CharField(max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "agency"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="audits_one_programme_a_year"),
            models.CheckConstraint(
                condition=Q(state__in=ProgrammeState.values), name="audits_programme_state_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("created_by")),
                name="audits_programme_author_never_approves",
            ),
        ]

    def __str__(self) -> str:
        return _t("Chương trình đánh giá năm %d") % self.year

    def get_absolute_url(self) -> str:
        return reverse("audits:programme-detail", args=[self.pk])


class ProgrammeLine(models.Model):
    """That one unit is audited in one month against some clauses."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField(_("tháng"))
    clauses = models.ManyToManyField(Clause, related_name="+", blank=True)

    class Meta:
        ordering = ["programme", "month", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit", "month"], name="audits_unit_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="audits_month_of_the_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:02d}: {self.unit}"
