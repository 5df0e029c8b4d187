"""What people decided about a version, bound to the text they saw."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.capacity import Capacity
from documents.models.version import Version


class Duty(models.TextChoices):
    AUTHOR = "author", _("Soạn thảo")
    REVIEWER = "reviewer", _("Soát xét")
    APPROVER = "approver", _("Phê duyệt")


class Verdict(models.TextChoices):
    AGREED = "agreed", _("Đồng ý")
    SENT_BACK = "sent_back", _("Trả lại để sửa")
    STEPPED_BACK = "step_back", _("Trả về bước trước")


class Method(models.TextChoices):
    """How the system knew who it was."""

    SESSION = "session", _("Phiên đăng nhập")
    PASSWORD = "password", _("Nhập lại mật khẩu khi ký")


class Decision(models.Model):
    """One person's decision in one duty. Name, position and agency are as they were then.

    `round` counts the submissions of the version: a decision holds for its own round only.
    `step` is the station of the run it was given in; the author's has none. Who decides in
    another's place (`for_whom`) or signs in a `capacity` ("KT. GIÁM ĐỐC") says so.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="decisions")
    step = models.ForeignKey(
        "documents.RunStep", models.PROTECT, related_name="decisions", null=True, blank=True
    )
    round = models.PositiveIntegerField(default=1)
    duty = models.CharField(max_length=10, choices=Duty)
    verdict = models.CharField(max_length=10, choices=Verdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_position = models.CharField(max_length=160, blank=True)
    by_agency = models.CharField(max_length=200)
    for_whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    for_name = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=4, choices=Capacity, blank=True)
    capacity_of = models.CharField(max_length=160, blank=True)
    method = models.CharField(max_length=10, choices=Method, default=Method.SESSION)
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
                condition=Q(verdict=Verdict.AGREED) | ~Q(comment=""),
                name="documents_sent_back_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(capacity="", capacity_of="") | (~Q(capacity="") & ~Q(capacity_of="")),
                name="documents_capacity_names_whose",
            ),
            models.UniqueConstraint(
                fields=["version", "round", "duty"],
                condition=Q(step=None),
                name="documents_one_decision_per_duty",
            ),
            models.UniqueConstraint(
                fields=["step", "by"],
                condition=Q(verdict=Verdict.AGREED),
                name="documents_one_agreement_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.verdict}"

    @property
    def signs_as(self) -> str:
        """ "KT. GIÁM ĐỐC", or nothing for who signs as himself."""
        return f"{self.capacity} {self.capacity_of.upper()}" if self.capacity else ""
