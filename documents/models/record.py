"""Records an agency keeps (BM.01.04): the series in its list, and the files of each."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models.document import Document
from qms.agencies.models import Agency, Unit
from qms.kernel.text import fold

WARN_DAYS = 30


class RecordSeriesQuerySet(models.QuerySet["RecordSeries"]):
    def kept_on(self, day: dt.date) -> Self:
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))


class RecordSeries(models.Model):
    """One line of the list of records: what is kept, by whom, where, and for how long.

    `retention_years` empty means for ever. `legal_basis` is the paragraph that says so, as
    text: the law on retention changes, and what was decided under it stays.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="record_series")
    name = models.CharField(gettext_lazy("tên hồ sơ"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="record_series", null=True, blank=True
    )
    source = models.CharField(gettext_lazy("mã hiệu, quy trình"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.CharField(gettext_lazy("nơi lưu"), max_length=200, blank=True)
    retention_years = models.PositiveSmallIntegerField(
        gettext_lazy("thời gian lưu (năm)"), null=True, blank=True
    )
    legal_basis = models.CharField(gettext_lazy("căn cứ thời hạn lưu"), max_length=300, blank=True)
    since = models.DateField(gettext_lazy("lập từ ngày"))
    until = models.DateField(gettext_lazy("ngừng lập từ ngày"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RecordSeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "record series"
        ordering = ["agency", "source", "name_folded", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retention_years=None) | Q(retention_years__gte=1),
                name="documents_records_kept_a_year_or_for_ever",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="documents_series_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="documents_series_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def get_absolute_url(self) -> str:
        return reverse("documents:record-detail", args=[self.pk])

    @property
    def retention(self) -> str:
        if self.retention_years is None:
            return _("Vĩnh viễn")
        return _("%d năm") % self.retention_years

    def due_after(self, closed_on: dt.date | None) -> dt.date | None:
        """The first day on which a file closed on that day may be disposed of; None: never."""
        if closed_on is None or self.retention_years is None:
            return None
        year = closed_on.year + self.retention_years
        try:
            return closed_on.replace(year=year)
        except ValueError:  # 29 February
            return dt.date(year, 3, 1)


class RecordFileQuerySet(models.QuerySet["RecordFile"]):
    def kept(self) -> Self:
        return self.filter(disposed_on=None)

    def due_by(self, day: dt.date) -> Self:
        """Still kept, their time over by `day`."""
        return self.kept().filter(due_on__lte=day)

    def disposable(self, day: dt.date) -> Self:
        """Their time is over, nothing holds them, and no proposal has them yet."""
        return self.due_by(day).filter(held=False, disposal=None)


class RecordFile(models.Model):
    """One file (hồ sơ) of a series, from its opening to its disposal.

    `due_on` follows from the day it was closed and the retention of its series. `held` says
    that a legal hold stops its disposal; the database refuses both at once.
    """

    series = models.ForeignKey(RecordSeries, models.PROTECT, related_name="files")
    title = models.CharField(gettext_lazy("tiêu đề hồ sơ"), max_length=300)
    opened_on = models.DateField(gettext_lazy("ngày mở"))
    closed_on = models.DateField(gettext_lazy("ngày kết thúc"), null=True, blank=True)
    place = models.CharField(gettext_lazy("hộp, giá, nơi để"), max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    held = models.BooleanField(default=False)
    disposal = models.ForeignKey(
        "documents.Disposal", models.PROTECT, related_name="files", null=True, blank=True
    )
    disposed_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RecordFileQuerySet.as_manager()

    class Meta:
        ordering = ["series", "opened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="documents_file_closed_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(disposed_on=None) | Q(held=False),
                name="documents_held_file_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(disposed_on=None)
                | Q(disposal__isnull=False, due_on__lte=F("disposed_on")),
                name="documents_disposed_by_decision_when_due",
            ),
        ]
        indexes = [models.Index(fields=["disposed_on", "due_on"], name="documents_file_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= timezone.localdate()

    @property
    def is_due_soon(self) -> bool:
        soon = timezone.localdate() + dt.timedelta(days=WARN_DAYS)
        return self.due_on is not None and not self.is_due and self.due_on <= soon


class LegalHold(models.Model):
    """Why a file must not be disposed of, by whom, until it is lifted."""

    file = models.ForeignKey(RecordFile, models.PROTECT, related_name="holds")
    reason = models.TextField(gettext_lazy("lý do"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_name = models.CharField(max_length=120, blank=True)
    lifted_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["file", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=Q(lifted_at=None),
                name="documents_one_open_hold_per_file",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="documents_hold_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.reason[:60]}"
