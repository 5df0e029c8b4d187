"""What stays of a document after its end or renaming: why, what replaced it, its former codes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document
from documents.models.version import Version
from qms.kernel.text import code_key


class Withdrawal(models.Model):
    """That a version was taken out of use, why, and which document takes its place, if any."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="withdrawal")
    document = models.ForeignKey(Document, models.PROTECT, related_name="withdrawals")
    reason = models.TextField(_("lý do"))
    replaced_by = models.ForeignKey(
        Document, models.PROTECT, related_name="replaces", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("document")),
                name="documents_not_replaced_by_itself",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="documents_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} → {self.replaced_by or '–'}"


class FormerCode(models.Model):
    """A code that a document once had, so that what cites it still leads there."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="former_codes")
    code = models.CharField(max_length=60)
    code_key = models.CharField(max_length=60, editable=False, db_index=True)
    until = models.DateField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "code_key"], name="documents_former_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: object, **kwargs: object) -> None:
        self.code_key = code_key(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
