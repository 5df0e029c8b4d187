"""Lines for the list of records as the procedures themselves name them, in their last section."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from documents.models import RecordSeries, Section
from documents.permissions import WRITING, visible_versions
from qms.agencies.models import User
from qms.kernel.text import fold, one_line
from qms.word.richtext import plain_text

_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_YEARS = re.compile(r"(\d{1,3})\s*nam")
MOST = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row of a section "Hồ sơ lưu": what is kept, by whom, how long, said by which version."""

    section: Section
    name: str
    place: str
    term: str
    years: int | None

    @property
    def query(self) -> str:
        """What the form for a new line begins with."""
        document = self.section.version.document
        said = {
            "agency": document.agency_id, "name": self.name, "place": self.place,
            "document": document.pk, "retention_years": self.years or "",
        }  # fmt: skip
        return urlencode(said)


def proposals_for(user: User) -> list[Proposal]:
    """Rows of procedures in force that the person's lists do not name yet; in two queries."""
    agencies = user.standing.agencies_with(*WRITING)
    sections = (
        Section.objects.filter(
            version__in=visible_versions(user).in_force().filter(document__agency__in=agencies),
            title__icontains="hồ sơ", html__contains="<table",
        )
        .select_related("version__document__agency")
        .defer("version__text_folded")
        .order_by("version__document__code_key", "order")
    )  # fmt: skip
    known = set(
        RecordSeries.objects.filter(agency__in=agencies).values_list("agency", "name_folded")
    )
    found = []
    for section in sections:
        agency = section.version.document.agency_id
        found += [p for p in rows_of(section) if (agency, fold(p.name)) not in known]
    return found[:MOST]


def rows_of(section: Section) -> Iterator[Proposal]:
    """The rows of its table, by what the head of each column says; none without such a head."""
    table = [
        [one_line(plain_text(cell)) for cell in _CELL.findall(row)]
        for row in _ROW.findall(section.html)
    ]
    if not table:
        return
    head = [fold(cell) for cell in table[0]]
    what = _column(head, "ho so", "thanh phan")
    where, term = _column(head, "bo phan", "noi luu"), _column(head, "thoi gian", "thoi han")
    if what is None or term is None:
        return
    for row in table[1:]:
        name = _at(row, what)
        if name and not name.isdigit():
            years = _YEARS.search(fold(_at(row, term)))
            yield Proposal(
                section, name[:300], _at(row, where)[:200], _at(row, term),
                int(years[1]) if years else None,
            )  # fmt: skip


def _column(head: list[str], *words: str) -> int | None:
    return next((n for n, cell in enumerate(head) if any(word in cell for word in words)), None)


def _at(row: list[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""
