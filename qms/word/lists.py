"""Numbered lists of rich text as Word lists: each counts for itself, in its own letters."""

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def new_list(part: Any, node: Any) -> int:
    """Define how the HTML list `node` counts in `part`; the number of the Word list."""
    start = node.get("start", "1")
    numbering = part.numbering_part.element
    known = numbering.findall(qn("w:abstractNum"))
    name = max((int(one.get(qn("w:abstractNumId"))) for one in known), default=-1) + 1
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{name}">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="{int(start) if start.isdecimal() else 1}"/>'
        f'<w:numFmt w:val="{_FORMS.get(node.get("type", ""), "decimal")}"/>'
        '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )
    # Word wants all definitions before the lists that use them.
    if known:
        known[-1].addnext(made)
    else:
        numbering.insert(0, made)
    number: int = numbering.add_num(name).numId
    return number


def count(paragraph: Any, number: int) -> None:
    """Make `paragraph` the next item of the list `number`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
