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
# Without accents these may be asking ("tại", "từ", "để") or half of a word ("tài liệu", "tư pháp").
_TWO_WAYS = frozenset(["tai", "tu", "de", "vao", "ra", "bang", "theo", "khi", "em", "hay", "minh"])


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
    plain = is_plain(query)
    kept = [(word, fold(word) if plain else _toneless(word)) for word in text.split()]
    for phrase in _asking(plain=plain):
        kept = _without(phrase, kept)
    return " ".join(word for word, _key in kept) or text


def is_plain(query: str) -> bool:
    """Whether the query was typed without accents."""
    return exact(query) == folded(query)


def _without(phrase: list[str], words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`words` (as typed, and to compare) without every run that is the phrase."""
    kept, at = [], 0
    while at < len(words):
        if [key for _word, key in words[at : at + len(phrase)]] == phrase:
            at += len(phrase)
        else:
            kept.append(words[at])
            at += 1
    return kept


def _toneless(word: str) -> str:
    """The syllable with its tone at the end: "hòa" and "hoà" are one word."""
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in parts if c in _TONES)
    rest = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return rest + tone


@cache
def _asking(*, plain: bool) -> list[list[str]]:
    """Phrases of asking, longest first; without accents only for a query without any.

    With accents "tại" is a word of asking and "tài" of "tài liệu" is not.
    """
    phrases = json.loads((DATA / "asking.json").read_text(encoding="utf-8"))
    spelled = [folded(phrase) if plain else exact(phrase) for phrase in phrases]
    kept = [
        words for words in spelled if not (plain and words[0] in _TWO_WAYS and len(words) == 1)
    ]
    return sorted(kept, key=len, reverse=True)


@cache
def _abbreviations() -> dict[str, list[str]]:
    said = json.loads((DATA / "abbreviations.json").read_text(encoding="utf-8"))
    return {fold(short): long.split() for short, long in said.items()}
