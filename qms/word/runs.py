"""The inline content of a paragraph, gathered run by run; blocks are not known here."""

import re
from html import escape

from qms.kernel.text import nfc
from qms.word.numbering import BULLET, W
from qms.word.styles import Element, Look

_BLANKS = re.compile(r"\s+")
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}sym": BULLET}


class Runs:
    """The inline content of one paragraph as it grows."""

    def __init__(self) -> None:
        self.text = ""
        self.all_bold = False
        self._seen = False
        self._done: list[str] = []
        self._open: tuple[Look, str] | None = None

    def add(self, text: str, look: Look) -> None:
        if text.strip():
            self.all_bold = look.bold and (self.all_bold or not self._seen)
            self._seen = True
        self.text += text
        if self._open and self._open[0] == look:
            self._open = (look, self._open[1] + text)
            return
        self._flush()
        self._open = (look, text)

    def line_break(self, *, page: bool) -> None:
        self.text += "\n"
        if not page:
            self.raw("<br>")

    def raw(self, html: str) -> None:
        self._flush()
        self._done.append(html)

    @property
    def html(self) -> str:
        self._flush()
        return "".join(self._done)

    def _flush(self) -> None:
        if self._open:
            look, text = self._open
            html = _BLANKS.sub(" ", escape(nfc(text), quote=False))
            self._done.append(look.wrap(html) if text.strip() else html)
            self._open = None


def letters(child: Element, runs: "Runs", look: "Look") -> None:
    """Add what one element of a run prints; nothing for those that print nothing."""
    if child.tag == f"{W}t":
        runs.add(child.text or "", look)
    elif child.tag in {f"{W}br", f"{W}cr"}:
        runs.line_break(page=child.get(f"{W}type") == "page")
    elif child.tag in _SIGNS:
        runs.add(_SIGNS[child.tag], look)
