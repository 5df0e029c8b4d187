"""What stays the same while versions follow each other: agency, kind, code, title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qms.agencies.models import Agency, Unit
from qms.kernel.text import code_key, fold

if TYPE_CHECKING:
    from documents.models.version import VersionQuerySet


class DocumentKind(models.TextChoices):
    MANUAL = "manual", _("Sổ tay chất lượng")
    POLICY = "policy", _("Chính sách chất lượng")
    OBJECTIVES = "objectives", _("Mục tiêu chất lượng")
    SYSTEM_PROCEDURE = "system_procedure", _("Quy trình hệ thống")
    INTERNAL_PROCEDURE = "internal_procedure", _("Quy trình nội bộ")
    TTHC_PROCEDURE = "tthc_procedure", _("Quy trình giải quyết TTHC")
    WORK_INSTRUCTION = "work_instruction", _("Hướng dẫn công việc")
    REGULATION = "regulation", _("Quy định, quy chế")
    FORM = "form", _("Biểu mẫu")
    EXTERNAL_DOCUMENT = "external_document", _("Tài liệu bên ngoài")
    GUIDANCE = "guidance", _("Mẫu hướng dẫn của tỉnh")


# Whose forms are documents of their own.
PROCEDURES = (
    DocumentKind.SYSTEM_PROCEDURE, DocumentKind.INTERNAL_PROCEDURE, DocumentKind.TTHC_PROCEDURE,
    DocumentKind.WORK_INSTRUCTION, DocumentKind.REGULATION, DocumentKind.MANUAL,
)  # fmt: skip


class DocumentQuerySet(models.QuerySet["Document"]):
    def having_code(self, code: str) -> list[Document]:
        """Those with this code, however spaced; else those that once had it."""
        key = code_key(code)
        if not key:
            return []
        return list(self.filter(code_key=key)[:10]) or list(
            self.filter(former_codes__code_key=key).distinct()[:10]
        )

    def for_list(self, seen: VersionQuerySet) -> Self:
        """With the current ones of the versions that the reader may see, `seen`.

        A row tells nothing of a draft to those who do not see it.
        """
        shown = seen.current().only(
            "document_id", "issue_no", "amendment_no", "state", "effective_on", "issued_on"
        )
        return self.select_related("agency").prefetch_related(
            Prefetch("versions", shown, to_attr="shown_versions")
        )


class Document(models.Model):
    """A controlled document: a stable code and title under which versions follow.

    `code` is kept exactly as typed. A document that came in with a code already taken
    keeps it too, but `code_settled` is false and it cannot be submitted before it is settled.
    A `restricted` one is there only for named readers and those who work on it; see
    `documents.permissions.visibility`.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="documents")
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="forms", null=True, blank=True,
        verbose_name=_("quy trình của biểu mẫu"),
    )  # fmt: skip
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", null=True, blank=True)
    kind = models.CharField(_("loại tài liệu"), max_length=20, choices=DocumentKind)
    code = models.CharField(_("mã hiệu"), max_length=60, blank=True)
    code_key = models.CharField(max_length=60, editable=False)
    code_settled = models.BooleanField(default=True)
    title = models.CharField(_("tên tài liệu"), max_length=500)
    title_folded = models.CharField(max_length=500, editable=False)
    restricted = models.BooleanField(_("hạn chế người đọc"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "code_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code_key"],
                condition=Q(code_settled=True),
                name="documents_code_once_per_agency",
            ),
            models.CheckConstraint(
                condition=Q(code_settled=False) | ~Q(code_key=""),
                name="documents_settled_code_is_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | (Q(kind=DocumentKind.FORM) & ~Q(parent=F("pk"))),
                name="documents_only_forms_belong_to_a_procedure",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="documents_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(restricted=False) | ~Q(kind=DocumentKind.GUIDANCE),
                name="documents_guidance_is_never_restricted",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "kind", "code_key"], name="documents_list"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    def save(self, *args: object, **kwargs: object) -> None:
        self.code_key = code_key(self.code)
        self.title_folded = fold(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def get_absolute_url(self) -> str:
        return reverse("documents:document-detail", args=[self.pk])
