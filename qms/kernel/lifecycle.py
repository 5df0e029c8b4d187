"""What a lifecycle is: states, and the only steps allowed between them.

Pure Python on purpose: a lifecycle can be read, drawn and tested without a database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qms.kernel.refusals import IllegalMove


@dataclass(frozen=True, slots=True)
class Step:
    """One legal move: its verb, the name of the event it leaves, where from, where to."""

    verb: str
    past: str
    sources: frozenset[str]
    target: str


def step(verb: str, past: str, sources: Iterable[str], target: str) -> Step:
    return Step(verb, past, frozenset(sources), target)


class Lifecycle:
    """The table of steps of one noun; `Lifecycle("version", step("submit", "submitted", …))`."""

    def __init__(self, noun: str, *steps: Step) -> None:
        self.noun = noun
        self.steps = {step.verb: step for step in steps}

    def verbs_from(self, state: str) -> list[str]:
        return [verb for verb, step in self.steps.items() if state in step.sources]

    def event(self, verb: str) -> str:
        """The name under which the trail knows this step: "version.submitted"."""
        return f"{self.noun}.{self.steps[verb].past}"

    def step(self, verb: str, state: str) -> Step:
        """The step `verb` from `state`; `IllegalMove` when the table has none."""
        step = self.steps[verb]
        if state not in step.sources:
            raise IllegalMove(
                _(
                    "Việc này không làm được ở trạng thái hiện tại. Tải lại trang để xem bước tiếp theo."
                )
            )
        return step
