"""Decisions of promulgation (Quyết định ban hành tài liệu) and what they promulgate."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.lifecycles import PromulgationState
from documents.models.capacity import FOR_THE_HEAD, Capacity
from documents.models.version import Version
from qms.agencies.models import Agency
from qms.vault.models import Blob


class PromulgationQuerySet(models.QuerySet["Promulgation"]):
    def for_list(self) -> Self:
        return self.select_related("agency").annotate(count=models.Count("lines")).order_by("-pk")

    def for_page(self) -> Self:
        return self.select_related("agency__parent", "created_by", "pdf", "docx")


class Promulgation(models.Model):
    """A decision by which an agency promulgates documents of its quality-management system.

    Number and date are Văn thư's to give; once they are entered it is what it is, and both
    files are kept as they were. Lines of text are lists: each goes on a line of its own.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="promulgations")
    state = models.CharField(
        max_length=10, choices=PromulgationState, default=PromulgationState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    symbol = models.CharField(gettext_lazy("ký hiệu"), max_length=40)
    number = models.PositiveIntegerField(gettext_lazy("số"), null=True, blank=True)
    dated_on = models.DateField(gettext_lazy("ngày ký"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(gettext_lazy("địa danh"), max_length=80)
    subject = models.CharField(gettext_lazy("trích yếu"), max_length=300)
    issuer = models.CharField(gettext_lazy("thẩm quyền ban hành"), max_length=200)
    grounds = models.JSONField(gettext_lazy("căn cứ"), default=list)
    articles = models.JSONField(gettext_lazy("các điều"), default=list)
    recipients = models.JSONField(gettext_lazy("nơi nhận"), default=list)
    signing_capacity = models.CharField(max_length=4, choices=Capacity, blank=True)
    collective = models.CharField(max_length=160, blank=True)
    head_position = models.CharField(max_length=120, blank=True)
    signer_position = models.CharField(max_length=120)
    signer_name = models.CharField(max_length=120)
    pdf = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)
    docx = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PromulgationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PromulgationState.values),
                name="documents_promulgation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(signing_capacity__in=Capacity.values),
                name="documents_promulgation_capacity_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=PromulgationState.NUMBERED)
                | Q(
                    number__gt=0, year__isnull=False, dated_on__isnull=False,
                    pdf__isnull=False, docx__isnull=False,
                ),
                name="documents_promulgation_numbered_has_all",
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "number"],
                condition=Q(state=PromulgationState.NUMBERED),
                name="documents_promulgation_number_once_a_year",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        if self.number is None or self.dated_on is None:
            return _("Quyết định ban hành (chưa có số), %s") % self.symbol
        return _("Quyết định số %(number)s ngày %(day)s") % {
            "number": f"{self.number:02d}/{self.symbol}",
            "day": f"{self.dated_on:%d/%m/%Y}",
        }

    def get_absolute_url(self) -> str:
        return reverse("documents:promulgation-detail", args=[self.pk])

    @property
    def signer(self) -> tuple[str, ...]:
        """The lines above the signer's name, in capitals, as the decree wants them."""
        position = self.signer_position.upper()
        lines = [f"TM. {self.collective.upper()}"] if self.collective else []
        if self.signing_capacity in FOR_THE_HEAD:
            lines.append(f"{self.signing_capacity} {self.head_position.upper()}")
        acting = self.signing_capacity == Capacity.ACTING
        return (*lines, f"Q. {position}" if acting else position)


class PromulgatedVersion(models.Model):
    """One version in the annex of a decision, as it was called when it was put there."""

    promulgation = models.ForeignKey(Promulgation, models.PROTECT, related_name="lines")
    version = models.ForeignKey(Version, models.PROTECT, related_name="promulgations")
    order = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    issue_no = models.PositiveIntegerField()
    amendment_no = models.PositiveIntegerField()
    effective_on = models.DateField()
    is_final = models.BooleanField(default=False)

    class Meta:
        ordering = ["promulgation", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["promulgation", "version"], name="documents_promulgated_once_per_decision"
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(is_final=True),
                name="documents_promulgated_by_one_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"
