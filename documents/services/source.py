"""Files that people hand in, of whatever kind, as what they say: Word, its older kinds, PDF.

The ending says which kind a file claims to be, its first bytes which it is: when the two
disagree nothing is read. Knows nothing of documents and their rows.
"""

import dataclasses
import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from qms.kernel.refusals import Unacceptable
from qms.kernel.text import nfc, one_line
from qms.paper.reading import PDF, read_pdf
from qms.word import labels
from qms.word.doubts import FILE_NAME, FROM_PDF
from qms.word.reading import Reading, read, read_lines, warning

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a file may claim to be by its ending, and the media type under which it is kept.
KINDS = {
    ".docx": WORD,
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": PDF,
}
# What the reader of Word files looks into; it says itself what it found there.
_WORD_LIKE = {".docx", ".doc", ".odt", ".dotx", ".docm", ""}
_MEGABYTE = 1024 * 1024
_NAME_LENGTH = 200
_DIRECTIONS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Refused(Unacceptable):
    """A file that is refused before it is read; `status` says for its size or its kind."""

    def __init__(self, sentence: str, *, status: int = Unacceptable.status) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says, and as what it is kept."""

    reading: Reading
    media_type: str


def read_source(data: bytes, *, name: str) -> Source:
    """Read a file that was handed in as `name`. Refuses what cannot be taken, with its sentence."""
    check(data[:1024], size=len(data), name=name)
    ending = ending_of(name)
    reading = _of_pdf(data, name=name) if ending == ".pdf" else read(data, name=name)
    return Source(_with_file_name(reading, name), KINDS.get(ending, WORD))


def check(head: bytes, *, size: int, name: str) -> None:
    """Refuse, by the first bytes alone, what is empty, too large, or not what its name says."""
    if not size:
        raise Refused(_("Tệp rỗng. Chọn lại tệp có nội dung."))
    if size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // _MEGABYTE
        raise Refused(_("Tệp lớn hơn mức %d MB.") % limit, status=413)
    ending = ending_of(name)
    if ending in _WORD_LIKE:
        return
    if ending != ".pdf":
        raise Refused(
            _("Tệp có đuôi không dùng được ở đây. Chọn tệp %s.") % ", ".join(KINDS), status=415
        )
    if not head.startswith(b"%PDF-"):
        raise Refused(
            _("Tệp có đuôi .pdf nhưng bên trong không phải PDF. Xuất lại tệp rồi thử lại."),
            status=415,
        )


def lie_of(declared: str | None) -> str:
    """Why a file that its sender declares to be something else is refused; "" for no reason.

    Programs without Word declare anything about applications, or nothing: that tells nothing.
    """
    if (declared or "").lower().startswith(("text/", "image/", "audio/", "video/", "message/")):
        return _("Trình duyệt báo tệp này không phải tài liệu (%s). Chọn lại tệp.") % declared
    return ""


def ending_of(name: str) -> str:
    """The ending of a file's name, as ".docx"; "" for none."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return f".{last.rsplit('.', 1)[-1].lower()}" if "." in last else ""


def clean_name(name: str) -> str:
    """A file name fit to be shown and kept: NFC, one line, no control of direction, not too long."""
    name = one_line(_DIRECTIONS.sub("", nfc(name))) or "?"
    ending = ending_of(name)
    if len(name) <= _NAME_LENGTH or len(ending) > 10:
        return name[:_NAME_LENGTH]
    return f"{name[: _NAME_LENGTH - len(ending) - 1]}…{ending}"


def _of_pdf(data: bytes, *, name: str) -> Reading:
    """What a PDF says; with its text, every field of it is to be confirmed."""
    found = read_pdf(data, name=name)
    if found.is_blank:
        return Reading(warnings=(warning("pdf_too_long" if found.is_too_long else "pdf_no_text"),),
                       unsure={"issue_no": "assumed"})  # fmt: skip
    reading = read_lines(found.pages, name=name)
    fields = ("code", "title", "issue_no", "amendment_no", "issued_on")
    unsure = {field: FROM_PDF for field in fields if getattr(reading, field)} | reading.unsure
    return dataclasses.replace(
        reading, unsure=unsure, warnings=(warning("pdf_text"), *reading.warnings)
    )


def _with_file_name(reading: Reading, name: str) -> Reading:
    """What the document does not say of itself, its file name may; that is never sure."""
    stem = nfc(name).replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ")
    code, title, unsure = reading.code, reading.title, dict(reading.unsure)
    if not code:
        code = next((c for word in stem.split(" ") if (c := labels.code_in(word))), "")
        if code:
            unsure["code"] = FILE_NAME
    if not one_line(title):
        title = one_line(stem) or "?"
        unsure["title"] = FILE_NAME
    return dataclasses.replace(reading, code=code, title=title, unsure=unsure)
