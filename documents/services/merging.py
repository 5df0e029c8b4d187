"""A newer text of the province and an agency's own, both grown from one base, made one.

Pure: three contents in, the merge out. What cannot be decided by rule is a `Conflict`, and
stays one until a person chooses; nothing that either side wrote is left out silently.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from documents.services.merging_details import MergedDetails, merge_details
from documents.services.merging_pieces import (
    OURS,
    PROVINCE,
    Conflict,
    Piece,
    conflict,
    said,
    same,
    scalar,
    text,
)
from documents.services.redline import paired
from qms.kernel.content import Content, Section
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import fold

__all__ = [
    "OURS",
    "PROVINCE",
    "Conflict",
    "Merged",
    "MergedSection",
    "Outcome",
    "merge",
    "resolve",
]


class Outcome(StrEnum):
    """What became of one section."""

    SAME = "same"
    KEPT = "kept"
    TAKEN = "taken"
    MERGED = "merged"
    CONFLICT = "conflict"
    ADDED_BY_PROVINCE = "added_by_province"
    ADDED_BY_US = "added_by_us"
    DROPPED_BY_PROVINCE = "dropped_by_province"
    DROPPED_BY_US = "dropped_by_us"


@dataclass(frozen=True, slots=True)
class MergedSection:
    """One section: its number and title, what became of it, its text with what is undecided.

    A section that was dropped has no pieces. `moved` says that it stands under another number
    than it did for us, `asks_whether` that its one conflict is whether it stays at all.
    """

    number: str
    title: Piece
    outcome: Outcome
    pieces: tuple[Piece, ...]
    moved: bool = False
    asks_whether: bool = False

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(p for p in (self.title, *self.pieces) if isinstance(p, Conflict))


@dataclass(frozen=True, slots=True)
class Merged:
    """The merge of a whole content: title, sections in their new order, procedure details."""

    ours: Content
    title: Piece
    sections: tuple[MergedSection, ...]
    details: MergedDetails

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        inside = [c for s in self.sections for c in s.conflicts]
        title = [self.title] if isinstance(self.title, Conflict) else []
        return (*title, *inside, *self.details.conflicts)


def merge(base: Content, province: Content, ours: Content) -> Merged:
    """Put what the province and we made of `base` together, section by section, block by block.

    `base` and `province` are filled with the same values, so a filled place is no change. A
    block that one side changed and the other did not is taken as changed; blanks are no
    change. Our amendments, code and numbers stay ours. Deterministic.
    """
    return Merged(
        ours,
        scalar("title", base.title, ours.title, province.title),
        tuple(_sections(base.sections, province.sections, ours.sections)),
        merge_details(base.procedure, province.procedure, ours.procedure),
    )


def resolve(merged: Merged, choices: Mapping[str, str]) -> Content:
    """The content, with each conflict as chosen: `ours` or `province` by its key.

    Refuses while one is undecided, and a choice that is neither.
    """
    left = [c for c in merged.conflicts if choices.get(c.key) not in (OURS, PROVINCE)]
    if left:
        raise Unacceptable(_("Còn %d chỗ chưa chọn bản của tỉnh hay bản của cơ quan.") % len(left))
    sections = tuple(
        Section(s.number, said(s.title, choices), "".join(said(p, choices) for p in s.pieces))
        for s in merged.sections
        if not _is_gone(s, choices)
    )
    return replace(
        merged.ours,
        title=said(merged.title, choices),
        sections=sections,
        procedure=merged.details.resolved(choices),
    )


def _is_gone(section: MergedSection, choices: Mapping[str, str]) -> bool:
    """A section that a rule dropped, or that one side took out and the choice takes out."""
    if section.outcome in (Outcome.DROPPED_BY_PROVINCE, Outcome.DROPPED_BY_US):
        return True
    return section.asks_whether and not said(section.pieces[0], choices)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side's sections: where each of the base's is, and which are its own."""

    rows: Sequence[Section]
    of_base: dict[int, int]
    own: list[int]

    @classmethod
    def of(cls, base: Sequence[Section], rows: Sequence[Section]) -> "_Side":
        before = {id(s): i for i, s in enumerate(base)}
        after = {id(s): i for i, s in enumerate(rows)}
        found, own = {}, []
        for old, new in paired(base, rows):
            if new is not None and old is not None:
                found[before[id(old)]] = after[id(new)]
            elif new is not None:
                own.append(after[id(new)])
        return cls(rows, found, sorted(own))

    def get(self, at: int) -> Section | None:
        return self.rows[self.of_base[at]] if at in self.of_base else None

    def row(self, name: str, without: Mapping[int, int]) -> list[tuple[str, int]]:
        """Its sections in its order: ("base", place in the base) or (name, own place)."""
        known = {there: ("base", at) for at, there in self.of_base.items()}
        known |= {there: (name, there) for there in self.own if there not in without}
        return [known[there] for there in sorted(known)]


