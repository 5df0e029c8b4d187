"""What in a file contradicts itself or is missing, as warnings; nothing is put right here."""

import re
from itertools import pairwise

from qms.kernel.text import nfc
from qms.word import labels
from qms.word.blocks import Block, Table
from qms.word.fields import Fields
from qms.word.found import Found
from qms.word.headings import Heading

# Headings of what stands in front of the body and is read elsewhere.
FRONT_WORDS = re.compile(r"muc luc|(?:trang theo doi )?(?:so lan )?sua doi tai lieu|trang theo doi|"
                          r"table of contents|contents|inhaltsverzeichnis")  # fmt: skip


def check(found: Found, headings: list[Heading], toc: list[str], margins: list[Block]) -> None:
    for code, missing in (
        ("no_code", not found.code),
        ("no_title", not found.title),
        ("no_issue_no", found.issue_no is None),
        ("no_issue_date", found.issued_on is None),
        ("no_roles", not found.roles),
    ):
        if missing:
            found.warn(code)
    _check_order(found, headings)
    _check_toc(found, headings, toc)
    _check_margins(found, margins)


_BELOW = re.compile(r"\s*\d{1,2}\.\d")
_NAMES = {"1": "Mục đích", "2": "Phạm vi", "3": "Tài liệu viện dẫn", "4": "Định nghĩa, viết tắt",
          "5": "Nội dung", "6": "Biểu mẫu", "7": "Hồ sơ"}  # fmt: skip


def _check_order(found: Found, headings: list[Heading]) -> None:
    standard = [h.standard for h in headings if h.standard]
    vietnamese = sum(not h.title.isascii() for h in headings)
    if len(standard) < 3 or vietnamese < 3:
        return  # another kind of document, or another country's
    for heading in headings:
        if heading.misnumbered:
            found.warn(
                "section_number",
                found=heading.misnumbered,
                number=heading.number,
                title=heading.title,
            )
    for number, title in _NAMES.items():
        if number not in standard:
            found.warn("section_missing", number=number, title=title)
    for before, after in pairwise(standard):
        if after <= before:
            found.warn("section_order", number=after)


def _check_toc(found: Found, headings: list[Heading], toc: list[str]) -> None:
    """Typed contents against the headings: the same standard part counts as the same.

    Only the first level is compared, and contents of another make than the headings not at all.
    """
    toc = [entry for entry in toc if not _BELOW.match(entry)]
    if not toc:
        return
    wanted = {
        heading.standard or _key(heading.title): heading for heading in headings if heading.number
    }
    listed = {labels.section_of(_key(e), numbered=True) or _key(e): e for e in toc if _key(e)}
    unknown = [e for k, e in listed.items() if k not in wanted and not FRONT_WORDS.fullmatch(k)]
    if len(unknown) * 2 > len(listed):
        return
    for entry in unknown:
        found.warn("toc_disagrees", found=entry)
    for key, heading in wanted.items():
        if key not in listed:
            found.warn("toc_lacks", number=heading.number, title=heading.title)


def _key(title: str) -> str:
    text = re.sub(r"^\s*(?:\d+(?:\.\d+)*|[ivx]+)[.)\s]+", "", labels.flat(nfc(title)))
    text = re.sub(r"[.…\s]*\d*\s*$", "", text)
    return re.sub(r"[\s/,–-]+", " ", re.sub(r"\bva\b", " ", text)).strip(" .:")


def _check_margins(found: Found, margins: list[Block]) -> None:
    """Headers and footers that say something else than the cover."""
    fields = Fields()
    for block in margins:
        fields.read(block)
        if found.issued_on:
            for date in labels.dates_in(block.text if isinstance(block, Table) else block.printed):
                if date != found.issued_on:
                    found.warn(
                        "date_contradicts",
                        found=f"{date:%d/%m/%Y}",
                        cover=f"{found.issued_on:%d/%m/%Y}",
                    )
    title = fields.text("title")
    if title and found.title and not _key(found.title).endswith(_key(title)):
        found.warn("title_contradicts", found=title)
    issue, _amendment = fields.numbers()
    if issue is not None and found.issue_no is not None and issue != found.issue_no:
        found.warn("issue_contradicts", found=f"{issue:02d}", cover=f"{found.issue_no:02d}")
