"""A nonconformity and what is done about it, to the end: the four-part form as rows."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.lifecycles import OPEN, NonconformityState
from audits.models.checklist import Finding
from qms.agencies.models import Agency, Unit
from qms.standards.models import Clause


class Source(models.TextChoices):
    AUDIT = "audit", _("Đánh giá nội bộ")
    INSPECTION = "inspection", _("Kiểm tra")
    FEEDBACK = "feedback", _("Phản ánh, kiến nghị")
    MONITORING = "monitoring", _("Theo dõi quá trình")
    REVIEW = "review", _("Xem xét của lãnh đạo")
    REPORT = "report", _("Người trong cơ quan báo")


class NonconformityQuerySet(models.QuerySet["Nonconformity"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def overdue(self, day: dt.date) -> Self:
        return self.open().filter(due_on__lt=day)

    def for_list(self) -> Self:
        return self.select_related("agency", "unit", "clause", "owner")

    def for_page(self) -> Self:
        return self.for_list().select_related(
            "raised_by", "planned_by", "finding__audit", "reissue_of"
        )


class Nonconformity(models.Model):
    """A requirement that was not met (điểm không phù hợp), with correction and cause apart.

    `correction` mends what happened; `cause` and the actions keep it from happening again.
    Never deleted; a failed verification leads to a new one, linked by `reissue_of`.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="nonconformities")
    number = models.CharField(_("số phiếu"), max_length=30)
    finding = models.OneToOneField(
        Finding, models.PROTECT, related_name="nonconformity", null=True, blank=True
    )
    reissue_of = models.OneToOneField(
        "self", models.PROTECT, related_name="reissue", null=True, blank=True
    )
    source = models.CharField(_("nguồn"), max_length=12, choices=Source)
    is_major = models.BooleanField(_("nặng"), default=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="nonconformities", null=True, blank=True
    )
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+", null=True, blank=True)
    description = models.TextField(_("mô tả sự việc"))
    requirement = models.TextField(_("yêu cầu không đáp ứng"))
    evidence = models.TextField(_("bằng chứng"))
    correction = models.TextField(_("khắc phục ngay"), blank=True)
    cause = models.TextField(_("nguyên nhân gốc rễ"), blank=True)
    state = models.CharField(
        max_length=16, choices=NonconformityState, default=NonconformityState.PROPOSED
    )
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = NonconformityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "nonconformities"
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="audits_nc_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=NonconformityState.values), name="audits_nc_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(requirement="") & ~Q(evidence="") & ~Q(description=""),
                name="audits_nc_is_grounded",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "analysis"])
                | (~Q(correction="") & ~Q(cause="")),
                name="audits_nc_planned_has_correction_and_cause",
            ),
            models.CheckConstraint(
                condition=~Q(state=NonconformityState.CLOSED) | Q(closed_at__isnull=False),
                name="audits_nc_closed_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "due_on"], name="audits_nc_list")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("audits:nonconformity-detail", args=[self.pk])


class Action(models.Model):
    """One corrective action: what, who, until when, and what came of it."""

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="actions")
    description = models.TextField(_("việc phải làm"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(_("hạn"))
    done_on = models.DateField(_("ngày hoàn thành"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    result = models.TextField(_("kết quả, bằng chứng"), blank=True)

    class Meta:
        ordering = ["nonconformity", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(result=""), name="audits_done_action_has_result"
            ),
        ]

    def __str__(self) -> str:
        return self.description


class Verification(models.Model):
    """That somebody else looked whether the actions worked; name and position as they were."""

    nonconformity = models.OneToOneField(
        Nonconformity, models.PROTECT, related_name="verification"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_position = models.CharField(max_length=160, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    is_effective = models.BooleanField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | ~Q(owner=F("by")), name="audits_owner_never_verifies"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="audits_verification_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.nonconformity}: {self.is_effective}"
