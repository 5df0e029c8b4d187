"""What a guidance text leaves open: merge fields, slots, references, passages; and filling it.

`{{ten_co_quan}}` is a field of the list below, `{{?so_dien_thoai}}` a slot that each agency
fills in itself, `{{ma:M-QT-04}}` the code that it gives to another template. Nothing is ever
evaluated: a known name is replaced by plain text, and everything else, template tags of any
language included, stays the letters it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.kernel.content import Content, Procedure, Section
from qms.kernel.tokens import FIELD, MARK, REFERENCE, SLOT
from qms.library import passages

FIELDS: dict[str, str | Promise] = {
    "ten_co_quan": gettext_lazy("Tên đầy đủ của cơ quan"),
    "ten_viet_tat": gettext_lazy("Tên ngắn của cơ quan"),
    "co_quan_chu_quan": gettext_lazy("Cơ quan chủ quản"),
    "ten_tinh": gettext_lazy("Tên tỉnh"),
    "dia_danh": gettext_lazy("Địa danh"),
    "dia_chi": gettext_lazy("Địa chỉ trụ sở"),
    "chuc_danh_nguoi_dung_dau": gettext_lazy("Chức vụ người đứng đầu"),
    "ten_nguoi_dung_dau": gettext_lazy("Họ tên người đứng đầu"),
    "chuc_danh_soat_xet": gettext_lazy("Chức vụ người soát xét"),
    "ten_nguoi_soat_xet": gettext_lazy("Họ tên người soát xét"),
    "thu_ky_iso": gettext_lazy("Họ tên Thư ký ISO"),
    "tien_to_ma": gettext_lazy("Phần đầu của mã tài liệu"),
    "ma_tai_lieu": gettext_lazy("Mã của tài liệu"),
    "nam": gettext_lazy("Năm"),
    "ngay_ban_hanh": gettext_lazy("Ngày ban hành"),
    "so_quyet_dinh": gettext_lazy("Số quyết định ban hành"),
}
# Written by Văn thư when the paper is issued: an adopted text has room for them.
LATER: dict[str, str] = {
    "ngay_ban_hanh": "…… tháng …… năm ………",
    "so_quyet_dinh": "………/QĐ-…………",
}
_TOKEN = re.compile("|".join(f"(?:{one.pattern})" for one in (FIELD, SLOT, REFERENCE)))


def used(texts: Iterable[str]) -> set[str]:
    """The names of all fields that stand in `texts`, known or not."""
    return {name for text in texts for name in FIELD.findall(text)}


def slots_in(texts: Iterable[str]) -> set[str]:
    """The names of all slots that stand in `texts`."""
    return {name for text in texts for name in SLOT.findall(text)}


def references_in(texts: Iterable[str]) -> set[str]:
    """The codes of all templates that `texts` refer to."""
    return {code for text in texts for code in REFERENCE.findall(text)}


def unknown(texts: Iterable[str]) -> list[str]:
    """Names that stand in `texts` as fields and are none."""
    return sorted(used(texts) - FIELDS.keys())


def texts_of(content: Content) -> list[str]:
    """Everything of a content in which something may be left open."""
    texts = [content.title, *(text for s in content.sections for text in (s.title, s.html))]
    if content.procedure is not None:
        texts.append(content.procedure.field)
        for step in content.procedure.steps:
            texts += [step.name, step.responsible, step.result]
    return texts


def fill(content: Content, values: Mapping[str, str], *, kind: str = "") -> Content:
    """`content` with every token that has a value replaced by it; the others stay visible.

    `values` maps a token's inside to plain text: `ten_co_quan`, `?so_dien_thoai`,
    `ma:M-QT-04`. With a `kind` of agency the passages of other kinds are left out.
    """
    return replace(
        content,
        title=_filled(content.title, values),
        sections=tuple(
            Section(
                s.number, _filled(s.title, values), _filled_html(_chosen(s.html, kind), values)
            )
            for s in content.sections
        ),
        procedure=_filled_procedure(content.procedure, values),
    )


def shown(html: str) -> SafeString:
    """A clean text for the page: each open place under its name in words, not its code."""
    return mark_safe(  # noqa: S308  # the text is clean, and labels are ours and escaped
        MARK.sub(_mark, _TOKEN.sub(_label, html))
    )


def _chosen(html: str, kind: str) -> str:
    return passages.chosen(html, kind) if kind else html


def _key(found: re.Match[str]) -> str:
    """What a token is known by in a mapping of values."""
    field, slot, code = found.groups()
    if field:
        return str(field)
    return f"?{slot}" if slot else f"ma:{code}"


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda m: values.get(_key(m)) or m[0], text)


def _filled_html(html: str, values: Mapping[str, str]) -> str:
    def said(found: re.Match[str]) -> str:
        lines = values.get(_key(found), "").splitlines()
        return "<br>".join(escape(line, quote=False) for line in lines) or found[0]

    return _TOKEN.sub(said, html)


def _filled_procedure(procedure: Procedure | None, values: Mapping[str, str]) -> Procedure | None:
    if procedure is None:
        return None
    steps = tuple(
        replace(
            step,
            name=_filled(step.name, values),
            responsible=_filled(step.responsible, values),
            result=_filled(step.result, values),
        )
        for step in procedure.steps
    )
    return replace(procedure, field=_filled(procedure.field, values), steps=steps)


def _label(found: re.Match[str]) -> str:
    field, slot, code = found.groups()
    if field:
        words = FIELDS.get(field)
        return found[0] if words is None else f'<em class="merge">{escape(str(words))}</em>'
    if slot:
        return f'<em class="merge">{escape(_("cơ quan tự điền: %s") % slot)}</em>'
    return f'<em class="merge">{escape(str(code).removeprefix("M-"))}</em>'


def _mark(found: re.Match[str]) -> str:
    label = passages.LABELS.get(found[2])
    if label is None:
        return found[0]
    if found[1] == "/":
        return f'<em class="merge">{escape(_("hết phần tùy chọn"))}</em>'
    words = _("chỉ dành cho %s:") if found[1] == "#" else _("trừ %s:")
    return f'<em class="merge">{escape(words % label)}</em>'
