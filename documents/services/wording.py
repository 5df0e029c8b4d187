"""Rules that other rooms lay on the words of some kinds of document, asked at every save."""

from collections.abc import Callable, Iterable

from documents.models import Document

# Takes the document and its texts, and refuses with a sentence.
Rule = Callable[[Document, list[str]], None]
_rules: dict[str, list[Rule]] = {}


def govern(kind: str, rule: Rule) -> None:
    """Let `rule` refuse texts of documents of this kind; said once, when the room opens."""
    if rule not in _rules.setdefault(kind, []):
        _rules[kind].append(rule)


def require_wording(document: Document, texts: Iterable[str]) -> None:
    """Refuse what a rule of this kind of document refuses."""
    said = list(texts)
    for rule in _rules.get(document.kind, []):
        rule(document, said)
