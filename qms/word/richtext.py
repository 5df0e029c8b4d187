"""The rich text a document may hold: one allow-list for Word, browser, paper. The door of nh3."""

import re
from html import escape, unescape

import nh3

from qms.kernel.text import nfc

TAGS = {
    "p", "h3", "h4", "strong", "em", "u", "s", "sub", "sup", "br", "ol", "ul", "li", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "img", "a", "blockquote",
}  # fmt: skip
_ALIGNED = ("p", "td", "th", "h3", "h4")
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"type", "start"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    **{tag: {"align"} for tag in _ALIGNED if tag not in {"td", "th"}},
}
_ASSET = re.compile(r"asset:[0-9a-f]{64}")
_ALIGNS = {"left", "center", "right", "justify"}
_NUMERIC = re.compile(r"\d{1,3}")
_BLOCK_END = re.compile(r"</(?:p|h3|h4|li|td|th|tr|caption|blockquote)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")


def clean(html: str) -> str:
    """`html` with nothing but the allowed tags and attributes, in NFC.

    Scripts and styles go with their content; other unknown tags go and leave their text.
    Pictures survive only as `asset:<sha256>`, links only to the web and to mail.
    """
    return nh3.clean(
        nfc(html),
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto", "asset"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def plain_text(html: str) -> str:
    """The words of `html`, one block a line."""
    text = unescape(_TAG.sub("", _BLOCK_END.sub("\n", html)))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def paragraphs(text: str) -> str:
    """Plain text as rich text: one paragraph a line."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return value if _ASSET.fullmatch(value) else None
    if attribute == "href":
        return None if value.startswith("asset:") else value
    if attribute == "align":
        return value if value in _ALIGNS else None
    if attribute in {"colspan", "rowspan", "start"}:
        return value if _NUMERIC.fullmatch(value) else None
    return value
