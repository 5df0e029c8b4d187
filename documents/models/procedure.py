"""What a TTHC procedure says beyond its text: the formality it serves, and who has how long."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version


class Level(models.TextChoices):
    PROVINCE = "province", _("Cấp tỉnh")
    COMMUNE = "commune", _("Cấp xã")
    BOTH = "both", _("Cấp tỉnh và cấp xã")


class Online(models.TextChoices):
    """How far the formality can be done online (dịch vụ công trực tuyến)."""

    FULL = "full", _("Toàn trình")
    PART = "part", _("Một phần")
    NONE = "none", _("Không cung cấp trực tuyến")


class TimeUnit(models.TextChoices):
    """In which unit a time was said; kept are minutes of working time."""

    HOUR = "hour", _("giờ làm việc")
    DAY = "day", _("ngày làm việc")


class ProcedureDetails(models.Model):
    """The administrative formality (TTHC) that a version is the procedure of.

    `national_code` is its code in the national database, `act_number` and `act_on` the
    decision that published it. `minutes` is the whole working time it may take.
    """

    version = models.OneToOneField(Version, models.PROTECT, related_name="procedure")
    national_code = models.CharField(_("mã thủ tục"), max_length=40, blank=True)
    field = models.CharField(_("lĩnh vực"), max_length=200, blank=True)
    level = models.CharField(_("cấp giải quyết"), max_length=10, choices=Level, blank=True)
    online = models.CharField(_("dịch vụ công"), max_length=10, choices=Online, blank=True)
    act_number = models.CharField(_("số quyết định công bố"), max_length=60, blank=True)
    act_on = models.DateField(_("ngày quyết định công bố"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("tổng thời gian"), default=0)
    unit = models.CharField(max_length=5, choices=TimeUnit, default=TimeUnit.DAY)

    class Meta:
        verbose_name_plural = "procedure details"
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["", *Level.values])
                & Q(online__in=["", *Online.values])
                & Q(unit__in=TimeUnit.values),
                name="documents_procedure_words_known",
            ),
        ]

    def __str__(self) -> str:
        return self.national_code or str(self.version)


class ProcedureStep(models.Model):
    """One row of the step table: who does what, in how much working time, with what result.

    No minutes: the time is counted in the step before.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="steps")
    order = models.PositiveIntegerField()
    name = models.TextField(_("trình tự"))
    responsible = models.CharField(_("trách nhiệm"), max_length=300, blank=True)
    minutes = models.PositiveIntegerField(_("thời gian"), default=0)
    unit = models.CharField(max_length=5, choices=TimeUnit, default=TimeUnit.DAY)
    result = models.TextField(_("biểu mẫu, kết quả"), blank=True)

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "order"], name="documents_step_once_in_its_place"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(unit__in=TimeUnit.values),
                name="documents_step_says_what_is_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"
