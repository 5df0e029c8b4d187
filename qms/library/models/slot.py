"""What each agency must say itself: asked once, used in every template."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.agencies.models import Agency

NAME = r"[a-z][a-z_]*"


class Slot(models.Model):
    """A place `{{?name}}` in guidance texts. The same name means the same thing everywhere."""

    name = models.CharField(
        _("tên ô"), max_length=40, unique=True, validators=[RegexValidator(rf"^{NAME}$")]
    )
    label = models.CharField(_("tên hiện cho cơ quan"), max_length=120)
    help = models.CharField(_("hướng dẫn điền"), max_length=300, blank=True)
    example = models.CharField(_("ví dụ"), max_length=300, blank=True)
    multiline = models.BooleanField(_("nhiều dòng"), default=False)

    class Meta:
        ordering = ["label", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(label=""), name="library_slot_has_name_and_label"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SlotValue(models.Model):
    """What one agency answers to one slot, since when and by whom."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="values")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="slot_values")
    text = models.CharField(max_length=1000)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["agency", "slot"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "agency"], name="library_slot_answered_once_per_agency"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="library_slot_answer_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.text}"
