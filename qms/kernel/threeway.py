"""Three-way merge of rows: what two sides made of the same list, put together row by row.

Pure, and of anything: blocks of a text, rows of a table, steps of a procedure.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")
# Two rows that share less of their words are one gone and one new, not one changed.
ALIKE = 0.45
# Above this many pairs the rows of one place are paired in their order.
MOST_PAIRS = 2500


@dataclass(frozen=True, slots=True)
class Clash(Generic[T]):
    """One row that both sides changed, each in its own way; None where it was not there."""

    base: T | None
    ours: T | None
    theirs: T | None


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """How rows are told apart: `key` says when two are the same, `words` what they say."""

    key: Callable[[T], Hashable]
    words: Callable[[T], str]

    def merged(
        self, base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
    ) -> list[T | Clash[T]]:
        """Every row in its place: a side that left a row alone takes the other's.

        What one side added stands where it added it; at the same place theirs stands before
        ours. A row that one side changed and the other changed otherwise, or took out, is a
        `Clash`. Nothing that either side wrote is left out unless the other side took out just
        what it had before.
        """
        mine, other = self._edits(base, ours), self._edits(base, theirs)
        made: list[T | Clash[T]] = []
        for at in range(len(base) + 1):
            made += self._added(mine.added.get(at, []), other.added.get(at, []))
            if at < len(base):
                made += self._one(base[at], mine.now[at], other.now[at])
        return made

    def _one(self, base: T, ours: T | None, theirs: T | None) -> list[T | Clash[T]]:
        if self._same(ours, theirs) or self._same(base, theirs):
            return [] if ours is None else [ours]
        if self._same(base, ours):
            return [] if theirs is None else [theirs]
        return [Clash(base, ours, theirs)]

    def _added(self, ours: list[T], theirs: list[T]) -> list[T | Clash[T]]:
        """Both added here: the same rows once, rows much alike as a clash, others both."""
        made: list[T | Clash[T]] = []
        left = list(ours)
        for row in theirs:
            same = next((one for one in left if self._same(one, row)), None)
            alike = next((one for one in left if self._alike(one, row) >= ALIKE), None)
            if same is not None:
                left.remove(same)
                made.append(row)
            elif alike is not None:
                left.remove(alike)
                made.append(Clash(None, alike, row))
            else:
                made.append(row)
        return made + left

    def _edits(self, base: Sequence[T], side: Sequence[T]) -> "_Edits[T]":
        now: list[T | None] = [None] * len(base)
        added: dict[int, list[T]] = {}
        matcher = SequenceMatcher(
            None, [self.key(one) for one in base], [self.key(one) for one in side], autojunk=False
        )
        for _kind, a, b, c, d in matcher.get_opcodes():
            at = a
            for old, new in self._matched(range(a, b), range(c, d), base, side):
                if old is not None:
                    now[old] = None if new is None else side[new]
                    at = old + 1
                elif new is not None:
                    added.setdefault(at, []).append(side[new])
        return _Edits(now, added)

    def _matched(
        self, before: range, after: range, base: Sequence[T], side: Sequence[T]
    ) -> Iterator[tuple[int | None, int | None]]:
        """Rows of one place, the likest ones together, in the order of both."""
        partner = self._likest(before, after, base, side)
        at = before.start
        for j in after:
            i = partner.get(j)
            if i is not None:
                for gone in range(at, i):
                    yield gone, None
                at = i + 1
            yield i, j
        for gone in range(at, before.stop):
            yield gone, None

    def _likest(
        self, before: range, after: range, base: Sequence[T], side: Sequence[T]
    ) -> dict[int, int]:
        """Index in `after` → index in `before`, without crossing pairs."""
        same = len(before) == len(after) and all(
            self._same(base[i], side[j]) for i, j in zip(before, after, strict=True)
        )
        if same or len(before) * len(after) > MOST_PAIRS:
            return dict(zip(after, before, strict=False))
        scored = sorted(
            ((self._alike(base[i], side[j]), -j, -i) for i in before for j in after), reverse=True
        )
        chosen: dict[int, int] = {}
        for score, minus_j, minus_i in scored:
            j, i = -minus_j, -minus_i
            if score < ALIKE:
                break
            if j not in chosen and all((j < k) == (i < m) and i != m for k, m in chosen.items()):
                chosen[j] = i
        return chosen

    def _same(self, one: T | None, other: T | None) -> bool:
        if one is None or other is None:
            return one is other
        return self.key(one) == self.key(other)

    def _alike(self, one: T, other: T) -> float:
        a, b = set(self.words(one).split()), set(self.words(other).split())
        return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


@dataclass(frozen=True, slots=True)
class _Edits(Generic[T]):
    """What one side made of the base: each row as it is now, and what it put before row n."""

    now: list[T | None]
    added: dict[int, list[T]]
