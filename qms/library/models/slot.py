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


class Answer(models.Model):
    """What one agency says to one open place: a slot (`?so_dien_thoai`), or a merge field that
    its own data cannot fill (`dia_chi`). Asked once, used in everything it adopts."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="answers")
    name = models.CharField(max_length=41)
    text = models.CharField(max_length=1000)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["agency", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], name="library_answered_once_per_agency"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(name=""), name="library_answer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"
