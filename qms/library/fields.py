"""The merge fields of guidance texts: which exist, where they stand, how they are filled.

A field is `{{name}}`. Nothing is ever evaluated: a known name is replaced by plain text, and
everything else, template tags of any language included, stays the letters it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from qms.kernel.content import Content, Section

FIELDS: dict[str, str | Promise] = {
    "ten_co_quan": _("Tên đầy đủ của cơ quan"),
    "ten_viet_tat": _("Tên ngắn của cơ quan"),
    "co_quan_chu_quan": _("Cơ quan chủ quản"),
    "dia_danh": _("Địa danh"),
    "dia_chi": _("Địa chỉ trụ sở"),
    "chuc_danh_nguoi_dung_dau": _("Chức vụ người đứng đầu"),
    "ten_nguoi_dung_dau": _("Họ tên người đứng đầu"),
    "chuc_danh_soat_xet": _("Chức vụ người soát xét"),
    "ten_nguoi_soat_xet": _("Họ tên người soát xét"),
    "thu_ky_iso": _("Họ tên Thư ký ISO"),
    "tien_to_ma": _("Phần đầu của mã tài liệu"),
    "ma_tai_lieu": _("Mã của tài liệu"),
    "ngay_ban_hanh": _("Ngày ban hành"),
    "so_quyet_dinh": _("Số quyết định ban hành"),
}
# Known only later, when the adopted document is issued.
LATER = frozenset({"ngay_ban_hanh", "so_quyet_dinh"})
_TOKEN = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def used(texts: Iterable[str]) -> set[str]:
    """The names of all fields that stand in `texts`, known or not."""
    return {name for text in texts for name in _TOKEN.findall(text)}


def unknown(texts: Iterable[str]) -> list[str]:
    """Names that stand in `texts` as fields and are none."""
    return sorted(used(texts) - FIELDS.keys())


def texts_of(content: Content) -> list[str]:
    return [content.title, *(text for s in content.sections for text in (s.title, s.html))]


def fill(content: Content, values: Mapping[str, str]) -> Content:
    """`content` with every field that has a value replaced by it; the others stay visible."""
    return replace(
        content,
        title=_filled(content.title, values),
        sections=tuple(
            Section(s.number, _filled(s.title, values), _filled_html(s.html, values))
            for s in content.sections
        ),
    )


def shown(html: str) -> SafeString:
    """A clean text for the page: each open field under its name in words, not its code."""
    return mark_safe(  # noqa: S308  # the text is clean, and labels are ours and escaped
        _TOKEN.sub(
            lambda m: (
                f'<em class="merge">{escape(str(FIELDS[m[1]]))}</em>' if m[1] in FIELDS else m[0]
            ),
            html,
        )
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda m: values.get(m[1]) or m[0], text)


def _filled_html(html: str, values: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda m: escape(values.get(m[1], ""), quote=False) or m[0], html)
