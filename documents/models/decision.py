"""What people decided about a version, bound to the text they saw."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version


class Duty(models.TextChoices):
    AUTHOR = "author", _("Soạn thảo")
    REVIEWER = "reviewer", _("Soát xét")
    APPROVER = "approver", _("Phê duyệt")


class Verdict(models.TextChoices):
    AGREED = "agreed", _("Đồng ý")
    SENT_BACK = "sent_back", _("Trả lại để sửa")


class Decision(models.Model):
    """One person's decision in one duty. Name, position and agency are as they were then.

    `round` counts the submissions of the version: a decision holds for its own round only.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="decisions")
    round = models.PositiveIntegerField(default=1)
    duty = models.CharField(max_length=10, choices=Duty)
    verdict = models.CharField(max_length=10, choices=Verdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_position = models.CharField(max_length=160, blank=True)
    by_agency = models.CharField(max_length=200)
    at = models.DateTimeField()
    comment = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(content_hash=""), name="documents_decision_is_bound"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.SENT_BACK) | ~Q(comment=""),
                name="documents_sent_back_has_reason",
            ),
            models.UniqueConstraint(
                fields=["version", "round", "duty"], name="documents_one_decision_per_duty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.verdict}"
