"""Whether the guidance texts hold together: the rules behind `manage.py check_library`.

Pure: texts in, faults out, each a whole Vietnamese sentence. What an editor types is asked
in `wording`, by the same rules where a single text can be asked.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import DocumentKind, Level, Online
from documents.services.procedure import NATIONAL_CODE, faults
from qms.agencies.models import AgencyKind
from qms.kernel.durations import in_words
from qms.kernel.text import fold
from qms.kernel.tokens import ANY, open_in
from qms.library import fields, passages
from qms.library.models import Paper
from qms.library.source import SetSource, SlotSource, Source
from qms.word.richtext import clean, plain_text
from qms.word.steptables import step_table

SEVEN = (
    "muc dich", "pham vi ap dung", "tai lieu vien dan", "dinh nghia, viet tat", "noi dung",
    "bieu mau", "ho so can luu",
)  # fmt: skip
WITH_SEVEN = frozenset({
    DocumentKind.SYSTEM_PROCEDURE, DocumentKind.INTERNAL_PROCEDURE, DocumentKind.TTHC_PROCEDURE,
})  # fmt: skip
PAPER_SECTIONS = ("can cu", "noi dung", "phu luc", "noi nhan", "nguoi ky")
PAPER_NEEDS = frozenset({"noi dung", "nguoi ky"})
# How a fixed term is not to be written → how it is.
TERMS: dict[str, str] = {
    r"[Qq]ui trình": "quy trình", r"[Qq]ui định": "quy định", r"\b[Kk]ĩ thuật": "kỹ thuật",
    r"\b[Ll]í do\b": "lý do", r"\b[Xx]ử lí\b": "xử lý", r"\b[Qq]uản lí\b": "quản lý",
    r"\b[Đđ]ịa lí\b": "địa lý", r"\b[Pp]háp lí\b": "pháp lý", r"\b[Đđ]ại lí\b": "đại lý",
    r"\bTCVN ISO 9001\s*[-–/]\s*2015": "TCVN ISO 9001:2015", r"\bISO 9001 : 2015": "ISO 9001:2015",
    r"[Kk]hông phù hợp với hành động": "sự không phù hợp và hành động",
    r"[Hh]ành động sửa chữa": "hành động khắc phục", r"[Xx]em xét lãnh đạo": "xem xét của lãnh đạo",
    r"[Đđ]ánh giá viên trưởng": "trưởng đoàn đánh giá", r"[Bb]ên hữu quan": "bên quan tâm",
    r"[Tt]hông tin bằng văn bản": "thông tin dạng văn bản",
    r"[Bb]an [Cc]hỉ đạo Iso": "Ban chỉ đạo ISO", r"[Tt]hư ký Iso": "Thư ký ISO",
    r"[Tt]ổ một cửa": "Bộ phận tiếp nhận và trả kết quả",
    r"[Ll]ần soát xét 0": "lần sửa đổi", r"[Nn]gày làm viêc": "ngày làm việc",
    r"cấp huyện|UBND huyện|[Pp]hòng Tư pháp": "hai cấp, không còn cấp huyện",
    r"mức độ [34]\b": "toàn trình hoặc một phần",
}  # fmt: skip
_TERMS = [(re.compile(wrong), right) for wrong, right in TERMS.items()]
_H2 = re.compile(r"<h[12]\b")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_VOID = frozenset({"br", "img"})
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_BRACKETS = re.compile(r"\[[^\]\n]{3,}\]")
# Codes of forms that a procedure must name.
FORMS = "M-BM"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything one check looks at. `clauses` are the clause numbers that exist."""

    sources: Sequence[Source]
    slots: Sequence[SlotSource]
    sets: Sequence[SetSource]
    clauses: frozenset[str]

    def source(self, code: str) -> Source | None:
        return next((one for one in self.sources if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which template; no code for the library as a whole."""

    code: str
    sentence: str


def check(library: Library) -> list[Fault]:
    """Every fault of the library, template after template."""
    found = [Fault("", said) for said in _twice(library)]
    for source in library.sources:
        for rule in RULES:
            found += [Fault(source.code, said) for said in rule(source, library)]
    return found


def _twice(library: Library) -> Iterator[str]:
    for what, names in (
        (_("Mã mẫu"), [s.code for s in library.sources]),
        (_("Tên mẫu"), [fold(f"{s.kind} {s.title}") for s in library.sources]),
        (_("Ô cần điền"), [s.name for s in library.slots]),
    ):
        for name in sorted({n for n in names if names.count(n) > 1}):
            yield _("%(what)s %(name)s có hơn một lần.") % {"what": what, "name": name}
    used = {name for source in library.sources for name in fields.slots_in(source.texts)}
    for slot in library.slots:
        if slot.name not in used:
            yield _("Ô cần điền %s không mẫu nào dùng.") % slot.name


def _kind(source: Source, _library: Library) -> Iterator[str]:
    if source.kind not in DocumentKind.values or source.kind == DocumentKind.GUIDANCE:
        yield _("Loại tài liệu %s không có.") % source.kind
    if source.paper and (source.paper not in Paper.values or source.kind != DocumentKind.FORM):
        yield _("Thể thức %s không có, hoặc mẫu không phải biểu mẫu.") % source.paper
    if not source.title.strip() or not source.summary.strip():
        yield _("Thiếu tên hoặc tóm tắt.")
    if not source.legal_basis and not source.parent:
        yield _("Thiếu căn cứ pháp lý.")


def _audience(source: Source, library: Library) -> Iterator[str]:
    for kind in sorted(set(source.audience) - set(AgencyKind.values)):
        yield _("Loại cơ quan %s không có.") % kind
    keys = {one.key: one for one in library.sets}
    if not source.sets:
        yield _("Mẫu không thuộc bộ mẫu nào.")
    for key in source.sets:
        if key not in keys:
            yield _("Bộ mẫu %s không có.") % key
        elif not set(keys[key].audience) & set(source.audience):
            yield _("Mẫu thuộc bộ %s nhưng không dành cho loại cơ quan nào của bộ đó.") % key


def _clauses(source: Source, library: Library) -> Iterator[str]:
    if not source.clauses:
        yield _("Mẫu không gắn với điều khoản nào.")
    for number in source.clauses:
        if number not in library.clauses:
            yield _("Điều khoản %s không có trong TCVN ISO 9001:2015.") % number


def _sections(source: Source, _library: Library) -> Iterator[str]:
    names = [fold(section.title) for section in source.sections]
    if source.paper:
        yield from _paper_sections(names)
    elif source.kind in WITH_SEVEN:
        wanted = [name for name in names if any(name.startswith(one) for one in SEVEN)]
        if len(names) != len(SEVEN) or any(
            not name.startswith(one) for name, one in zip(names, SEVEN, strict=False)
        ):
            yield _("Quy trình phải có đúng bảy mục theo thứ tự; đang có %d mục đúng tên.") % len(
                wanted
            )
        for n, section in enumerate(source.sections, 1):
            if section.number != str(n):
                yield _('Mục "%s" đánh số không liên tục.') % section.title
    for section in source.sections:
        if not plain_text(section.html):
            yield _('Mục "%s" còn trống.') % section.title


def _paper_sections(names: list[str]) -> Iterator[str]:
    places = [PAPER_SECTIONS.index(name) for name in names if name in PAPER_SECTIONS]
    if len(places) != len(names) or places != sorted(set(places)):
        yield _("Văn bản hành chính chỉ có các mục Căn cứ, Nội dung, Phụ lục, Nơi nhận, Người ký.")
    for name in sorted(PAPER_NEEDS - set(names)):
        yield _("Văn bản hành chính thiếu mục %s.") % {
            "noi dung": "Nội dung", "nguoi ky": "Người ký",
        }[name]  # fmt: skip


def _markup(source: Source, _library: Library) -> Iterator[str]:
    for section in source.sections:
        if fold(plain_text(clean(section.html))) != fold(plain_text(section.html)):
            yield _('Mục "%s" có thẻ không dùng được.') % section.title
        if _H2.search(section.html) or not _balanced(section.html):
            yield _('Mục "%s" có thẻ mở đóng không khớp, hoặc tiêu đề không ở dòng riêng.') % (
                section.title
            )
        if clean(section.html).count("<") != section.html.count("<"):
            yield _('Mục "%s" có thẻ hoặc lời ghi chú ngoài danh mục.') % section.title
    for text in source.texts:
        if not unicodedata.is_normalized("NFC", text):
            yield _("Chữ chưa ở dạng dựng sẵn (NFC).")


def _balanced(html: str) -> bool:
    depth: list[str] = []
    for closing, tag in _TAG.findall(html):
        if tag in _VOID:
            continue
        if not closing:
            depth.append(tag)
        elif not depth or depth.pop() != tag:
            return False
    return not depth


def _fields(source: Source, library: Library) -> Iterator[str]:
    wrong = fields.unknown(source.texts)
    if wrong:
        yield _("Trường không có trong danh mục: %s.") % ", ".join(wrong)
    for name in sorted(fields.slots_in(source.texts) - {one.name for one in library.slots}):
        yield _("Ô cần điền %s chưa khai báo trong slots.toml.") % name
    for text in source.texts:
        for token in ANY.findall(text):
            if not open_in([token]):
                yield _("Không hiểu chỗ để điền %s.") % token
        if _BRACKETS.search(plain_text(text)):
            yield _("Còn chữ trong ngoặc vuông; dùng ô cần điền hoặc dòng chấm.")


def _passages(source: Source, _library: Library) -> Iterator[str]:
    yield from passages.faults(source.texts)
    named = {group for text in source.texts for group in passages.groups_in(text)}
    for group in sorted(named & passages.GROUPS.keys()):
        if not passages.GROUPS[group] & set(source.audience):
            yield _("Đoạn cho %s nhưng mẫu không dành cho loại cơ quan đó.") % group


def _references(source: Source, library: Library) -> Iterator[str]:
    for code in sorted(fields.references_in(source.texts)):
        other = library.source(code)
        if other is None:
            yield _("Dẫn chiếu đến mẫu %s không có.") % code
            continue
        for key in sorted(set(source.sets) - set(other.sets)):
            yield _("Dẫn chiếu đến %(code)s, mẫu đó không có trong bộ %(set)s.") % {
                "code": code, "set": key,
            }  # fmt: skip


def _own_form(source: Source, library: Library) -> Iterator[str]:
    if not source.parent:
        return
    if source.kind != DocumentKind.FORM:
        yield _("Chỉ biểu mẫu mới thuộc một mẫu khác.")
    parent = library.source(source.parent)
    if parent is None:
        yield _("Biểu mẫu của %s, nhưng không có mẫu đó.") % source.parent
    elif source.code.startswith(FORMS) and source.code not in fields.references_in(parent.texts):
        yield _("Mẫu %s không nhắc đến biểu mẫu này.") % source.parent


def _listed_forms(source: Source, library: Library) -> Iterator[str]:
    if source.kind not in WITH_SEVEN:
        return
    section = [s.html for s in source.sections if fold(s.title).startswith("bieu mau")]
    own = {one.code for one in library.sources if one.parent == source.code}
    for code in sorted(own - fields.references_in(section)):
        if code.startswith(FORMS):
            yield _("Mục Biểu mẫu chưa liệt kê %s.") % code


def _words(source: Source, _library: Library) -> Iterator[str]:
    said = "\n".join([source.summary, *(plain_text(text) for text in source.texts)])
    for wrong, right in _TERMS:
        if found := wrong.search(said):
            yield _('Viết "%(wrong)s"; dùng "%(right)s".') % {"wrong": found[0], "right": right}
    if "!" in said:
        yield _("Có dấu chấm than.")


def _procedure(source: Source, _library: Library) -> Iterator[str]:
    said = source.procedure
    if (said is not None) is not (source.kind == DocumentKind.TTHC_PROCEDURE):
        yield _("Quy trình giải quyết TTHC phải có bảng trình tự, và chỉ loại đó.")
    if said is None:
        return
    yield from faults(said)
    if not said.steps or not said.minutes:
        yield _("Bảng trình tự còn trống.")
    if said.level not in Level.values or said.online not in Online.values:
        yield _("Cấp giải quyết hoặc loại dịch vụ công không có.")
    if said.national_code and not NATIONAL_CODE.fullmatch(said.national_code):
        yield _("Mã thủ tục %s không đúng dạng.") % said.national_code


def _step_times(source: Source, _library: Library) -> Iterator[str]:
    """Tables with a row of totals: their times must add up to it."""
    for table in (t for s in source.sections for t in _TABLE.findall(s.html)):
        found = step_table(table) if "<tfoot" in table else None
        if found is None or found.total is None:
            continue
        total = sum(step.time.minutes for step in found.steps if step.time)
        if total != found.total.minutes:
            yield _("Các bước cộng lại là %(sum)s, dòng tổng ghi %(total)s.") % {
                "sum": in_words(total, found.total.unit),
                "total": in_words(found.total.minutes, found.total.unit),
            }


RULES: tuple[Callable[[Source, Library], Iterator[str]], ...] = (
    _kind, _audience, _clauses, _sections, _markup, _fields, _passages, _references, _own_form,
    _listed_forms, _words, _procedure, _step_times,
)  # fmt: skip
