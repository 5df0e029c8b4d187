"""Finding a code in a text: the whole code, however it was spaced, never a part of a longer one.

What the codes are, and where a link leads, is said by the callers.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape

from django.utils.html import format_html

from qms.kernel.text import code_key, fold, nfc

_RUNS = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_TAGS = re.compile(r"(<[^>]*>)")
_BARE = re.compile(r"[^a-z0-9]")
_DASHES = "-–—‑"
# What may join two parts of one code; after it a letter or digit would make the code longer.
_JOINTS = r"[-–—‑./:_]"
SHORTEST = 3


def is_code(code: str) -> bool:
    """Whether a code can be told from a word: with a digit and a letter, or four capitals."""
    letters = [c for c in code if c.isalpha()]
    if len(_bare(code)) < SHORTEST or not letters:
        return False
    return any(c.isdigit() for c in code) or (
        len(letters) > SHORTEST and all(c.isupper() for c in letters)
    )


def pattern(code: str) -> str:
    """The expression that finds `code` in NFC text, with spaces between its parts or without."""
    parts = [_part(run) for run in _RUNS.findall(nfc(code))]
    inner = r"\s*".join(parts)
    if not any(c.isdigit() for c in code):
        inner = f"(?-i:{inner})"
    return rf"(?<![\w])(?<!\w{_JOINTS}){inner}(?!\w)(?!{_JOINTS}\w)"


def mentions(text: str, codes: Mapping[str, int]) -> dict[int, str]:
    """Which of `codes` (code → what it stands for) `text` names → the words of the first place.

    Longer codes are looked for first, and what they cover names nothing else.
    """
    text = nfc(text)
    bare = _bare(text)
    there = [code for code in codes if is_code(code) and _bare(code) in bare]
    if not there:
        return {}
    keys = {code_key(code.translate(_PLAIN)): target for code, target in codes.items()}
    found: dict[int, str] = {}
    for match in _any(there).finditer(text):
        target = keys.get(code_key(match[0].translate(_PLAIN)))
        if target is not None:
            found.setdefault(target, match[0])
    return found


def linked(html: str, links: Mapping[str, tuple[str, str]]) -> str:
    """Clean rich text with every code of `links` (code → address, title) made a link.

    Tags, and what stands inside a link, stay as they are; only text between them is touched,
    and everything put in is escaped.
    """
    if not links:
        return html
    keys = {code_key(code.translate(_PLAIN)): target for code, target in links.items()}
    codes = _any(links)

    def link(match: re.Match[str]) -> str:
        target = keys.get(code_key(match[0].translate(_PLAIN)))
        if target is None:
            return escape(match[0], quote=False)
        return format_html('<a class="ref" href="{}" title="{}">{}</a>', *target, match[0])

    parts, inside = [], 0
    for piece in _TAGS.split(html):
        if piece.startswith("<"):
            inside += piece.startswith(("<a ", "<a>")) - piece.startswith("</a")
            parts.append(piece)
        elif inside or not piece:
            parts.append(piece)
        else:
            parts.append(_replaced(piece, codes, link))
    return "".join(parts)


def _replaced(piece: str, codes: re.Pattern[str], link: Callable[[re.Match[str]], str]) -> str:
    """The text of `piece` with its codes linked, everything else escaped as it was."""
    text, parts, end = unescape(piece), [], 0
    for match in codes.finditer(text):
        parts += [escape(text[end : match.start()], quote=False), link(match)]
        end = match.end()
    if not parts:
        return piece
    return "".join([*parts, escape(text[end:], quote=False)])


def _any(codes: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(codes, key=len, reverse=True)
    return re.compile("|".join(pattern(code) for code in longest), re.IGNORECASE)


def _part(run: str) -> str:
    """One run of the code: dashes stand for each other, and đ for d."""
    if run in _DASHES:
        return f"[{_DASHES}]"
    return re.sub("[đĐ]", lambda m: "[đdĐD]", re.escape(run))


def _bare(text: str) -> str:
    return _BARE.sub("", fold(text))


_PLAIN = str.maketrans(dict.fromkeys(_DASHES, "-"))
