"""The checklist of an audit, what was found, and what of it became a finding."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audits.models.audit import Audit
from qms.agencies.models import Unit
from qms.standards.models import Clause


class Grade(models.TextChoices):
    """How a question turned out. Not yet looked at is the absence of an answer."""

    CONFORMITY = "conformity", _("Phù hợp")
    OFI = "ofi", _("Khuyến nghị")
    OBSERVATION = "observation", _("Điểm lưu ý")
    MINOR_NC = "minor_nc", _("KPH nhẹ")
    MAJOR_NC = "major_nc", _("KPH nặng")
    GOOD_PRACTICE = "good_practice", _("Điểm mạnh")
    NOT_APPLICABLE = "not_applicable", _("Không áp dụng")


# These are nonconformities: criterion and evidence obligatory, and corrective action follows.
GRADES = frozenset({Grade.MINOR_NC, Grade.MAJOR_NC})
# These may become findings of the report.
FINDABLE = GRADES | {Grade.OBSERVATION, Grade.OFI}


class ChecklistItem(models.Model):
    """One question asked of one unit; the wording is the checklist's own copy."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="items")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    question = models.CharField(_("câu hỏi"), max_length=500)
    hint = models.CharField(_("gợi ý kiểm tra"), max_length=500, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["audit", "order"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "order"], name="audits_item_order"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def findings_exist(self) -> bool:
        """Whether this question led to a finding, which then holds its grade fast."""
        return hasattr(self, "finding")


class Answer(models.Model):
    """What one auditor recorded on one question. `revision` counts the saves."""

    item = models.OneToOneField(ChecklistItem, models.PROTECT, related_name="answer")
    grade = models.CharField(max_length=15, choices=Grade)
    evidence = models.TextField(_("bằng chứng"), blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="audits_grade_known"),
            models.CheckConstraint(
                condition=~Q(grade__in=sorted(GRADES)) | ~Q(evidence=""),
                name="audits_nonconforming_answer_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.grade}"


class Finding(models.Model):
    """An audit finding (Phát hiện đánh giá): grade, criterion, evidence, unit."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="findings")
    item = models.OneToOneField(ChecklistItem, models.PROTECT, related_name="finding")
    number = models.PositiveIntegerField()
    grade = models.CharField(max_length=15, choices=Grade)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    criterion = models.TextField(_("yêu cầu không đáp ứng"))
    statement = models.TextField(_("mô tả sự việc"))
    evidence = models.TextField(_("bằng chứng khách quan"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["audit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "number"], name="audits_finding_number"),
            models.CheckConstraint(
                condition=~Q(criterion="") & ~Q(evidence="") & ~Q(statement=""),
                name="audits_finding_is_grounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.statement}"
