"""Rich text as a browser's editor gives it, brought into the form in which documents keep it.

Nothing that comes from a browser is trusted: whatever is done here, `clean` has the last word.
"""

import re
from typing import Any

from lxml import html as markup
from lxml.etree import LxmlError

from qms.kernel.text import nfc
from qms.word.richtext import clean, paragraphs

_SAME = {"b": "strong", "i": "em", "ins": "u", "strike": "s", "del": "s", "h1": "h3", "h2": "h3",
         "h5": "h4", "h6": "h4"}  # fmt: skip
_BLOCKS = {"p", "h3", "h4", "ul", "ol", "table", "blockquote", "div"}
_CELLS = {"li", "td", "th"}
_ALIGNED = re.compile(r"text-align:\s*(left|center|right|justify)", re.IGNORECASE)
_EMPTY = re.compile(r"^(?:<p(?: [^>]*)?>(?:\s|<br>)*</p>)+|(?:<p(?: [^>]*)?>(?:\s|<br>)*</p>)+$")


def kept(html: str) -> str:
    """`html` as it is kept: our tags, one paragraph alone in a cell or item without its `p`,
    header rows in `thead`, alignment as an attribute, and clean.

    Text without any tag becomes paragraphs. `kept(kept(x)) == kept(x)`.
    """
    html = nfc(html)
    if "<" not in html:
        return clean(paragraphs(html))
    # Cleaned of scripts first: their text must not become words.
    try:
        root: Any = markup.fragment_fromstring(_opened(html), create_parent="div")
    except (LxmlError, ValueError):
        return clean(html)
    for node in list(root.iter()):
        if isinstance(node.tag, str):
            _settle(node)
    inner = (root.text or "") + "".join(
        markup.tostring(child, encoding="unicode") for child in root
    )
    if root.text and root.text.strip():
        inner = f"<p>{inner}</p>" if not len(root) else inner
    return _EMPTY.sub("", clean(inner))


def _opened(html: str) -> str:
    return re.sub(r"(?is)<(script|style)\b.*?(?:</\1\s*>|$)", "", html)


def _settle(node: Any) -> None:
    if node.tag in _SAME:
        node.tag = _SAME[node.tag]
    if node.tag == "div" and node.getparent() is not None:
        _settle_div(node)
    aligned = _ALIGNED.search(node.get("style") or "")
    if aligned and not node.get("align"):
        node.set("align", aligned[1].lower())
    if node.tag in _CELLS:
        _unwrap_only(node)
    if node.tag == "table":
        _head(node)


def _settle_div(node: Any) -> None:
    """A division that holds words is a paragraph; one that holds blocks is nothing."""
    if any(child.tag in _BLOCKS for child in node):
        node.drop_tag()
    else:
        node.tag = "p"


def _unwrap_only(node: Any) -> None:
    """The one paragraph at the beginning of a cell or item goes; its alignment is the cell's."""
    inner = [child for child in node if isinstance(child.tag, str)]
    if not inner or inner[0].tag != "p" or (node.text or "").strip():
        return
    alone = len(inner) == 1 or (node.tag == "li" and inner[1].tag in {"ul", "ol"})
    align = inner[0].get("align") or (_ALIGNED.search(inner[0].get("style") or "") or ["", ""])[1]
    if not alone or (inner[0].tail or "").strip() or (align and node.tag == "li"):
        return
    if align and not node.get("align"):
        node.set("align", align)
    inner[0].drop_tag()


def _head(table: Any) -> None:
    """The first row, when all its cells are headers, repeats on every page."""
    if table.find("thead") is not None:
        return
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    bodies = table.findall("tbody")
    headed = len(rows) > 1 and len(rows[0]) and all(cell.tag == "th" for cell in rows[0])
    if not headed or len(bodies) != 1 or rows[0].getparent() is not bodies[0]:
        return
    for cell in rows[0]:
        cell.set("scope", "col")
    head = markup.Element("thead")
    head.append(rows[0])
    bodies[0].addprevious(head)
