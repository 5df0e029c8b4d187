"""The numbers Word prints before paragraphs but does not write into them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

Element = Any
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
BULLET = "•"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: format, printed pattern, first number."""

    form: str
    pattern: str
    start: int


class Numbering:
    """The lists of one document and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is not None:
            self._read(root)

    def label(self, list_id: str, depth: int) -> str:
        """Count one paragraph and say what Word prints before it; "•" for a bullet."""
        levels = self._levels.get(list_id)
        if levels is None or depth not in levels:
            return ""
        counts = self._counts[self._abstract[list_id]]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if levels[depth].form == "bullet":
            return BULLET
        if levels[depth].form == "none":
            return ""
        return _PLACE.sub(
            lambda m: self._part(levels, counts, int(m[1]) - 1), levels[depth].pattern
        )

    def _part(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        return spell(counts.get(depth, level.start), level.form)

    def _read(self, root: Element) -> None:
        abstract = {
            one.get(f"{W}abstractNumId"): {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in one.iter(f"{W}lvl")
            }
            for one in root.iter(f"{W}abstractNum")
        }
        for one in root.iter(f"{W}num"):
            target = one.find(f"{W}abstractNumId")
            if target is None:
                continue
            name, key = one.get(f"{W}numId"), target.get(f"{W}val")
            levels = dict(abstract.get(key, {}))
            restarts = False
            for override in one.iter(f"{W}lvlOverride"):
                depth = int(override.get(f"{W}ilvl", "0"))
                start = override.find(f"{W}startOverride")
                if start is not None and depth in levels:
                    old = levels[depth]
                    levels[depth] = Level(old.form, old.pattern, int(start.get(f"{W}val", "1")))
                    restarts = True
            self._levels[name] = levels
            self._abstract[name] = f"num-{name}" if restarts else f"abstract-{key}"


def _level(element: Element) -> Level:
    def value(tag: str, default: str) -> str:
        child = element.find(f"{W}{tag}")
        return default if child is None else child.get(f"{W}val", default)

    start = value("start", "1")
    return Level(
        value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1
    )


def spell(number: int, form: str) -> str:
    """`number` in Word's format `form`: decimal, letters or Roman."""
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form.startswith("upper") else letter
    if form in {"lowerRoman", "upperRoman"}:
        text = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            text += letters * count
        return text.upper() if form.startswith("upper") else text
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)
