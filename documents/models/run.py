"""One journey of a version to its approval: the route's steps as they were when it began."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.lifecycles import RunStepState
from documents.models.decision import Duty
from documents.models.route import DECIDING_DUTIES, SEAT_ROLES, Rule
from documents.models.version import Version
from qms.agencies.models import Unit, User


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Đã phê duyệt")
    SENT_BACK = "sent_back", _("Trả lại để sửa")
    RECALLED = "recalled", _("Rút lại để sửa")


class Run(models.Model):
    """One submission of a version. `round` is the version's count of submissions."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="runs")
    round = models.PositiveIntegerField()
    route_name = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version", "-round"]
        constraints = [
            models.UniqueConstraint(fields=["version", "round"], name="documents_one_run_a_round"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None)
                | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="documents_run_ends_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.round}"


class RunStepQuerySet(models.QuerySet["RunStep"]):
    def open(self) -> Self:
        """Those that wait for somebody's decision now."""
        return self.filter(state=RunStepState.OPEN)

    def asked(self) -> Self:
        """With who is asked and what was said, in three queries."""
        return self.prefetch_related("seats__person", "seats__unit", "decisions")


class RunStep(models.Model):
    """One station of a run, copied from its route: changing the route changes nothing here."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    duty = models.CharField(max_length=10, choices=DECIDING_DUTIES)
    rule = models.CharField(max_length=4, choices=Rule)
    needed = models.PositiveSmallIntegerField(default=1)
    days = models.PositiveSmallIntegerField(default=3)
    state = models.CharField(max_length=8, choices=RunStepState, default=RunStepState.WAITING)
    due_on = models.DateField(null=True, blank=True)

    objects = RunStepQuerySet.as_manager()

    class Meta:
        ordering = ["run", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RunStepState.values), name="documents_run_step_state_known"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="documents_run_step_open")]

    def __str__(self) -> str:
        return f"{self.run} · {self.get_duty_display()}"

    @property
    def is_approval(self) -> bool:
        return self.duty == Duty.APPROVER

    @property
    def wanted(self) -> int:
        """How many people must agree."""
        if self.rule == Rule.ANY:
            return 1
        return self.needed if self.rule == Rule.SOME else len(self.seats.all())

    @property
    def agreed(self) -> int:
        return len(self.decisions.all())


class Seat(models.Model):
    """Who is asked in a step of a run: a person, or whoever holds the role (in the unit)."""

    step = models.ForeignKey(RunStep, models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats", null=True, blank=True
    )
    role = models.CharField(max_length=20, choices=SEAT_ROLES, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["step", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, role="", unit=None)
                | (Q(person=None) & ~Q(role="")),
                name="documents_seat_is_person_or_role",
            ),
        ]

    def __str__(self) -> str:
        if self.person:
            return str(self.person)
        return f"{self.get_role_display()}, {self.unit}" if self.unit else self.get_role_display()

    def fits(self, person: User, agency_id: int) -> bool:
        """Whether `person`, as he stands today, is who is asked here."""
        if self.person_id is not None:
            return self.person_id == person.pk and agency_id in person.standing.agencies
        if self.role not in person.standing.roles(agency_id):
            return False
        return self.unit_id is None or self.unit_id in person.standing.units
