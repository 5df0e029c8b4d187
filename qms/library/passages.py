"""Passages of a guidance text that are meant for some kinds of agency only.

`{{#xa_phuong}} … {{/xa_phuong}}` is kept for communes and wards, `{{^xa_phuong}} … {{/xa_phuong}}`
for all others. Both marks stand in paragraphs of their own, or both inside one paragraph, item
or cell. Passages neither nest nor cross. Pure text; nothing is evaluated.
"""

import re
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.agencies.models import AgencyKind
from qms.kernel.tokens import MARK

# The groups a text may name, and the kinds of agency in each.
GROUPS: dict[str, frozenset[str]] = {
    "xa_phuong": frozenset({AgencyKind.COMMUNE, AgencyKind.WARD}),
    "so": frozenset({AgencyKind.DEPARTMENT}),
    "cap_tinh": frozenset({AgencyKind.PROVINCIAL_OFFICE}),
    "chi_cuc": frozenset({AgencyKind.SUB_DEPARTMENT}),
    "don_vi_su_nghiep": frozenset({AgencyKind.PUBLIC_UNIT}),
}
LABELS: dict[str, str | Promise] = {
    "xa_phuong": gettext_lazy("xã, phường"),
    "so": gettext_lazy("sở"),
    "cap_tinh": gettext_lazy("cơ quan cấp tỉnh"),
    "chi_cuc": gettext_lazy("chi cục"),
    "don_vi_su_nghiep": gettext_lazy("đơn vị sự nghiệp"),
}
_ALONE = re.compile(r"<p[^>]*>\s*(\{\{\s*[#^/]\s*[a-z_]+\s*\}\})\s*</p>\s*")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(/?)>")
_EMPTY_ALONE = re.compile(r"<(li|p)(?:\s[^>]*)?>[\s\x01]*\x01[\s\x01]*</\1>\s*")
_ROW = re.compile(r"<tr(?:\s[^>]*)?>(?:(?!<tr\b).)*?</tr>\s*", re.DOTALL)
_GONE = "\x01"
_VOID = frozenset({"br", "img"})


def chosen(html: str, kind: str) -> str:
    """`html` as an agency of `kind` gets it: its passages without their marks, the others gone.

    An item, paragraph or row that a passage leaves empty goes with it. A text whose marks do
    not fit together (see `faults`) comes back as it is.
    """
    if MARK.search(html) is None or faults([html]):
        return html
    text = _ALONE.sub(r"\1", html)
    made, at = [], 0
    for begin, end, group, wanted in _passages(text):
        made.append(text[at : begin.start()])
        made.append(
            text[begin.end() : end.start()] if (kind in GROUPS[group]) is wanted else _GONE
        )
        at = end.end()
    made.append(text[at:])
    text = _EMPTY_ALONE.sub("", "".join(made))
    return _ROW.sub(_row, text).replace(_GONE, "")


def faults(texts: list[str]) -> list[str]:
    """Why the marks of these texts do not fit together, in whole sentences."""
    return list(dict.fromkeys(fault for text in texts for fault in _faults(text)))


def groups_in(html: str) -> set[str]:
    return {name for _sign, name in MARK.findall(html)}


def _faults(html: str) -> Iterator[str]:
    marks = list(MARK.finditer(html))
    for name in sorted({m[2] for m in marks} - GROUPS.keys()):
        yield _("Đoạn tùy chọn {{#%(name)s}} không có trong danh mục: %(known)s.") % {
            "name": name, "known": ", ".join(GROUPS),
        }  # fmt: skip
    opened: re.Match[str] | None = None
    for mark in marks:
        if mark[1] == "/":
            if opened is None or opened[2] != mark[2]:
                yield _("Dấu %s không có dấu mở đi cùng.") % mark[0]
            elif not _balanced(_ALONE.sub(r"\1", html[_start(html, opened) : _end(html, mark)])):
                yield _("Đoạn tùy chọn %s mở và đóng ở hai chỗ không cùng cấp.") % opened[0]
            opened = None
        elif opened is not None:
            yield _("Đoạn tùy chọn %s nằm trong đoạn khác.") % mark[0]
        else:
            opened = mark
    if opened is not None:
        yield _("Đoạn tùy chọn %s chưa đóng.") % opened[0]


def _passages(
    text: str,
) -> Iterator[tuple[re.Match[str], re.Match[str], str, bool]]:
    marks = list(MARK.finditer(text))
    for begin, end in zip(marks[::2], marks[1::2], strict=True):
        yield begin, end, begin[2], begin[1] == "#"


def _start(html: str, mark: re.Match[str]) -> int:
    """Where the passage begins: with the paragraph of its mark, when that stands alone."""
    alone = [m for m in _ALONE.finditer(html) if m.start(1) == mark.start()]
    return alone[0].start() if alone else mark.start()


def _end(html: str, mark: re.Match[str]) -> int:
    alone = [m for m in _ALONE.finditer(html) if m.start(1) == mark.start()]
    return alone[0].end() if alone else mark.end()


def _balanced(html: str) -> bool:
    """Whether every element that begins in `html` ends in it."""
    depth = 0
    for closing, tag, alone in _TAG.findall(html):
        if tag in _VOID or alone:
            continue
        depth += -1 if closing else 1
        if depth < 0:
            return False
    return depth == 0


def _row(row: re.Match[str]) -> str:
    if _GONE not in row[0]:
        return row[0]
    return row[0] if _TAG.sub("", row[0]).replace(_GONE, "").strip() else ""
