"""A set of templates ("bộ mẫu") that a kind of agency takes over together."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qms.agencies.models import Agency


class TemplateSetQuerySet(models.QuerySet["TemplateSet"]):
    def meant_for(self, agency: Agency) -> list["TemplateSet"]:
        """Those written for agencies of this kind; a handful, so asked in memory."""
        return [one for one in self if agency.kind in one.audience]


class TemplateSet(models.Model):
    """A named set. `audience` are the kinds of agency it is meant for; which templates stand
    in it is said by `Template.sets`."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("tên bộ mẫu"), max_length=120)
    description = models.TextField(_("mô tả"), blank=True)
    audience = models.JSONField(_("dành cho"), default=list)
    order = models.PositiveIntegerField(default=0)

    objects = TemplateSetQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="library_set_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("library:template-list", query={"set": self.key})
