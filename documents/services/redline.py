"""What two versions of a text have in common and what not: by section, block and word.

Pure: two contents in, the comparison out. Who may compare what is asked in the views.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from qms.kernel.content import Content, Section
from qms.kernel.procedures import printed_sections
from qms.kernel.text import fold
from qms.word.pieces import Piece, pieces

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
# Two blocks that share less of their words are one gone and one new, not one changed.
ALIKE = 0.45
# A moved block must say enough to be known again.
KNOWN_AGAIN = 20
# Above this many pairs the blocks of one place are paired in their order.
MOST_PAIRS = 2500

SAME, ADDED, REMOVED, CHANGED, MOVED = "same", "added", "removed", "changed", "moved"
Span = tuple[str, str]  # words and what became of them: same, added or removed


@dataclass(frozen=True, slots=True)
class Line:
    """One block of either version. `cells` hold its spans, one entry a table cell.

    `number` counts the changes from 1; 0 for a block that stayed. A moved block stands
    where it is now; where it was nothing is shown.
    """

    kind: str
    shape: str
    cells: tuple[tuple[Span, ...], ...]
    number: int = 0

    def words(self, leaving_out: str) -> tuple[str, ...]:
        return tuple(
            "".join(text for text, kind in cell if kind != leaving_out) for cell in self.cells
        )

    @property
    def before(self) -> tuple[str, ...]:
        return self.words(ADDED)

    @property
    def after(self) -> tuple[str, ...]:
        return self.words(REMOVED)


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its lines. `kind` says whether it is new, gone or in both."""

    number: str
    title: str
    kind: str
    lines: tuple[Line, ...]

    @property
    def changes(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.number)

    def key_of(self, line: Line) -> str:
        """What a change is known by while its words stay the same: SHA-1, hex."""
        said = (self.number, self.title, line.kind, line.shape, line.before, line.after)
        return hashlib.sha1(repr(said).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Redline:
    """The comparison of two contents, section after section."""

    parts: tuple[Part, ...]

    @property
    def changes(self) -> tuple[Line, ...]:
        return tuple(line for part in self.parts for line in part.changes)

    def count(self, kind: str) -> int:
        return sum(line.kind == kind for line in self.changes)


def compare(before: Content, after: Content) -> Redline:
    """Everything that differs between two versions, in the order of the later one."""
    parts = [_cover(before, after)]
    for old, new in paired(printed_sections(before), printed_sections(after)):
        shown = new or old
        if shown is not None:
            kind = SAME if old and new else ADDED if new else REMOVED
            lines = [*_heading(old, new), *_lines(_pieces(old), _pieces(new))]
            parts.append(Part(shown.number, shown.title, kind, tuple(lines)))
    return Redline(tuple(_numbered(_with_moves(parts))))


def _cover(before: Content, after: Content) -> Part:
    def facts(content: Content) -> list[Piece]:
        return [Piece("p", (content.code,)), Piece("p", (content.title,))]

    pairs = zip(facts(before), facts(after), strict=True)
    return Part("", "", SAME, tuple(_one(old, new) for old, new in pairs))


def _heading(old: Section | None, new: Section | None) -> list[Line]:
    if old is None or new is None or (old.number, old.title) == (new.number, new.title):
        return []
    return [_one(Piece("heading", (_named(old),)), Piece("heading", (_named(new),)))]


def _named(section: Section) -> str:
    return f"{section.number}. {section.title}" if section.number else section.title


def _pieces(section: Section | None) -> list[Piece]:
    return pieces(section.html) if section else []


def paired(
    before: Sequence[Section], after: Sequence[Section]
) -> Iterator[tuple[Section | None, Section | None]]:
    """Sections that are each other's, by number and title, then by title, then by number."""
    partner: dict[int, int] = {}
    for key in (
        lambda s: (s.number, fold(s.title)), lambda s: fold(s.title), lambda s: s.number or None,
    ):  # fmt: skip
        free = {key(s): i for i, s in reversed([*enumerate(before)]) if i not in partner.values()}
        for j, section in enumerate(after):
            wanted = key(section)
            if j not in partner and wanted and wanted in free:
                partner[j] = free.pop(wanted)
    gone = [i for i in range(len(before)) if i not in partner.values()]
    for j, section in enumerate(after):
        at = partner.get(j)
        while gone and at is not None and gone[0] < at:
            yield before[gone.pop(0)], None
        yield (before[at] if at is not None else None), section
    for i in gone:
        yield before[i], None


def _lines(before: Sequence[Piece], after: Sequence[Piece]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            for piece in after[c:d]:
                yield _one(piece, piece)
        else:
            for old, new in _matched(before[a:b], after[c:d]):
                yield _one(old, new)


def _matched(
    before: Sequence[Piece], after: Sequence[Piece]
) -> Iterator[tuple[Piece | None, Piece | None]]:
    """Blocks of one place, the likest ones together, in the order of both."""
    partner = _likest(before, after)
    at = 0
    for j, new in enumerate(after):
        i = partner.get(j)
        if i is not None:
            for old in before[at:i]:
                yield old, None
            at = i + 1
        yield (before[i] if i is not None else None), new
    for old in before[at:]:
        yield old, None


def _likest(before: Sequence[Piece], after: Sequence[Piece]) -> dict[int, int]:
    """Index in `after` → index in `before`, without crossing pairs."""
    if len(before) * len(after) > MOST_PAIRS:
        likely = zip(range(len(after)), range(len(before)), strict=False)
        return {j: i for j, i in likely if _alike(before[i], after[j]) >= ALIKE}
    scored = sorted(
        (
            (_alike(old, new), -j, -i)
            for i, old in enumerate(before)
            for j, new in enumerate(after)
        ),
        reverse=True,
    )
    chosen: dict[int, int] = {}
    for score, minus_j, minus_i in scored:
        j, i = -minus_j, -minus_i
        if score < ALIKE:
            break
        if j not in chosen and all((j < k) == (i < m) and i != m for k, m in chosen.items()):
            chosen[j] = i
    return chosen


def _alike(old: Piece, new: Piece) -> float:
    if old.kind != new.kind or len(old.cells) != len(new.cells):
        return 0.0
    a, b = fold(old.text).split(), fold(new.text).split()
    return 2 * len(set(a) & set(b)) / (len(set(a)) + len(set(b)) or 1)


def _one(old: Piece | None, new: Piece | None) -> Line:
    piece = new or old
    if piece is None:
        raise ValueError("A line needs a block.")
    if old == new:
        return Line(SAME, piece.kind, tuple(((cell, SAME),) for cell in piece.cells))
    if old is None:
        return Line(ADDED, piece.kind, tuple(((cell, ADDED),) for cell in piece.cells))
    if new is None:
        return Line(REMOVED, piece.kind, tuple(((cell, REMOVED),) for cell in piece.cells))
    cells = zip(old.cells, new.cells, strict=True)
    return Line(CHANGED, piece.kind, tuple(tuple(_words(a, b)) for a, b in cells))


def _words(before: str, after: str) -> Iterator[Span]:
    """Word by word; blanks between two changed words belong to the change."""
    a, b = _TOKEN.findall(before), _TOKEN.findall(after)
    removed = added = ""
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        same = "".join(a[i:j])
        if kind == "equal" and (same.strip() or not (removed or added)):
            yield from _spans(removed, added)
            removed = added = ""
            yield same, SAME
        elif kind == "equal":
            removed, added = removed + same, added + same
        else:
            removed, added = removed + same, added + "".join(b[k:m])
    yield from _spans(removed, added)


def _spans(removed: str, added: str) -> Iterator[Span]:
    """A blank at the end of both stayed where it was."""
    tail = " " if removed.endswith(" ") and added.endswith(" ") else ""
    for text, kind in ((removed, REMOVED), (added, ADDED)):
        kept = text[: len(text) - len(tail)]
        if kept:
            yield kept, kind
    if tail:
        yield tail, SAME


def _with_moves(parts: Iterable[Part]) -> list[Part]:
    """A block that went and came as it was has moved: one change, where it stands now."""
    parts = list(parts)
    gone = {line.before for part in parts for line in part.lines if line.kind == REMOVED}
    came = {line.after for part in parts for line in part.lines if line.kind == ADDED}
    moved = {cells for cells in gone & came if sum(map(len, cells)) >= KNOWN_AGAIN}
    made = []
    for part in parts:
        kept = (line for line in part.lines if line.kind != REMOVED or line.before not in moved)
        lines = (
            _as_moved(line) if line.kind == ADDED and line.after in moved else line
            for line in kept
        )
        made.append(replace(part, lines=tuple(lines)))
    return made


def _as_moved(line: Line) -> Line:
    return Line(MOVED, line.shape, tuple(((cell, SAME),) for cell in line.after))


def _numbered(parts: Iterable[Part]) -> Iterator[Part]:
    number = 0
    for part in parts:
        lines = []
        for line in part.lines:
            number += line.kind != SAME
            lines.append(replace(line, number=number if line.kind != SAME else 0))
        yield replace(part, lines=tuple(lines))
