"""Standards as data: editions, their clauses, the map between editions, questions to ask.

Numbers and titles only; the text of a standard is never kept here. Which document answers
which clause is not known on this floor.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FIRST_AUDITABLE = 4


def sort_key(number: str) -> tuple[int, ...]:
    """Clause numbers in the order of the standard: 7.2 before 7.10."""
    return tuple(int(part) for part in number.split("."))


def in_language(vi: str, en: str) -> str:
    """The wording for the active language; Vietnamese when there is no English."""
    return en if en and (get_language() or "vi").startswith("en") else vi


class StandardEdition(models.Model):
    """One published edition of a standard, such as ISO 9001:2015.

    `name_vi` is what a cover prints. An edition is never edited in place: a later edition
    is another row, and the map says which clause became which.
    """

    key = models.SlugField(max_length=30, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    published_on = models.DateField()
    is_default = models.BooleanField(default=False)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="standards_one_default_edition",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_vi, self.name_en)

    @classmethod
    def default(cls) -> "StandardEdition":
        """The edition new documents and audits start from; `DoesNotExist` before loading."""
        return cls._default_manager.get(is_default=True)


class ClauseQuerySet(models.QuerySet["Clause"]):
    def of(self, edition: StandardEdition) -> Self:
        """The clauses of one edition, in the order of the standard."""
        return self.filter(edition=edition).order_by("order")

    def auditable(self) -> Self:
        """Clauses that hold requirements: 4 to 10, not scope, references and terms."""
        return self.filter(is_auditable=True)

    def groups(self) -> Self:
        """The top clauses, such as 7 and 8."""
        return self.filter(parent=None)


class Clause(models.Model):
    """A numbered place in an edition. Some have a number only: `has_title` is false."""

    edition = models.ForeignKey(StandardEdition, models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=12)
    title_vi = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    has_title = models.BooleanField(default=True)
    is_auditable = models.BooleanField(default=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    order = models.PositiveIntegerField()

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="standards_clause_number_once_per_edition"
            ),
            models.UniqueConstraint(
                fields=["edition", "order"], name="standards_clause_order_once_per_edition"
            ),
            models.CheckConstraint(
                condition=(
                    (Q(has_title=True) & ~Q(title_vi="") & ~Q(title_en=""))
                    | Q(has_title=False, title_vi="", title_en="")
                ),
                name="standards_clause_has_title_or_says_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def title(self) -> str:
        """The title in the active language; empty where the standard gives none."""
        return in_language(self.title_vi, self.title_en)


class ClauseMapKind(models.TextChoices):
    SAME = "same", _("Giữ nguyên")
    RENAMED = "renamed", _("Đổi tên")
    SPLIT = "split", _("Tách ra")
    MERGED = "merged", _("Gộp lại")
    NEW = "new", _("Mới")
    WITHDRAWN = "withdrawn", _("Bỏ")


class ClauseMap(models.Model):
    """What a clause of one edition became in a later one. New ones have no source,
    withdrawn ones no target."""

    source = models.ForeignKey(
        Clause, models.PROTECT, related_name="maps_onward", null=True, blank=True
    )
    target = models.ForeignKey(
        Clause, models.PROTECT, related_name="maps_back", null=True, blank=True
    )
    kind = models.CharField(max_length=10, choices=ClauseMapKind)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="standards_map_once"),
            models.CheckConstraint(
                condition=Q(kind__in=ClauseMapKind.values), name="standards_map_kind_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="new", source=None, target__isnull=False)
                    | Q(kind="withdrawn", source__isnull=False, target=None)
                    | (
                        ~Q(kind__in=["new", "withdrawn"])
                        & Q(source__isnull=False, target__isnull=False)
                    )
                ),
                name="standards_map_sides_fit_kind",
            ),
        ]

    def __str__(self) -> str:
        sides = [str(side.number) if side else "-" for side in (self.source, self.target)]
        return " → ".join(sides)


class Question(models.Model):
    """A question of our own that an auditor may ask under a clause; the hint says where
    to look. A checklist copies it, so a better wording never changes an audit done."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="questions")
    text_vi = models.CharField(max_length=400)
    text_en = models.CharField(max_length=400)
    hint_vi = models.CharField(max_length=400)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["clause__edition", "clause__order", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "order"], name="standards_question_order_once_per_clause"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_vi, self.text_en)
