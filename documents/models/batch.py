"""Many files handed in at once: the batch, one row for each file, and whose turn it is."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.version import Version
from qms.agencies.models import Agency
from qms.vault.models import Blob


class FileState(models.TextChoices):
    QUEUED = "queued", _("Đang chờ")
    WORKING = "working", _("Đang đọc")
    IMPORTED = "imported", _("Đã nhập")
    REFUSED = "refused", _("Bị từ chối")


OPEN = (FileState.QUEUED, FileState.WORKING)


class BatchQuerySet(models.QuerySet["Batch"]):
    def for_list(self) -> Self:
        """With how many files each has, and how many of them in which state."""
        counts = {state.value: Count("files", filter=Q(files__state=state)) for state in FileState}
        return (
            self.select_related("agency", "by")
            .annotate(total=Count("files"), **counts)
            .order_by("-pk")
        )


class Batch(models.Model):
    """One handing-in ("đợt nhập") of files for one agency; every file has its own outcome.

    `registers` means that what is complete is entered as already in force on paper.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="batches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("tên đợt nhập"), max_length=200)
    registers = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "batches"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("documents:batch-detail", args=[self.pk])


class BatchFileQuerySet(models.QuerySet["BatchFile"]):
    def open(self) -> Self:
        """Not decided yet."""
        return self.filter(state__in=OPEN)

    def free(self, now: dt.datetime) -> Self:
        """Waiting, or left behind by a worker that died with them."""
        left = Q(state=FileState.WORKING, leased_until__lte=now)
        return self.filter(Q(state=FileState.QUEUED) | left)


class BatchFile(models.Model):
    """One file of a batch: where it is kept, and what became of it.

    A worker holds the file by `attempts`, which it counted up when it took it; whoever took
    it later has another number, so that what a late worker did is rolled back. `found` is the
    report of the file as plain values. A file refused at the door is not kept.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    version = models.OneToOneField(
        Version, models.PROTECT, related_name="batch_file", null=True, blank=True
    )
    found = models.JSONField(default=dict, blank=True)

    objects = BatchFileQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "order"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="documents_batch_file_once"),
            models.CheckConstraint(
                condition=Q(state__in=FileState.values), name="documents_batch_file_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.IMPORTED) | Q(version__isnull=False),
                name="documents_imported_file_has_version",
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.REFUSED) | (~Q(reason="") & Q(version=None)),
                name="documents_refused_file_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.REFUSED) | Q(blob__isnull=False),
                name="documents_taken_file_is_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "leased_until"], name="documents_batch_file_free"),
        ]

    def __str__(self) -> str:
        return self.name
