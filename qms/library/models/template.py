"""A guidance template: what the library knows of it beside the controlled document itself."""

from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.lifecycles import VersionState
from documents.models import Document, DocumentKind, Version
from qms.library.models.template_set import TemplateSet
from qms.standards.models import Clause


class Paper(models.TextChoices):
    """Administrative papers, laid out by Nghị định 30/2020 instead of the look of procedures."""

    DECISION = "decision", _("Quyết định")
    PLAN = "plan", _("Kế hoạch")
    REPORT = "report", _("Báo cáo")
    MINUTES = "minutes", _("Biên bản")
    NOTICE = "notice", _("Thông báo, công văn")
    ANNOUNCEMENT = "announcement", _("Bản công bố")


class TemplateQuerySet(models.QuerySet["Template"]):
    def whole(self) -> Self:
        """Those that stand for themselves: not the forms that come with a procedure."""
        return self.filter(parent=None)

    def published(self) -> Self:
        """Those whose document has a version in force; nobody outside sees any other."""
        return self.filter(document__versions__state=VersionState.IN_FORCE)

    def for_list(self) -> Self:
        """With what a card shows: the version in force, clauses, how many agencies adopted it."""
        in_force = Version.objects.in_force().filter(document=OuterRef("document"))
        return (
            self.select_related("document")
            .prefetch_related("clauses")
            .annotate(
                in_force_id=Subquery(in_force.values("pk")[:1]),
                issue_no=Subquery(in_force.values("issue_no")[:1]),
                amendment_no=Subquery(in_force.values("amendment_no")[:1]),
                effective_on=Subquery(in_force.values("effective_on")[:1]),
                adopters=Count(
                    "adoptions", Q(adoptions__document__restricted=False), distinct=True
                ),
            )
            .order_by("document__code_key")  # an aggregate drops the ordering of Meta
        )


class Template(models.Model):
    """A document of the province's quality office that agencies download and adopt.

    Its text, versions and approvals are the document's own. `target_kind` is what an
    adopted copy becomes; `audience` the kinds of agency it is written for. A form stands
    under the `parent` it belongs to, in its `order`, and is taken over with it. `paper` says
    which administrative paper it is, when it is one.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="template")
    target_kind = models.CharField(
        _("loại tài liệu khi áp dụng"), max_length=20, choices=DocumentKind
    )
    summary = models.TextField(_("tóm tắt"))
    audience = models.JSONField(_("dành cho"), default=list)
    legal_basis = models.JSONField(_("căn cứ pháp lý"), default=list)
    clauses = models.ManyToManyField(Clause, related_name="templates", blank=True)
    sets = models.ManyToManyField(TemplateSet, related_name="templates", blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="forms", null=True, blank=True,
        verbose_name=_("biểu mẫu của"),
    )  # fmt: skip
    order = models.PositiveIntegerField(default=0)
    paper = models.CharField(_("thể thức"), max_length=12, choices=Paper, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["document__code_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | (Q(target_kind=DocumentKind.FORM) & ~Q(parent=F("pk"))),
                name="library_only_forms_have_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(paper="") | Q(paper__in=Paper.values), name="library_paper_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        return reverse("library:template-detail", args=[self.pk])
