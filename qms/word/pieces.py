"""Rich text as a row of pieces that can be compared: paragraphs, headings, items, table rows.

Only reads; what two texts have in common is not known here.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_ALONE = {
    "p": "p",
    "h3": "heading",
    "h4": "heading",
    "li": "item",
    "blockquote": "p",
    "caption": "p",
}
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block. `cells` are its words, one entry a table cell; a paragraph has one."""

    kind: str
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return " | ".join(self.cells)


def pieces(html: str) -> list[Piece]:
    """The pieces of clean rich text in printed order; empty ones left out.

    A picture stands as `[hình 1a2b3c4d]`, so that another picture is another text.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []
        self._words: list[str] = []
        self._kind = "p"
        self._row: list[str] | None = None
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            source = dict(attrs).get("src") or ""
            self._words.append(f" [hình {source.removeprefix('asset:')[:8]}] ")
        elif tag == "br":
            self._words.append(" ")
        elif tag == "tr":
            self.end()
            self._row = []
        elif tag in ("td", "th"):
            self._words, self._in_cell = [], True
        elif tag in _ALONE:
            if self._in_cell:
                self._words.append(" ")
            else:
                self.end()
                self._kind = _ALONE[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._row is not None:
            self._row.append(self._taken())
            self._in_cell = False
        elif tag == "tr" and self._row is not None:
            if any(self._row):
                self.found.append(Piece("row", tuple(self._row)))
            self._row = None
        elif tag in _ALONE and not self._in_cell:
            self.end()

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def end(self) -> None:
        """The piece that was being read is complete."""
        text = self._taken()
        if text:
            self.found.append(Piece(self._kind, (text,)))
        self._kind = "p"

    def _taken(self) -> str:
        text = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words = []
        return text
