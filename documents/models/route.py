"""How an agency's documents travel to their approval: the template that every run copies."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.decision import Duty
from documents.models.document import DocumentKind
from qms.agencies.models import Agency, Role, Unit

# Who decides; an author's "decision" is his submission, which is no step.
DECIDING_DUTIES = [
    (Duty.REVIEWER.value, Duty.REVIEWER.label),
    (Duty.APPROVER.value, Duty.APPROVER.label),
]
SEAT_ROLES = [(r.value, r.label) for r in (Role.REVIEWER, Role.APPROVER, Role.QUALITY)]


class Rule(models.TextChoices):
    """How many of those asked in a step must agree."""

    ANY = "any", _("Một người là đủ")
    ALL = "all", _("Tất cả mọi người")
    SOME = "some", _("Ít nhất một số người")


class RouteQuerySet(models.QuerySet["Route"]):
    def current(self) -> Self:
        return self.filter(retired_at=None)

    def for_list(self) -> Self:
        """With the stations and who is asked at each, in a fixed number of queries."""
        return self.select_related("agency").prefetch_related(
            "steps__seats__person", "steps__seats__unit"
        )


class Route(models.Model):
    """The steps that documents of one kind go through at one agency.

    An empty `kind` stands for every kind without a route of its own. A retired route stays:
    runs that were made from it name it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="routes")
    name = models.CharField(_("tên tuyến"), max_length=120)
    kind = models.CharField(
        _("loại tài liệu"), max_length=20, choices=DocumentKind, blank=True, default=""
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(retired_at=None),
                name="documents_one_route_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RouteStep(models.Model):
    """One station of a route. Steps of the same `order` run side by side. `days` are calendar days."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    duty = models.CharField(_("việc"), max_length=10, choices=DECIDING_DUTIES)
    rule = models.CharField(_("cần ai đồng ý"), max_length=4, choices=Rule, default=Rule.ANY)
    needed = models.PositiveSmallIntegerField(_("số người"), default=1)
    days = models.PositiveSmallIntegerField(_("số ngày"), default=3)

    class Meta:
        ordering = ["route", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duty__in=[duty for duty, _label in DECIDING_DUTIES])
                & Q(rule__in=Rule.values)
                & Q(needed__gte=1)
                & Q(days__gte=1),
                name="documents_route_step_makes_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route} · {self.order}"


class RouteSeat(models.Model):
    """Who is asked in a step: one named person, or whoever holds a role (in one unit)."""

    step = models.ForeignKey(RouteStep, models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    role = models.CharField(max_length=20, choices=SEAT_ROLES, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["step", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, role="", unit=None)
                | (Q(person=None) & ~Q(role="")),
                name="documents_route_seat_is_person_or_role",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.get_role_display())
