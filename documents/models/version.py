"""One edition of a document, and the questions asked of many."""

import datetime as dt
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.lifecycles import IN_FLIGHT, SEALED, VersionState
from documents.models.document import Document
from qms.vault.models import Blob


class Counting(models.TextChoices):
    """Which counter a revision moves on."""

    AMENDMENT = "amendment", gettext_lazy("Sửa đổi (lần sửa đổi tăng 1)")
    ISSUE = "issue", gettext_lazy("Ban hành lại (lần ban hành tăng 1, lần sửa đổi về 00)")


class VersionQuerySet(models.QuerySet["Version"]):
    def sealed(self) -> Self:
        """Those of which copies may exist."""
        return self.filter(state__in=SEALED)

    def in_force(self) -> Self:
        return self.filter(state=VersionState.IN_FORCE)

    def in_force_on(self, day: dt.date) -> Self:
        """What was in force on `day`: begun, not ended, and nothing later of the same document."""
        begun = self.model._default_manager.filter(state__in=SEALED, effective_on__lte=day)
        later = begun.filter(
            document=OuterRef("document"), effective_on__gt=OuterRef("effective_on")
        )
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=day), state__in=SEALED, effective_on__lte=day
        ).exclude(Exists(later))

    def known_on(self, day: dt.date) -> Self:
        """What had come into force by `day`; `expired` says whether it had ended again."""
        begun = self.model._default_manager.filter(state__in=SEALED, effective_on__lte=day)
        later = begun.filter(
            document=OuterRef("document"), effective_on__gt=OuterRef("effective_on")
        )
        ended = Q(ended_on__isnull=False, ended_on__lte=day) | Exists(later)
        return self.filter(state__in=SEALED, effective_on__lte=day).annotate(
            expired=ExpressionWrapper(ended, output_field=models.BooleanField())
        )

    def in_flight(self) -> Self:
        """On the way to being in force; at most one per document."""
        return self.filter(state__in=IN_FLIGHT)

    def current(self) -> Self:
        """What a list shows: the version in force and the one in flight."""
        return self.filter(state__in=[VersionState.IN_FORCE, *IN_FLIGHT])

    def due_in_force(self, day: dt.date) -> Self:
        """Approved versions whose effective date has come."""
        return self.filter(state=VersionState.APPROVED, effective_on__lte=day)

    def for_page(self) -> Self:
        """With everything a version page shows, in a fixed number of queries."""
        return self.select_related("document__agency", "document__unit", "author", "sealed_file")


# Letters and digits that are not taken for one another on paper.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_check_code() -> str:
    """Eight random letters for the public page of a copy, `ABCD-EFGH`: 40 bits, no meaning."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class Version(models.Model):
    """One edition of a document, from first draft to its end.

    `issue_no` is "Lần ban hành", `amendment_no` "Lần sửa đổi". `state` follows
    `VERSION_LIFECYCLE` and is changed only by `documents.services`. `revision` counts the
    saves of a draft: a save names the one it was made from, so none is lost; `round` counts
    the submissions. `code` and `title` are as this edition printed them.
    `content_hash` is what decisions are bound to; from approval on `sealed_file` is the
    controlled PDF, rendered once.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    issue_no = models.PositiveIntegerField(gettext_lazy("lần ban hành"))
    amendment_no = models.PositiveIntegerField(gettext_lazy("lần sửa đổi"), default=0)
    code = models.CharField(gettext_lazy("mã hiệu"), max_length=60, blank=True)
    title = models.CharField(gettext_lazy("tên tài liệu"), max_length=500)
    standard = models.CharField(max_length=60, default="TCVN ISO 9001:2015")
    state = models.CharField(max_length=12, choices=VersionState, default=VersionState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    round = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField(gettext_lazy("ngày ban hành"), null=True, blank=True)
    effective_on = models.DateField(gettext_lazy("ngày hiệu lực"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    text_folded = models.TextField(blank=True, editable=False)
    source_file = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)
    sealed_file = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    check_code = models.CharField(
        max_length=9, unique=True, default=new_check_code, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-issue_no", "-amendment_no", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "issue_no", "amendment_no"],
                condition=~Q(state=VersionState.DISCARDED),
                name="documents_version_number_once",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state=VersionState.IN_FORCE),
                name="documents_one_version_in_force",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=IN_FLIGHT),
                name="documents_one_version_in_flight",
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="documents_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")),
                name="documents_author_never_approves",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEALED)
                | (Q(sealed_file__isnull=False) & ~Q(content_hash="")),
                name="documents_sealed_has_file_and_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SEALED) | Q(effective_on__isnull=False),
                name="documents_sealed_has_effective_date",
            ),
            models.CheckConstraint(
                condition=Q(effective_on=None)
                | Q(issued_on=None)
                | Q(effective_on__gte=F("issued_on")),
                name="documents_effective_not_before_issue",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "effective_on"], name="documents_version_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.number}".strip(" ·")

    def get_absolute_url(self) -> str:
        return reverse("documents:version-detail", args=[self.pk])

    @property
    def number(self) -> str:
        """ "lần 02" or, once amended, "lần 02, sửa đổi 01", as printed on the cover."""
        if self.amendment_no:
            return _("lần %(issue)02d, sửa đổi %(amendment)02d") % {
                "issue": self.issue_no,
                "amendment": self.amendment_no,
            }
        return _("lần %(issue)02d") % {"issue": self.issue_no}
