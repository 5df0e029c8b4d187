"""What people are told without asking, each thing once. How it is sent is `services`."""

from typing import Self

from django.conf import settings
from django.db import models

from qms.agencies.models import Agency


class NoticeQuerySet(models.QuerySet["Notice"]):
    def owed(self) -> Self:
        """Not yet mailed, to people who have an address and can still log in."""
        return self.filter(mailed_at=None, person__is_active=True).exclude(person__email="")

    def unseen(self) -> Self:
        return self.filter(seen_at=None)


class Notice(models.Model):
    """One thing that one person was told: also the sent-log, so it is never told twice.

    `key` names the occasion, for example "version:12:round:1:review:late"; `address` is the
    page to open, a path of this site.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notices_told_once"),
        ]
        indexes = [
            models.Index(fields=["mailed_at", "person"], name="notices_owed"),
            models.Index(fields=["person", "seen_at"], name="notices_unseen"),
        ]

    def __str__(self) -> str:
        return self.subject
