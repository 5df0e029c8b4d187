"""A choice of rows that a person wants to see again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RegisterName(models.TextChoices):
    MASTER = "master", _("Danh mục tài liệu nội bộ")
    EXTERNAL = "external", _("Danh mục tài liệu bên ngoài")
    RECORDS = "records", _("Danh mục hồ sơ")


class SavedView(models.Model):
    """One person's own name for a register narrowed in a certain way. Nobody else sees it.

    `query` holds the words of the address and nothing else; whoever opens it is shown what
    he may see on that day. It proves nothing, so it may be removed.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views"
    )
    register = models.CharField(max_length=10, choices=RegisterName)
    name = models.CharField(_("tên"), max_length=80)
    query = models.CharField(max_length=600, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["register", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "register", "name"], name="documents_saved_view_name_once"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="documents_view_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
