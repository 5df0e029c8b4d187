"""Who is to have a document: the list of one document, and the default of a kind."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models.document import Document, DocumentKind
from qms.agencies.models import Agency, Role, Unit


class DistributionQuerySet(models.QuerySet["Distribution"]):
    def with_lines(self) -> Self:
        """Ready to be read out: lines with their units and people."""
        return self.select_related("agency").prefetch_related("lines__unit", "lines__person")

    def covering(self, document: Document) -> Self:
        """The document's own list and the default of its kind, the own one first."""
        return self.filter(
            Q(document=document) | Q(agency=document.agency_id, kind=document.kind)
        ).order_by("kind")


class Distribution(models.Model):
    """The distribution list (Danh sách phân phối) of one document, or the default of one kind.

    A document without a list of its own goes by the default of its kind at its agency. An
    empty list of its own means nobody. `revision` counts the saves, so that none is lost.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="distributions")
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="distribution", null=True, blank=True
    )
    kind = models.CharField(max_length=20, choices=DocumentKind, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = DistributionQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(document__isnull=False) & Q(kind=""))
                | (Q(document=None) & ~Q(kind="")),
                name="documents_distribution_of_document_or_kind",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=~Q(kind=""),
                name="documents_one_default_distribution_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document) if self.document else str(self.get_kind_display())


class DistributionLine(models.Model):
    """One line of a list: a named person, or the holders of a role, in a unit or everywhere.

    No role means everybody; no unit means the whole agency.
    """

    distribution = models.ForeignKey(Distribution, models.PROTECT, related_name="lines")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["distribution", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | (Q(role="") & Q(unit=None)),
                name="documents_distribution_person_stands_alone",
            ),
            models.UniqueConstraint(
                fields=["distribution", "person"],
                condition=Q(person__isnull=False),
                name="documents_distribution_person_once",
            ),
            models.UniqueConstraint(
                fields=["distribution", "role", "unit"],
                condition=Q(unit__isnull=False),
                name="documents_distribution_unit_line_once",
            ),
            models.UniqueConstraint(
                fields=["distribution", "role"],
                condition=Q(unit=None, person=None),
                name="documents_distribution_role_line_once",
            ),
        ]

    def __str__(self) -> str:
        """The line as a clerk would say it."""
        if self.person:
            return str(self.person)
        said = {"role": self.get_role_display(), "unit": self.unit}
        if self.role and self.unit:
            return _("%(role)s, %(unit)s") % said
        if self.unit:
            return _("Mọi người của %(unit)s") % said
        return str(said["role"]) if self.role else _("Mọi người trong cơ quan")


class Dissemination(models.Model):
    """How one version is made known (Phổ biến): how much it changes, and since when it is read.

    When the change is not substantive, who had acknowledged the version before it need not
    read again. `started_on` is empty until its list was first given the version to read.
    """

    version = models.OneToOneField(
        "documents.Version", models.PROTECT, related_name="dissemination"
    )
    is_substantive = models.BooleanField(gettext_lazy("thay đổi về nội dung"), default=True)
    started_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.version)
