"""The blocks a Word file consists of, paragraphs and tables, and how they become rich text.

How they are found in the XML is not known here.
"""

from dataclasses import dataclass
from html import escape

from qms.word.numbering import BULLET


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph. `label` is its automatic number or a bullet.

    `text` is one line; `breaks` are the lines that the writer broke it into, if any.
    """

    text: str
    html: str
    label: str = ""
    bold: bool = False
    heading: int = 0
    align: str = ""
    in_toc: bool = False
    is_title: bool = False
    breaks: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The text with its automatic number, as a reader sees it."""
        return f"{self.label} {self.text}".strip() if self.label != BULLET else self.text

    @property
    def lines(self) -> tuple[str, ...]:
        """The same, line by line."""
        if not self.breaks:
            return (self.printed,)
        label = "" if self.label == BULLET else self.label
        return f"{label} {self.breaks[0]}".strip(), *self.breaks[1:]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with the rows and columns it covers."""

    lines: tuple[str, ...]
    html: str
    column: int
    colspan: int = 1
    rowspan: int = 1
    bold: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell stands in the first row and column that it covers."""

    rows: tuple[tuple[Cell, ...], ...]
    html: str

    @property
    def text(self) -> str:
        return "\n".join(cell.text for row in self.rows for cell in row)


Block = Paragraph | Table


def rich(blocks: list[Block]) -> str:
    """Blocks as rich text; bullets become lists, printed numbers stay as printed."""
    parts: list[str] = []
    bullets: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.label == BULLET:
            bullets.append(f"<li>{block.html}</li>")
            continue
        if bullets:
            parts.append(f"<ul>{''.join(bullets)}</ul>")
            bullets = []
        parts.append(block.html if isinstance(block, Table) else _paragraph_html(block))
    if bullets:
        parts.append(f"<ul>{''.join(bullets)}</ul>")
    return "".join(parts)


def _paragraph_html(block: Paragraph) -> str:
    align = f' align="{block.align}"' if block.align else ""
    label = escape(block.label, quote=False)
    if label and block.bold:
        label = f"<strong>{label}</strong>"
    inner = f"{label} {block.html}".strip()
    tag = "h3" if block.heading > 1 else "p"
    return f"<{tag}{align}>{inner}</{tag}>"


def table_html(rows: tuple[tuple[Cell, ...], ...]) -> str:
    body = []
    headed = (
        len(rows) > 1 and bool(rows[0]) and all(cell.bold or not cell.lines for cell in rows[0])
    )
    for n, row in enumerate(rows):
        tag = "th" if n == 0 and headed else "td"
        cells = "".join(_cell_html(cell, tag) for cell in row)
        line = f"<tr>{cells}</tr>"
        body.append(f"<thead>{line}</thead><tbody>" if n == 0 and headed else line)
    inner = "".join(body)
    return (
        f"<table>{inner}</tbody></table>" if headed else f"<table><tbody>{inner}</tbody></table>"
    )


def _cell_html(cell: Cell, tag: str) -> str:
    spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return f"<{tag}{spans}>{cell.html}</{tag}>"
