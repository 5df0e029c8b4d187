"""The shipped guidance texts: their files, read and checked. Format: templates/guidance/README.md."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qms.kernel.content import Amendment, Section
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import nfc
from qms.library import fields

FOLDER = settings.BASE_DIR / "templates" / "guidance"
_FENCE = "+++\n"
_HEADING = re.compile(r"^<h2>(?:(\d+)\.\s+)?(.*?)</h2>\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """One guidance text as its file says it."""

    code: str
    title: str
    kind: str
    issue_no: int
    audience: tuple[str, ...]
    clauses: tuple[str, ...]
    summary: str
    legal_basis: tuple[str, ...]
    amendments: tuple[Amendment, ...]
    sections: tuple[Section, ...]


def read_all(folder: Path = FOLDER) -> list[Source]:
    """Every guidance text of `folder`, by code."""
    return [read(path) for path in sorted(folder.glob("M-*.md"))]


def read(path: Path) -> Source:
    """One file. Refuses one without front matter or sections, and unknown merge fields."""
    text = nfc(path.read_text(encoding="utf-8"))
    if not text.startswith(_FENCE) or _FENCE not in text[len(_FENCE) :]:
        raise Unacceptable(_("%s: thiếu phần đầu giữa hai dòng +++.") % path.name)
    front, body = text[len(_FENCE) :].split(_FENCE, 1)
    said = tomllib.loads(front)
    sections = _sections(body)
    if not sections:
        raise Unacceptable(_("%s: không có mục nào.") % path.name)
    wrong = fields.unknown([body, said["title"]])
    if wrong:
        raise Unacceptable(
            _("%(file)s: trường không có trong danh mục: %(fields)s.")
            % {"file": path.name, "fields": ", ".join(wrong)}
        )
    return Source(
        code=said["code"],
        title=said["title"],
        kind=said["kind"],
        issue_no=said["issue_no"],
        audience=tuple(said["audience"]),
        clauses=tuple(said["clauses"]),
        summary=said["summary"],
        legal_basis=tuple(said["legal_basis"]),
        amendments=tuple(Amendment(**line) for line in said.get("amendments", [])),
        sections=sections,
    )


def _sections(body: str) -> tuple[Section, ...]:
    heads = list(_HEADING.finditer(body))
    ends = [head.start() for head in heads[1:]] + [len(body)]
    return tuple(
        Section(head[1] or "", head[2].strip(), body[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    )