def _sections(
    base: Sequence[Section], province: Sequence[Section], ours: Sequence[Section]
) -> Iterator[MergedSection]:
    theirs, mine = _Side.of(base, province), _Side.of(base, ours)
    twins = _twins(theirs, mine)
    for kind, at in _order(len(base), theirs, mine, twins):
        if kind == "base":
            yield _section(base[at], theirs.get(at), mine.get(at))
        elif kind == OURS:
            yield MergedSection(
                ours[at].number, ours[at].title, Outcome.ADDED_BY_US, (ours[at].html,)
            )
        elif at in twins:
            new = province[at]
            yield _section(Section(new.number, new.title, ""), new, ours[twins[at]])
        else:
            new = province[at]
            yield MergedSection(new.number, new.title, Outcome.ADDED_BY_PROVINCE, (new.html,))


def _twins(theirs: _Side, mine: _Side) -> dict[int, int]:
    """Sections that both added under the same title: province's place → ours."""
    titles = {fold(mine.rows[i].title): i for i in reversed(mine.own)}
    pairs = ((j, titles.pop(fold(theirs.rows[j].title), None)) for j in theirs.own)
    return {j: i for j, i in pairs if i is not None}


def _order(
    size: int, theirs: _Side, mine: _Side, twins: Mapping[int, int]
) -> list[tuple[str, int]]:
    """Where every section goes: the province's order when it moved sections and we did not,
    else ours; what the other side has besides stands after what it stood after there."""
    row_theirs = theirs.row(PROVINCE, {})
    row_mine = mine.row(OURS, {i: j for j, i in twins.items()})
    if _moved(row_theirs) and not _moved(row_mine):
        row = _inserted(row_theirs, row_mine)
    else:
        row = _inserted(row_mine, row_theirs)
    return _inserted(row, [("base", at) for at in range(size)])


def _moved(row: Sequence[tuple[str, int]]) -> bool:
    places = [at for kind, at in row if kind == "base"]
    return places != sorted(places)


def _inserted(
    row: list[tuple[str, int]], other: Sequence[tuple[str, int]]
) -> list[tuple[str, int]]:
    """`row` with what only `other` has, each after what it stands after there."""
    before: tuple[str, int] | None = None
    for one in other:
        if one not in row:
            row.insert(row.index(before) + 1 if before in row else 0, one)
        before = one
    return row


def _section(base: Section, province: Section | None, ours: Section | None) -> MergedSection:
    if province is None and ours is None:
        return MergedSection(base.number, base.title, Outcome.DROPPED_BY_US, ())
    if province is None or ours is None:
        return _one_sided(base, province, ours)
    number = province.number if ours.number == base.number else ours.number
    title = scalar(f"title {base.title}", base.title, ours.title, province.title)
    pieces = tuple(text(base.title, base.html, ours.html, province.html))
    return MergedSection(
        number, title, _outcome(base, province, ours, (title, *pieces)), pieces,
        moved=number != ours.number,
    )  # fmt: skip


def _one_sided(base: Section, province: Section | None, ours: Section | None) -> MergedSection:
    """One side took the section out: gone when the other left it as it was, else a question."""
    left = ours or province or base
    untouched = same(left.html, base.html) and fold(left.title) == fold(base.title)
    gone = Outcome.DROPPED_BY_PROVINCE if province is None else Outcome.DROPPED_BY_US
    if untouched:
        return MergedSection(left.number, left.title, gone, ())
    question = conflict(
        base.title, base.html, ours.html if ours else "", province.html if province else ""
    )
    return MergedSection(left.number, left.title, Outcome.CONFLICT, (question,), asks_whether=True)


def _outcome(base: Section, province: Section, ours: Section, pieces: Sequence[Piece]) -> Outcome:
    if any(isinstance(piece, Conflict) for piece in pieces):
        return Outcome.CONFLICT
    mine = not (same(base.html, ours.html) and base.title == ours.title)
    theirs = not (same(base.html, province.html) and base.title == province.title)
    if mine and theirs:
        return Outcome.MERGED
    if mine:
        return Outcome.KEPT
    return Outcome.TAKEN if theirs else Outcome.SAME
