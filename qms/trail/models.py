"""What happened: one row per fact, written once, never changed, each bound to the one before."""

import datetime as dt
import hashlib
import json

from django.conf import settings
from django.db import models
from django.utils import timezone

from qms.agencies.models import Agency


class Chain(models.Model):
    """The head of one agency's chain of events: how many there are, and the last hash."""

    agency = models.OneToOneField(Agency, models.PROTECT, primary_key=True, related_name="chain")
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.length}"


class Event(models.Model):
    """One fact about one thing. The audit trail, and the outbox, in one table.

    `sequence` counts within the agency from 1 without gaps. `hash` is SHA-256 over the
    previous hash and the canonical JSON of the row; changing any column breaks it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="events")
    sequence = models.PositiveBigIntegerField()
    name = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_position = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(editable=False)
    subject_type = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    subject_label = models.CharField(max_length=300)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "sequence"], name="trail_sequence_once"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="trail_event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.sequence}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError("The trail is append-only.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def computed_hash(self) -> str:
        """What `hash` must be for the row as it stands now."""
        said = {
            "agency": self.agency_id,
            "sequence": self.sequence,
            "name": self.name,
            "by": self.by_id,
            "by_name": self.by_name,
            "by_position": self.by_position,
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "subject": [self.subject_type, self.subject_id, self.subject_label],
            "reason": self.reason,
            "facts": self.facts,
        }
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256((self.prev_hash + canonical).encode()).hexdigest()


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def owed(self) -> "DeliveryQuerySet":
        return self.filter(done_at=None)


class Delivery(models.Model):
    """That one reaction has (or has not yet) dealt with one event.

    `leased_until` keeps two workers from running the same one at the same time.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "reaction"], name="trail_deliver_once"),
        ]
        indexes = [
            models.Index(
                fields=["leased_until"],
                condition=models.Q(done_at=None),
                name="trail_delivery_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} for {self.event}"
