"""One verb, one word: the step, the rule, the service, the address, the button, the sentence."""

import importlib
import inspect
from pathlib import Path

import pytest

from audits import lifecycles as audit_lives
from audits import permissions as audit_rules
from documents import lifecycles as document_lives
from documents import permissions as document_rules
from qms.trail.words import SENTENCES
from tests.house.requests import named_addresses

ROOT = Path(__file__).resolve().parents[2]
# A consequence of another step, never a button: putting a version in force supersedes the last.
NO_BUTTON = {("version", "supersede")}
LIVES = [
    ("documents", document_lives.VERSION_LIFECYCLE, document_rules.RULES),
    ("documents", document_lives.PROMULGATION_LIFECYCLE, document_rules.RULES),
    ("documents", document_lives.CHANGE_REQUEST_LIFECYCLE, document_rules.RULES),
    ("documents", document_lives.COPY_LIFECYCLE, document_rules.RULES),
    *(("audits", life, audit_rules.RULES) for life in audit_lives.LIFECYCLES.values()),
]
STEPS = [(app, life, rules, verb) for app, life, rules in LIVES for verb in life.steps]


def lacks(app: str, life, rules, verb: str) -> list[str]:
    """What a new verb still lacks, in the words of the map."""
    noun, dashed = life.noun, verb.replace("_", "-")
    address = f"{app}:{noun.replace('_', '-')}-{dashed}"
    services = importlib.import_module(f"{app}.services.{noun}")
    service, tests = getattr(services, verb, None), ROOT / "tests" / app
    wanted = {
        f"RULES[{noun!r}][{verb!r}] in {app}/permissions.py": verb in rules.get(noun, {}),
        f"{life.event(verb)} in qms/trail/words.py": life.event(verb) in SENTENCES,
    }
    if (noun, verb) not in NO_BUTTON:
        wanted |= {
            f"def {verb} in {app}/services/{noun}.py": inspect.isfunction(service),
            f"keyword-only `by` of {verb}": service is not None and "by" in _keywords(service),
            f"the address {address}": address in named_addresses(),
            f"templates/{app}/{noun}/_{verb}.html":
                (ROOT / f"templates/{app}/{noun}/_{verb}.html").exists(),
            f"a test of {verb} below tests/{app}": any(
                f"{verb}(" in file.read_text(encoding="utf-8") for file in tests.rglob("*.py")
            ),
        }  # fmt: skip
    return [name for name, there in wanted.items() if not there]


@pytest.mark.parametrize(
    ("app", "life", "rules", "verb"), STEPS, ids=[f"{s[1].noun}-{s[3]}" for s in STEPS]
)
def test_a_verb_has_everything_a_verb_needs(app, life, rules, verb):
    assert lacks(app, life, rules, verb) == []


def test_a_new_verb_is_told_what_it_lacks():
    life = document_lives.VERSION_LIFECYCLE
    told = lacks("documents", _With(life, "archive"), document_rules.RULES, "archive")

    assert len(told) == 7, told


class _With:
    """The lifecycle with one more verb than it has."""

    def __init__(self, life, verb):
        self.noun, self.steps = life.noun, [*life.steps, verb]

    def event(self, verb):
        return f"{self.noun}.{verb}d"


def _keywords(function) -> set[str]:
    parameters = inspect.signature(function).parameters.values()
    return {p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
