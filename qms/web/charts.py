"""Charts worked out to the last coordinate, so that a template only writes them down.

Sizes are attributes and colours are classes: the strict CSP holds and dark mode works.
Coordinates are texts: Vietnamese number format would put a comma where SVG wants a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

SERIES_CLASSES = ("a", "b", "c", "d")
BASE, TOP, LEFT, RIGHT = 94, 10, 22, 296
MOST_TICKS = 5
WIDEST_BAR = 16


@dataclass(frozen=True, slots=True)
class Name:
    """One series: what it is called, its class, its numbers for the table."""

    text: str
    css: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Rect:
    css: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Tick:
    y: str
    text_y: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Grouped vertical bars from zero: one group per label, one colour per series."""

    title: str
    names: list[Name]
    rects: list[Rect]
    ticks: list[Tick]
    labels: list[Label]

    @property
    def description(self) -> str:
        """The title and every number, for those who do not see the drawing."""
        rows = [f"{name.text}: {', '.join(map(str, name.values))}." for name in self.names]
        return " ".join([f"{self.title}.", *rows])


def grouped_bars(
    title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]
) -> Bars:
    """Bars for at most four series of whole numbers, as many in each as there are labels."""
    if len(series) > len(SERIES_CLASSES):
        raise ValueError(_("Biểu đồ cột chỉ vẽ được tối đa bốn dãy số."))
    highest = max((value for _name, values in series for value in values), default=0)
    step = _step(highest)
    ceiling = max(step, -(-highest // step) * step)
    scale = (BASE - TOP) / ceiling
    room = (RIGHT - LEFT) / max(1, len(labels))
    bar = min(WIDEST_BAR, room * 0.8 / max(1, len(series)))
    rects = []
    for place, (_name, values) in enumerate(series):
        for n, value in enumerate(values):
            x = LEFT + room * (n + 0.5) + bar * (place - len(series) / 2)
            height = value * scale
            css = SERIES_CLASSES[place]
            rects.append(Rect(css, _at(x + 0.5), _at(BASE - height), _at(bar - 1), _at(height)))
    return Bars(
        title,
        [Name(name, SERIES_CLASSES[n], values) for n, (name, values) in enumerate(series)],
        rects,
        [
            Tick(_at(BASE - value * scale), _at(BASE - value * scale + 4), str(value))
            for value in range(0, ceiling + 1, step)
        ],
        [Label(_at(LEFT + room * (n + 0.5)), str(label)) for n, label in enumerate(labels)],
    )


def _step(highest: int) -> int:
    """1, 2 or 5 times a power of ten, so that the axis has few and round marks."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if highest / (factor * power) < MOST_TICKS:
                return factor * power
        power *= 10


def _at(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
