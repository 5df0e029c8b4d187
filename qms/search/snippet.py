"""The passage of a text that shows best why it was found."""

import re
from itertools import islice

from qms.kernel.text import fold

Part = tuple[str, bool]
_WORD = re.compile(r"[^\W_]+")
LENGTH = 30  # words
_RUN = 180  # characters, about as many words
_LOOKED_AT = 60_000


class _Letters(dict[int, str]):
    """Every letter without its accent, one for one, so that places in the text stay the same."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = fold(letter)
        self[code] = kept = plain if len(plain) == 1 else letter
        return kept


_LETTERS = _Letters()


def snippet(body: str, wanted: frozenset[str]) -> tuple[Part, ...]:
    """Some thirty words of `body` from the densest run of `wanted` (folded words).

    Text and whether it matched, in order; nothing when no word of the body matches.
    """
    plain = body[:_LOOKED_AT].translate(_LETTERS)
    any_of = "|".join(map(re.escape, sorted(wanted, key=len, reverse=True)))
    found = [m.span() for m in re.finditer(rf"\b(?:{any_of})\b", plain)] if wanted else []
    if not found:
        return ()
    first = found[_densest([start for start, _end in found])][0]
    last = max(m.end() for m in islice(_WORD.finditer(plain, first), LENGTH))
    return tuple(_parts(body, [span for span in found if first <= span[0] < last], last))


def _densest(starts: list[int]) -> int:
    """Which match begins the stretch of _RUN characters with the most matches."""
    best = where = right = 0
    for left, start in enumerate(starts):
        while right < len(starts) and starts[right] < start + _RUN:
            right += 1
        if right - left > best:
            best, where = right - left, left
    return where


def _parts(body: str, matches: list[tuple[int, int]], last: int) -> list[Part]:
    parts: list[Part] = []
    at = matches[0][0]
    for start, end in matches:
        if start > at:
            parts.append((_line(body[at:start]), False))
        parts.append((body[start:end], True))
        at = end
    parts.append((_line(body[at:last]), False))
    return [part for part in parts if part[0]]


def _line(text: str) -> str:
    return text.replace("\n", " ")
