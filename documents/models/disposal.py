"""Disposing of records by decision: a list, who proposed it, who decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.lifecycles import DisposalState
from documents.models.record import RecordFile
from qms.agencies.models import Agency


class Disposal(models.Model):
    """A list of files proposed for disposal and the decision about it.

    The number is the one Văn thư gave the decision. Who proposed never decides.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="disposals")
    state = models.CharField(max_length=10, choices=DisposalState, default=DisposalState.PROPOSED)
    note = models.TextField(_("lý do đề nghị"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_name = models.CharField(max_length=120)
    proposed_at = models.DateTimeField(auto_now_add=True)
    number = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DisposalState.values),
                name="documents_disposal_state_known",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="documents_proposer_never_decides",
            ),
            models.CheckConstraint(
                condition=~Q(state=DisposalState.APPROVED)
                | (~Q(number="") & Q(decided_on__isnull=False, decided_by__isnull=False)),
                name="documents_disposal_has_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Đề nghị hủy hồ sơ số %d")) % self.pk

    def get_absolute_url(self) -> str:
        return reverse("documents:disposal-detail", args=[self.pk])


class DisposalLine(models.Model):
    """One file of a disposal, with its words as they were when it was proposed."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="lines")
    file = models.ForeignKey(RecordFile, models.PROTECT, related_name="disposal_lines")
    series_name = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    opened_on = models.DateField()
    closed_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ["disposal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposal", "file"], name="documents_disposal_names_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
