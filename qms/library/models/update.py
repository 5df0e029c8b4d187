"""A newer version of a template on its way to one agency that adopted it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Version
from qms.library.models.adoption import Adoption


class UpdateState(models.TextChoices):
    WAITING = "waiting", _("Đang so sánh")
    CLEAN = "clean", _("Trộn được")
    CONFLICT = "conflict", _("Cần người quyết định")
    DRAFTED = "drafted", _("Đã thành bản nháp")
    DONE = "done", _("Đã có hiệu lực")
    DECLINED = "declined", _("Không nhận bản này")
    OVERTAKEN = "overtaken", _("Đã có bản mới hơn")


# What still asks something of the agency.
OPEN = (UpdateState.WAITING, UpdateState.CLEAN, UpdateState.CONFLICT)


class UpdateQuerySet(models.QuerySet["Update"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def for_work(self) -> Self:
        """With all that a merge reads."""
        return self.select_related(
            "adoption__agency__parent", "adoption__document", "adoption__template",
            "adoption__base_version__document__agency__parent",
            "version__document__agency__parent", "draft",
        )  # fmt: skip

    def for_list(self) -> Self:
        """With what a row shows, in one query."""
        rows = self.select_related(
            "adoption__agency", "adoption__document", "adoption__template__document",
            "version", "adoption__base_version", "draft",
        )  # fmt: skip
        return rows.defer("version__text_folded", "adoption__base_version__text_folded").order_by(
            "adoption__document__code_key", "pk"
        )


class Update(models.Model):
    """One version of one template for one adoption; once for both, whatever happens twice.

    `sections` tells per section of the merge what became of it; `draft` is the version it
    became. An update that is not taken carries the reason.
    """

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="updates")
    version = models.ForeignKey(Version, models.PROTECT, related_name="updates")
    state = models.CharField(max_length=10, choices=UpdateState, default=UpdateState.WAITING)
    sections = models.JSONField(default=list)
    conflicts = models.PositiveIntegerField(default=0)
    draft = models.ForeignKey(
        Version, models.PROTECT, related_name="drafted_updates", null=True, blank=True
    )
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UpdateQuerySet.as_manager()

    class Meta:
        ordering = ["adoption", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "version"], name="library_update_once_per_adoption"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UpdateState.values), name="library_update_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="library_declined_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "adoption"], name="library_update_state")]

    def __str__(self) -> str:
        return f"{self.adoption}: {self.version}"
