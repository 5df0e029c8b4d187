"""Which version names which document: worked out from the text, as the search index is."""

from typing import Self

from django.db import models
from django.db.models import Q

from documents.models.document import Document
from documents.models.external_document import ExternalDocument
from documents.models.version import Version, VersionQuerySet


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def among(self, seen: VersionQuerySet) -> Self:
        """Those made by versions that the reader sees and that are in use or on their way."""
        return self.filter(version__in=seen.current())


class Reference(models.Model):
    """One version names one document, of the agency or of others, `as_written` in its text.

    Can be made anew from the texts at any time (`documents.services.reference`); whether a
    reader may know of it is asked when it is shown.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="references")
    to_document = models.ForeignKey(
        Document, models.PROTECT, related_name="referred_by", null=True, blank=True
    )
    to_external = models.ForeignKey(
        ExternalDocument, models.PROTECT, related_name="references", null=True, blank=True
    )
    as_written = models.CharField(max_length=200)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_document=None, to_external__isnull=False)
                | Q(to_document__isnull=False, to_external=None),
                name="documents_reference_has_one_target",
            ),
            models.UniqueConstraint(
                fields=["version", "to_document"], name="documents_document_named_once"
            ),
            models.UniqueConstraint(
                fields=["version", "to_external"], name="documents_external_named_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} → {self.as_written}"
