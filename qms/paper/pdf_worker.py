"""The process that reads one PDF from standard input and answers in JSON.

It gives up memory, time and writing beforehand, needs no Django, and can be killed without loss.
"""

import ctypes
import json
import resource
import sys
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

raw: Any = pdfium  # made from C headers when it is imported
CPU_SECONDS = 20
MEMORY = 1024 * 1024 * 1024
MOST_PAGES, MOST_LETTERS = 1000, 5_000_000
_BOLD_WEIGHT = 600


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer = json.dumps(convert(sys.stdin.buffer.read()), ensure_ascii=False)
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))


def convert(data: bytes) -> dict[str, Any]:
    """The lines of every page, with whether each is bold and its size; or the code of the refusal."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        return {"refused": "encrypted" if locked or "password" in str(error) else "damaged"}
    if count == 0:
        return {"refused": "damaged"}
    if count > MOST_PAGES:
        return {"pages": [], "page_count": count, "is_too_long": True}
    pages, letters = [], 0
    for n in range(count):
        lines = _lines(document, n)
        letters += sum(len(text) for text, _bold, _size in lines)
        pages.append(lines)
        if letters > MOST_LETTERS:
            return {"pages": [], "page_count": count, "is_too_long": True}
    return {"pages": pages, "page_count": count, "is_too_long": False}


def _lines(document: pypdfium2.PdfDocument, n: int) -> list[tuple[str, bool, float]]:
    """One page; a page that cannot be loaded has no lines."""
    try:
        page = document[n]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    text = text_page.get_text_range()
    lines, at = [], 0
    for line in text.split("\n"):
        words = line.strip("\r")
        if words.strip():
            first = at + len(words) - len(words.lstrip())
            size = raw.FPDFText_GetFontSize(text_page, first)
            lines.append((words.strip(), _is_bold(text_page, first), round(size, 1)))
        at += len(line) + 1
    text_page.close()
    page.close()
    return lines


def _is_bold(text_page: Any, index: int) -> bool:
    """By the weight of the first letter, else by the name of its font."""
    if raw.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, name, 128, flags)
    return b"bold" in name.value.lower()
