"""Looking again, every so often, whether a document in force is still right ("soát xét định kỳ")."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document
from documents.models.version import Version


class ReviewVerdict(models.TextChoices):
    KEEP = "keep", _("Giữ nguyên")
    REVISE = "revise", _("Sửa đổi")
    WITHDRAW = "withdraw", _("Bãi bỏ")


class PeriodicReview(models.Model):
    """One such look: at which version, when it was due, what came of it. Never changed.

    Name, position and agency are as they were then.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="periodic_reviews")
    version = models.ForeignKey(Version, models.PROTECT, related_name="periodic_reviews")
    due_on = models.DateField(_("đến hạn"))
    verdict = models.CharField(_("kết luận"), max_length=8, choices=ReviewVerdict)
    remark = models.TextField(_("nhận xét"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_position = models.CharField(max_length=160, blank=True)
    by_agency = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["document", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=ReviewVerdict.values) & ~Q(remark=""),
                name="documents_periodic_review_concludes",
            ),
            models.UniqueConstraint(
                fields=["version", "due_on"], name="documents_periodic_review_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.get_verdict_display()}"
