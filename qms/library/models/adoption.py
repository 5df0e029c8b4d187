"""That an agency took a template over, and from which version."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery

from documents.lifecycles import VersionState
from documents.models import Document, Version
from qms.agencies.models import Agency, AgencyKind
from qms.library.models.template import Template


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def open(self) -> Self:
        """Those that may be counted in public: not of a document hidden from its agency."""
        return self.filter(document__restricted=False)

    def with_distance(self) -> Self:
        """With `behind`: how many versions of the template came into force since the base."""
        newer = Q(
            template__document__versions__state__in=[
                VersionState.IN_FORCE,
                VersionState.SUPERSEDED,
                VersionState.WITHDRAWN,
            ],
            template__document__versions__pk__gt=F("base_version"),
        )
        current = Version.objects.in_force().filter(document=OuterRef("template__document"))
        return self.annotate(
            behind=Count("template__document__versions", filter=newer, distinct=True),
            current_id=Subquery(current.values("pk")[:1]),
        )

    def distances(self) -> dict[tuple[int, int], int]:
        """(agency, template) → how many versions behind; those up to date are left out."""
        found = self.with_distance().filter(Q(behind__gt=0, current_id__isnull=False))
        rows = found.order_by().values_list("agency_id", "template_id", "behind")  # type: ignore[misc]  # annotated
        return {(agency, template): number for agency, template, number in rows}

    def behind(self) -> Self:
        """Those whose template has a newer version in force than the one they came from."""
        annotated: Self = self.for_list()
        return annotated.filter(Q(behind__gt=0, current_id__isnull=False))

    def for_list(self) -> Self:
        counted: Self = self.select_related(
            "template__document", "document", "agency", "base_version"
        ).with_distance()
        counted = counted.defer("base_version__text_folded")
        return counted.order_by("agency", "template__document__code_key")


class Adoption(models.Model):
    """One agency's own copy of one template: the document it became, the version it came from.

    `base_hashes` maps the order of each section to the SHA-256 of its text as it was handed
    over, and `diverged` counts the sections of the version in force that say something else. `values` is what the open places
    of the text were filled with, `filled_for` the kind of agency its passages were chosen
    for: the base of the next merge is filled with just the same.
    """

    template = models.ForeignKey(Template, models.PROTECT, related_name="adoptions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="adoptions")
    document = models.OneToOneField(Document, models.PROTECT, related_name="adoption")
    base_version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    base_hashes = models.JSONField()
    values = models.JSONField(default=dict)
    filled_for = models.CharField(max_length=20, choices=AgencyKind, blank=True)
    diverged = models.PositiveIntegerField(default=0)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(auto_now_add=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "template"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "agency"], name="library_adopted_once_per_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.template}"
