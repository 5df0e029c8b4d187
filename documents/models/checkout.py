"""Who holds a draft to edit it elsewhere; a lock for writers, never for readers."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version


class CheckoutOutcome(models.TextChoices):
    CHECKED_IN = "checked_in", _("Đã nộp lại bản đã sửa")
    RELEASED = "released", _("Đã thôi giữ")
    MOVED_ON = "moved_on", _("Bản nháp đã được chuyển bước")
    UNLOCKED = "unlocked", _("Người khác gỡ")


class CheckoutQuerySet(models.QuerySet["Checkout"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class Checkout(models.Model):
    """One person's hold on a draft ("Nhận sửa"), from when to when, and how it ended."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="checkouts")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="checkouts")
    holder_name = models.CharField(max_length=120)
    since = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=CheckoutOutcome, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CheckoutQuerySet.as_manager()

    class Meta:
        ordering = ["version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(ended_at=None),
                name="documents_one_holder_per_version",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome="")),
                name="documents_checkout_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=CheckoutOutcome.UNLOCKED) | ~Q(reason=""),
                name="documents_unlocked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.holder_name}"
