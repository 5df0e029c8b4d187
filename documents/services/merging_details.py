"""The details of a TTHC procedure merged: facts one by one, steps row by row; used by `merging`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from documents.services.merging_pieces import OURS, PROVINCE, Conflict, conflict
from qms.kernel.content import Procedure, Step
from qms.kernel.procedures import time_of
from qms.kernel.text import fold
from qms.kernel.threeway import Clash, Rows

_FACTS = (
    "national_code", "field", "level", "online", "act_number", "act_on", "minutes", "unit",
)  # fmt: skip
_STEPS: Rows[Step] = Rows(key=lambda step: step, words=lambda step: fold(step.name))


@dataclass(frozen=True, slots=True)
class MergedDetails:
    """Facts by field name and steps, each settled or a conflict; `stands_for` says what a
    conflict's sides are. No facts: neither side has details."""

    facts: tuple[tuple[str, object], ...] = ()
    steps: tuple[Step | Conflict, ...] = ()
    stands_for: tuple[tuple[str, Mapping[str, object]], ...] = ()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        everything = [*(value for _name, value in self.facts), *self.steps]
        return tuple(one for one in everything if isinstance(one, Conflict))

    def resolved(self, choices: Mapping[str, str]) -> Procedure | None:
        """The details with each conflict as chosen."""
        if not self.facts:
            return None
        sides = dict(self.stands_for)

        def settled(one: object) -> object:
            return sides[one.key][choices[one.key]] if isinstance(one, Conflict) else one

        facts = {name: settled(value) for name, value in self.facts}
        steps = [settled(row) for row in self.steps]
        kept = tuple(step for step in steps if isinstance(step, Step))
        return Procedure(**facts, steps=kept)  # type: ignore[arg-type]  # the fields of Procedure


def merge_details(
    base: Procedure | None, province: Procedure | None, ours: Procedure | None
) -> MergedDetails:
    """Facts and rows of both; where only one side has details, that side's."""
    if ours is None or province is None:
        whole = ours or (province if base is None else None)
        if whole is None:
            return MergedDetails()
        return MergedDetails(tuple((n, getattr(whole, n)) for n in _FACTS), whole.steps)
    old = base or replace(ours, steps=())
    return _Details(old, province, ours).merged()


class _Details:
    """One merge under way; remembers what its conflicts stand for."""

    def __init__(self, base: Procedure, province: Procedure, ours: Procedure) -> None:
        self._base, self._province, self._ours = base, province, ours
        self._stands_for: dict[str, Mapping[str, object]] = {}

    def merged(self) -> MergedDetails:
        facts = tuple((name, self._fact(name)) for name in _FACTS)
        rows = _STEPS.merged(self._base.steps, self._ours.steps, self._province.steps)
        steps = tuple(self._step(row) if isinstance(row, Clash) else row for row in rows)
        return MergedDetails(facts, steps, tuple(self._stands_for.items()))

    def _fact(self, name: str) -> object:
        three = (self._base, self._ours, self._province)
        old, mine, theirs = (getattr(one, name) for one in three)
        if theirs in {mine, old}:
            return mine
        if old == mine:
            return theirs
        found = conflict(name, *(str(value or "") for value in (old, mine, theirs)))
        self._stands_for[found.key] = {OURS: mine, PROVINCE: theirs}
        return found

    def _step(self, clash: Clash[Step]) -> Conflict:
        texts = (_row_text(one) for one in (clash.base, clash.ours, clash.theirs))
        found = conflict("step", *texts)
        self._stands_for[found.key] = {OURS: clash.ours, PROVINCE: clash.theirs}
        return found


def _row_text(step: Step | None) -> str:
    if step is None:
        return ""
    cells = (step.name, step.responsible, time_of(step.minutes, step.unit), step.result)
    return " · ".join(cell for cell in cells if cell)
