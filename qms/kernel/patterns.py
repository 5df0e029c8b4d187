"""Code patterns: `QT.{seq:02}/{field}`. Pure text in, text out; who has which is data.

Tokens: `{type}` the kind's letters, `{field}` what the writer types, `{seq:02}` the number
with its least width, `{agency}` the agency's code, `{parent}` the number of the procedure
that a form belongs to, `{year}` four digits. Everything else is kept as typed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qms.kernel.refusals import Unacceptable
from qms.kernel.text import one_line

NAMES = ("type", "field", "seq", "agency", "parent", "year")
LONGEST = 60
WIDEST = 6
_TOKEN = re.compile(r"\{([^{}]*)\}")
_SEQ = re.compile(r"seq(?::0?([1-9]))?")
_PREFIX = re.compile(r"^[^\W\d_]+[\s.\-_/]*")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A checked pattern. `text` is as typed."""

    text: str

    @property
    def names(self) -> frozenset[str]:
        """Which tokens it uses."""
        return frozenset(name.split(":")[0] for name in _TOKEN.findall(self.text))

    def code(self, number: int, values: Mapping[str, str]) -> str:
        """The code with this number. Refuses when a value it needs is missing, or it grows too long."""
        code = one_line(_TOKEN.sub(lambda m: self._said(m[1], number, values), self.text))
        if len(code) > LONGEST:
            raise Unacceptable(
                _("Mã hiệu %(code)s dài quá %(most)d ký tự. Rút ngắn mẫu mã hiệu.")
                % {"code": code, "most": LONGEST}
            )
        return code

    def series(self, values: Mapping[str, str]) -> str:
        """What all codes that count together share: the code with its number left open."""
        return one_line(_TOKEN.sub(lambda m: self._said(m[1], None, values), self.text))

    def codes(self, values: Mapping[str, str], first: int) -> Iterator[str]:
        """The codes from number `first` on, for ever."""
        number = first
        while True:
            yield self.code(number, values)
            number += 1

    def _said(self, token: str, number: int | None, values: Mapping[str, str]) -> str:
        if found := _SEQ.fullmatch(token):
            return "{seq}" if number is None else f"{number:0{int(found[1] or 1)}d}"
        if not values.get(token):
            raise Unacceptable(
                _("Mẫu mã hiệu %(pattern)s cần %(what)s.")
                % {"pattern": self.text, "what": _meanings()[token]}
            )
        return values[token]


def pattern_of(text: str) -> Pattern:
    """The pattern, checked. Refuses unknown tokens, none or two numbers, and what is too long."""
    text = one_line(text)
    tokens = _TOKEN.findall(text)
    for token in tokens:
        if token not in NAMES and not _SEQ.fullmatch(token):
            raise Unacceptable(
                _("Không có thành phần {%(token)s}. Dùng: %(names)s.")
                % {"token": token, "names": ", ".join(f"{{{name}}}" for name in NAMES)}
            )
    if sum(bool(_SEQ.fullmatch(token)) for token in tokens) != 1:
        raise Unacceptable(_("Mẫu mã hiệu cần đúng một số thứ tự, ví dụ {seq:02}."))
    if re.search(r"[{}]", _TOKEN.sub("", text)):
        raise Unacceptable(_("Dấu ngoặc nhọn trong mẫu mã hiệu chưa khép đúng."))
    if len(text) > LONGEST:
        raise Unacceptable(_("Mẫu mã hiệu dài quá %d ký tự.") % LONGEST)
    return Pattern(text)


def parent_part(code: str) -> str:
    """What `{parent}` stands for: the procedure's code without its letters, "QT.01" → "01"."""
    return _PREFIX.sub("", code) or code


def _meanings() -> dict[str, str]:
    return {
        "type": _("ký hiệu loại"),
        "field": _("ký hiệu lĩnh vực"),
        "agency": _("mã cơ quan"),
        "parent": _("quy trình của biểu mẫu"),
        "year": _("năm"),
    }
