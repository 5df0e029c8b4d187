"""How Word says that something is bold, a heading, centred: styles and the look of runs."""

from dataclasses import dataclass
from typing import Any

from qms.word.numbering import W

Element = Any


def value(element: Element, path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


def is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "true") not in {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style brings along."""

    bold: bool = False
    heading: int = 0
    list_id: str = ""
    depth: str = ""
    align: str = ""
    is_toc: bool = False
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How one run is set; equal neighbours become one element."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: str = ""

    @classmethod
    def of(cls, run: Element, style: Style) -> "Look":
        properties = run.find(f"{W}rPr")
        if properties is None:
            return cls(bold=style.bold)
        bold = properties.find(f"{W}b")
        underline = properties.find(f"{W}u")
        return cls(
            bold=style.bold if bold is None else is_on(bold),
            italic=is_on(properties.find(f"{W}i")),
            underline=underline is not None and underline.get(f"{W}val", "single") != "none",
            strike=is_on(properties.find(f"{W}strike")),
            raised={"superscript": "sup", "subscript": "sub"}.get(value(run, "rPr/vertAlign"), ""),
        )

    def wrap(self, html: str) -> str:
        for on, tag in (
            (self.raised, self.raised),
            (self.strike, "s"),
            (self.underline, "u"),
            (self.italic, "em"),
            (self.bold, "strong"),
        ):
            if on:
                html = f"<{tag}>{html}</{tag}>"
        return html


def styles_of(root: Element | None) -> dict[str, Style]:
    """Paragraph styles with what they inherit."""
    if root is None:
        return {}
    raw = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    made: dict[str, Style] = {}

    def style(name: str, depth: int = 0) -> Style:
        if name in made:
            return made[name]
        element = raw.get(name)
        if element is None or depth > 20:
            return Style()
        based = style(value(element, "basedOn"), depth + 1)
        bold = element.find(f"{W}rPr/{W}b")
        called = value(element, "name").lower()
        outline = value(element, "pPr/outlineLvl")
        made[name] = Style(
            bold=based.bold if bold is None else is_on(bold),
            heading=_heading(called, outline) or based.heading,
            list_id=value(element, "pPr/numPr/numId") or based.list_id,
            depth=value(element, "pPr/numPr/ilvl") or based.depth,
            align=value(element, "pPr/jc") or based.align,
            is_toc=called.startswith("toc") and called != "toc heading",
            is_title=called == "title",
        )
        return made[name]

    for name in raw:
        style(name)
    return made


def _heading(called: str, outline: str) -> int:
    if called.startswith("heading ") and called[8:].isdigit():
        return int(called[8:])
    return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0
