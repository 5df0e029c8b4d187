"""How one agency controls its documents: settings, never constants in code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.agencies.models import Agency


class ControlSettings(models.Model):
    """The choices of one agency; an agency without a row works by the defaults.

    `code_patterns` maps a kind to its pattern of tokens. Days are calendar days.
    `days_off` and `days_worked` are ISO dates beside the public calendar of working time.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="control_settings")
    code_patterns = models.JSONField(_("mẫu mã hiệu"), default=dict, blank=True)
    counts_amendments = models.BooleanField(_("đếm lần sửa đổi"), default=True)
    needs_three_people = models.BooleanField(_("ba người khác nhau"), default=True)
    decide_days = models.PositiveSmallIntegerField(_("số ngày để cho ý kiến"), default=3)
    remind_days = models.PositiveSmallIntegerField(_("nhắc trước hạn (ngày)"), default=1)
    escalate_days = models.PositiveSmallIntegerField(_("báo cấp trên sau hạn (ngày)"), default=3)
    read_days = models.PositiveSmallIntegerField(_("số ngày để đọc và xác nhận"), default=10)
    review_months = models.PositiveSmallIntegerField(_("chu kỳ soát xét (tháng)"), default=36)

    days_off = models.JSONField(_("ngày nghỉ riêng"), default=list, blank=True)
    days_worked = models.JSONField(_("ngày làm bù riêng"), default=list, blank=True)

    class Meta:
        verbose_name_plural = "control settings"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decide_days__gte=1)
                & models.Q(read_days__gte=1)
                & models.Q(review_months__gte=1),
                name="documents_control_days_positive",
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)

    @classmethod
    def of(cls, agency: Agency) -> "ControlSettings":
        """The agency's choices, or the defaults (not saved)."""
        return cls._default_manager.filter(agency=agency).first() or cls(agency=agency)
