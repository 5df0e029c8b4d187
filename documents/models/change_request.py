"""Asking for a document to be issued, amended or withdrawn: form BM.01.01, on paper and here."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.lifecycles import ChangeRequestState
from documents.models.document import Document, DocumentKind
from documents.models.version import Version
from qms.agencies.models import Agency


class Wish(models.TextChoices):
    ISSUE = "issue", _("Ban hành mới")
    AMEND = "amend", _("Sửa đổi, bổ sung")
    WITHDRAW = "withdraw", _("Bãi bỏ")


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def for_list(self) -> Self:
        return (
            self.select_related("agency", "proposed_by")
            .prefetch_related("lines")
            .annotate(asked=models.Count("lines"))
            .order_by("-pk")
        )

    def for_page(self) -> Self:
        """With its lines, their documents and the drafts opened for them."""
        lines = ChangeRequestLine.objects.select_related("document__agency", "version__document")
        return self.select_related("agency", "proposed_by").prefetch_related(
            Prefetch("lines", lines)
        )


class ChangeRequest(models.Model):
    """What one person asks for, why, and what it would mean; `number` is the agency's own.

    Names, positions and agency are as they were when it was asked, and when it was decided.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="change_requests")
    number = models.CharField(_("số phiếu"), max_length=30)
    reason = models.TextField(_("lý do"))
    impact = models.TextField(_("ảnh hưởng"), blank=True)
    state = models.CharField(
        max_length=10, choices=ChangeRequestState, default=ChangeRequestState.PROPOSED
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_name = models.CharField(max_length=120)
    proposed_position = models.CharField(max_length=160, blank=True)
    proposed_agency = models.CharField(max_length=200)
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_name = models.CharField(max_length=120, blank=True)
    decided_position = models.CharField(max_length=160, blank=True)
    decided_agency = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("ý kiến xem xét"), blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], name="documents_change_request_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ChangeRequestState.values),
                name="documents_change_request_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeRequestState.REFUSED) | ~Q(answer=""),
                name="documents_change_request_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("documents:change-request-detail", args=[self.pk])

    @property
    def wishes(self) -> list[str]:
        """What its lines ask for, each once, in the order of the form."""
        asked = {line.wish for line in self.lines.all()}
        return [str(wish.label) for wish in Wish if wish in asked]


class ChangeRequestLine(models.Model):
    """One document of a request and what is wished of it.

    An existing one to amend or withdraw, or title and kind of one to be written.
    `version` is the draft that was opened for it; `remark` says why none was.
    """

    request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="lines")
    wish = models.CharField(_("đề nghị"), max_length=8, choices=Wish)
    kind = models.CharField(
        _("loại tài liệu mới"), max_length=20, choices=DocumentKind, blank=True
    )
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="change_request_lines", null=True, blank=True
    )
    title = models.CharField(_("tên tài liệu mới"), max_length=500, blank=True)
    what = models.TextField(_("nội dung đề nghị"))
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="change_request_lines", null=True, blank=True
    )
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wish=Wish.ISSUE, document=None, kind__in=DocumentKind.values)
                & ~Q(title="")
                | Q(
                    wish__in=[Wish.AMEND, Wish.WITHDRAW],
                    document__isnull=False,
                    title="",
                    kind="",
                ),
                name="documents_change_request_line_names_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document or self.title)
