"""One audit: its plan, its team, its place in the year."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audits.lifecycles import AuditState
from audits.models.programme import Programme
from qms.agencies.models import Agency, Unit
from qms.standards.models import Clause
from qms.vault.models import Blob


class AuditKind(models.TextChoices):
    INTERNAL = "internal", _("Đánh giá nội bộ")
    EXTRAORDINARY = "extraordinary", _("Đánh giá đột xuất")
    INSPECTION = "inspection", _("Kiểm tra của tỉnh")
    EXTERNAL = "external", _("Đánh giá bên ngoài")


class AuditQuerySet(models.QuerySet["Audit"]):
    def for_list(self) -> Self:
        """With team leader's name and how far the checklist is."""
        counted = self.select_related("agency", "lead").annotate(
            asked=Count("items", distinct=True),
            answered=Count("items__answer", distinct=True),
        )
        return counted.order_by("-starts_on", "-pk")

    def for_page(self) -> Self:
        return self.select_related("agency__parent", "programme", "lead", "report_file")


class Audit(models.Model):
    """An audit (Cuộc đánh giá) of some units of one agency, by a team, against criteria."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="audits", null=True, blank=True
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="audits")
    number = models.CharField(_("số hiệu"), max_length=30)
    kind = models.CharField(_("loại"), max_length=15, choices=AuditKind)
    title = models.CharField(_("tên cuộc đánh giá"), max_length=300)
    objectives = models.TextField(_("mục tiêu"))
    scope = models.TextField(_("phạm vi"))
    criteria = models.TextField(_("chuẩn mực đánh giá"))
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    decision_no = models.CharField(_("quyết định thành lập đoàn"), max_length=60, blank=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AuditState, default=AuditState.PLANNED)
    conclusion = models.TextField(_("kết luận"), blank=True)
    report_file = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="audits_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="audits_end_not_before_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AuditState.values), name="audits_audit_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AuditState.REPORTED, AuditState.CLOSED])
                | Q(report_file__isnull=False),
                name="audits_reported_has_its_report",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-starts_on"], name="audits_audit_list")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("audits:audit-detail", args=[self.pk])


class TeamDuty(models.TextChoices):
    LEAD = "lead", _("Trưởng đoàn")
    AUDITOR = "auditor", _("Đánh giá viên")
    SECRETARY = "secretary", _("Thư ký")
    EXPERT = "expert", _("Chuyên gia kỹ thuật")
    OBSERVER = "observer", _("Quan sát viên")


class TeamMember(models.Model):
    """One person on the team; name and position as they were when chosen."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    duty = models.CharField(max_length=10, choices=TeamDuty)
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["audit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "user"], name="audits_on_the_team_once"),
            models.UniqueConstraint(
                fields=["audit"], condition=Q(duty=TeamDuty.LEAD), name="audits_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.duty})"


class PlanLine(models.Model):
    """One meeting of the timetable: when, where, about which clauses, who asks, who answers."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="plan")
    day = models.DateField(_("ngày"))
    from_time = models.TimeField(_("từ giờ"))
    to_time = models.TimeField(_("đến giờ"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    clauses = models.ManyToManyField(Clause, related_name="+", blank=True)
    auditor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    auditee = models.CharField(_("người được phỏng vấn"), max_length=120, blank=True)

    class Meta:
        ordering = ["audit", "day", "from_time"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_time__gt=F("from_time")), name="audits_plan_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m} {self.unit}"
