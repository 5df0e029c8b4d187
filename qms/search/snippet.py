"""The passage of a text that shows best why it was found."""

import re

from qms.kernel.text import fold

Part = tuple[str, bool]
_WORD = re.compile(r"[^\W_]+")
LENGTH = 30


def snippet(body: str, wanted: frozenset[str]) -> tuple[Part, ...]:
    """Some thirty words of `body` around the densest run of `wanted` (folded words).

    Text and whether it matched, in order; nothing when no word of the body matches.
    """
    spans = [(m.start(), m.end(), fold(m[0]) in wanted) for m in _WORD.finditer(body[:60_000])]
    if not any(matched for _start, _end, matched in spans):
        return ()
    first = _densest([matched for _start, _end, matched in spans])
    return tuple(_parts(body, spans[first : first + LENGTH]))


def _densest(matches: list[bool]) -> int:
    """Where the window with the most matches begins."""
    count = best = sum(matches[:LENGTH])
    where = 0
    for start in range(1, max(1, len(matches) - LENGTH + 1)):
        count += matches[start + LENGTH - 1] - matches[start - 1]
        if count > best:
            best, where = count, start
    return where


def _parts(body: str, window: list[tuple[int, int, bool]]) -> list[Part]:
    parts: list[Part] = []
    at = window[0][0]
    for start, end, matched in window:
        if not matched:
            continue
        if start > at:
            parts.append((_line(body[at:start]), False))
        parts.append((body[start:end], True))
        at = end
    parts.append((_line(body[at : window[-1][1]]), False))
    return [part for part in parts if part[0]]


def _line(text: str) -> str:
    return text.replace("\n", " ")
