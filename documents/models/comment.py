"""What readers of a version on its way say about a place in it, and what became of that."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version


class CommentQuerySet(models.QuerySet["Comment"]):
    def unresolved(self) -> Self:
        return self.filter(resolved_at=None)


class Comment(models.Model):
    """A remark about a section, or about one change; kept as evidence, whatever follows.

    `place` names the section as it stood then; `change_key` the change (see
    `services.redline.Line.key`) or is empty; `quote` the words it is about.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    round = models.PositiveIntegerField()
    place = models.CharField(_("về phần"), max_length=330, blank=True)
    change_key = models.CharField(max_length=40, blank=True)
    quote = models.CharField(max_length=300, blank=True)
    text = models.TextField(_("ý kiến"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_position = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()
    answer = models.TextField(_("cách xử lý"), blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    resolved_name = models.CharField(max_length=120, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="documents_comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="documents_comment_resolved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class SeenChange(models.Model):
    """That one person has looked at one change, so that he can stop and go on later."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="seen_changes")
    key = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version", "key"], name="documents_change_seen_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.key}"
