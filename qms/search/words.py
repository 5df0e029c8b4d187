"""How text becomes the tokens that are compared: exact, folded, and in pairs."""

import json
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from qms.kernel.text import fold

DATA = Path(__file__).resolve().parent / "data"
_WORD = re.compile(r"[^\W_]+")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# A longer query is somebody pasting a text; the first words say enough.
MOST_WORDS = 60


def exact(text: str) -> list[str]:
    """Words with their accents; where the tone mark stands in a syllable does not matter."""
    return [
        _toneless(word) for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    ]


def folded(text: str) -> list[str]:
    """Words without accents."""
    return _WORD.findall(fold(text))


def pairs(words: list[str]) -> list[str]:
    """Neighbouring words as one token: most Vietnamese words are two syllables."""
    return [f"{a}_{b}" for a, b in pairwise(words)]


def asked(query: str) -> str:
    """What a query is about: abbreviations written out, words of asking left out.

    A query that consists of nothing but such words stays as it is.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", query).casefold())[:MOST_WORDS]
    spelled = [word for short in words for word in [short, *_abbreviations().get(fold(short), [])]]
    text = " ".join(spelled)
    plain = f" {fold(text)} "
    kept = text.split()
    for phrase in _asking():
        kept, plain = _without(phrase, kept, plain)
    return " ".join(kept) or text


def is_plain(query: str) -> bool:
    """Whether the query was typed without accents."""
    return exact(query) == folded(query)


def _without(phrase: str, words: list[str], plain: str) -> tuple[list[str], str]:
    """`words` without every run that folds to `phrase`."""
    if f" {phrase} " not in plain:
        return words, plain
    run, kept, at = phrase.split(), [], 0
    folds = [fold(word) for word in words]
    while at < len(words):
        if folds[at : at + len(run)] == run:
            at += len(run)
        else:
            kept.append(words[at])
            at += 1
    return kept, f" {fold(' '.join(kept))} "


def _toneless(word: str) -> str:
    """The syllable with its tone at the end: "hòa" and "hoà" are one word."""
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in parts if c in _TONES)
    rest = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return rest + tone


@cache
def _asking() -> list[str]:
    """Phrases of asking, longest first."""
    phrases = json.loads((DATA / "asking.json").read_text(encoding="utf-8"))
    return sorted({fold(phrase) for phrase in phrases}, key=lambda p: -len(p.split()))


@cache
def _abbreviations() -> dict[str, list[str]]:
    said = json.loads((DATA / "abbreviations.json").read_text(encoding="utf-8"))
    return {fold(short): long.split() for short, long in said.items()}
