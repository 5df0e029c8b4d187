"""How far each agency is with each template: computed from the rows, never typed.

A handful of queries for the whole province; what a cell says is worked out in memory.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.models import Version
from qms.agencies.models import Agency
from qms.library.models import Adoption, Template, Waiver

# State of a cell → words, colour, symbol. The order is that of the legend.
STATES: dict[str, tuple[str | Promise, str, str]] = {
    "current": (_("Đúng bản mới nhất"), "ok", "check"),
    "diverged": (_("Đúng bản, có mục sửa riêng"), "ok", "pencil"),
    "behind": (_("Có bản mới để cập nhật"), "warn", "arrow-up"),
    "in_progress": (_("Đang soạn"), "info", "hourglass"),
    "waived": (_("Miễn, có lý do"), "neutral", "ban"),
    "missing": (_("Chưa áp dụng"), "neutral", "circle-dashed"),
    "outside": (_("Không thuộc phạm vi"), "neutral", "minus"),
}
# What counts as done when an agency's share is worked out.
DONE = frozenset({"current", "diverged"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One agency and one template. `behind` counts versions, `diverged` sections."""

    state: str
    behind: int = 0
    diverged: int = 0
    reason: str = ""

    @property
    def words(self) -> str:
        said = str(STATES[self.state][0])
        if self.state == "behind":
            return f"{said} ({self.behind})"
        return f"{said} ({self.diverged})" if self.state == "diverged" else said

    @property
    def colour(self) -> str:
        return STATES[self.state][1]

    @property
    def css(self) -> str:
        return {"ok": "ok", "warn": "new", "info": "wip"}.get(self.colour, "no")

    @property
    def symbol(self) -> str:
        return STATES[self.state][2]


@dataclass(frozen=True, slots=True)
class Row:
    """One agency: its cells in the order of the templates, and its share in whole percent."""

    agency: Agency
    cells: tuple[Cell, ...]

    @property
    def wanted(self) -> int:
        return sum(cell.state not in ("outside", "waived") for cell in self.cells)

    @property
    def done(self) -> int:
        return sum(cell.state in DONE for cell in self.cells)

    @property
    def percent(self) -> int:
        return self.done * 100 // self.wanted if self.wanted else 100


@dataclass(frozen=True, slots=True)
class Matrix:
    """Agencies by templates, on one day."""

    templates: Sequence[Template]
    rows: Sequence[Row]
    day: dt.date

    @property
    def totals(self) -> list[int]:
        """For each template the share of agencies that are up to date, in whole percent."""
        shares = []
        for place, _template in enumerate(self.templates):
            cells = [row.cells[place] for row in self.rows]
            wanted = [c for c in cells if c.state not in ("outside", "waived")]
            done = sum(cell.state in DONE for cell in wanted)
            shares.append(done * 100 // len(wanted) if wanted else 100)
        return shares

    @property
    def counts(self) -> Counter[str]:
        return Counter(cell.state for row in self.rows for cell in row.cells)

    @property
    def hindrances(self) -> list[tuple[str, int]]:
        """Why agencies do without templates, the commonest reasons first."""
        reasons = Counter(
            cell.reason for row in self.rows for cell in row.cells if cell.state == "waived"
        )
        return reasons.most_common(5)


def matrix_of(templates: Sequence[Template], agencies: Sequence[Agency], day: dt.date) -> Matrix:
    """The matrix in three queries, however many agencies and templates.

    Adoptions of documents hidden from their agency count as they are; no title is told.
    """
    keys = [t.pk for t in templates]
    waivers = Waiver.objects.standing().filter(template__in=keys)
    known = _Known(
        _adopted(keys),
        Adoption.objects.filter(template__in=keys).distances(),
        {(w.agency_id, w.template_id): w.reason for w in waivers},
    )
    rows = [Row(one, tuple(known.cell(one, t) for t in templates)) for one in agencies]
    return Matrix(templates, rows, day)


@dataclass(frozen=True, slots=True)
class _Adopted:
    in_force: bool
    on_way: bool
    diverged: int


def _adopted(templates: Iterable[int]) -> dict[tuple[int, int], _Adopted]:
    own = Version.objects.filter(document=OuterRef("document"))
    rows = Adoption.objects.filter(template__in=templates).annotate(
        stands=Exists(own.in_force()), moves=Exists(own.in_flight())
    )
    return {
        (agency, template): _Adopted(stands, moves, diverged)
        for agency, template, stands, moves, diverged in rows.order_by().values_list(
            "agency_id", "template_id", "stands", "moves", "diverged"
        )
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows say, by (agency, template)."""

    adopted: dict[tuple[int, int], _Adopted]
    behind: dict[tuple[int, int], int]
    waived: dict[tuple[int, int], str]

    def cell(self, agency: Agency, template: Template) -> Cell:
        key = (agency.pk, template.pk)
        found = self.adopted.get(key)
        if found is None or not (found.in_force or found.on_way):
            if key in self.waived:
                return Cell("waived", reason=self.waived[key])
            return Cell("missing" if agency.kind in template.audience else "outside")
        if not found.in_force:
            return Cell("in_progress")
        if key in self.behind:
            return Cell("behind", behind=self.behind[key], diverged=found.diverged)
        return Cell("diverged", diverged=found.diverged) if found.diverged else Cell("current")


def behind_since(matrix: Matrix) -> list[Agency]:
    """The agencies that have something to do: behind, not begun, or not finished."""
    asks = {"behind", "missing", "in_progress"}
    return [row.agency for row in matrix.rows if any(c.state in asks for c in row.cells)]
