"""The shipped guidance texts: their files, read. Format: templates/guidance/README.md.

Whether what they say holds together is asked in `checking`.
"""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from qms.kernel.content import Amendment, Procedure, Section, Step
from qms.kernel.durations import Unit, parse
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import nfc
from qms.library import fields

FOLDER = settings.BASE_DIR / "templates" / "guidance"
_FENCE = "+++\n"
_HEADING = re.compile(r"^<h2>(?:(\d+)\.\s+)?(.*?)</h2>\s*$", re.MULTILINE)
_NEEDED = frozenset({"code", "title", "kind", "issue_no", "audience", "clauses", "summary"})


@dataclass(frozen=True, slots=True)
class Source:
    """One guidance text as its file says it. `parent` is the code of the procedure a form
    belongs to; `paper` is empty for what is no administrative paper."""

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
    sets: tuple[str, ...] = ()
    parent: str = ""
    order: int = 0
    paper: str = ""
    procedure: Procedure | None = None

    @property
    def texts(self) -> list[str]:
        """Everything in which something may be left open."""
        texts = [self.title, *(text for s in self.sections for text in (s.title, s.html))]
        for step in self.procedure.steps if self.procedure else ():
            texts += [step.name, step.responsible, step.result]
        return texts


@dataclass(frozen=True, slots=True)
class SlotSource:
    """One entry of `slots.toml`."""

    name: str
    label: str
    help: str
    example: str
    multiline: bool


@dataclass(frozen=True, slots=True)
class SetSource:
    """One entry of `sets.toml`; `audience` are kinds of agency."""

    key: str
    name: str
    description: str
    audience: tuple[str, ...]


def read_all(folder: Path = FOLDER) -> list[Source]:
    """Every guidance text of `folder` and the folders in it: procedures before their forms."""
    found = [read(path) for path in sorted(folder.rglob("M-*.md"))]
    return sorted(found, key=lambda source: (bool(source.parent), source.code))


def read_slots(folder: Path = FOLDER) -> list[SlotSource]:
    said = tomllib.loads(nfc((folder / "slots.toml").read_text(encoding="utf-8")))
    return [
        SlotSource(
            one["name"], one["label"], one.get("help", ""), one.get("example", ""),
            bool(one.get("multiline")),
        )
        for one in said["slot"]
    ]  # fmt: skip


def read_sets(folder: Path = FOLDER) -> list[SetSource]:
    said = tomllib.loads(nfc((folder / "sets.toml").read_text(encoding="utf-8")))
    return [
        SetSource(one["key"], one["name"], one["description"], tuple(one["audience"]))
        for one in said["set"]
    ]


def read(path: Path) -> Source:
    """One file. Refuses one without front matter or sections, and unknown merge fields."""
    text = nfc(path.read_text(encoding="utf-8"))
    if not text.startswith(_FENCE) or _FENCE not in text[len(_FENCE) :]:
        raise Unacceptable(_("%s: thiếu phần đầu giữa hai dòng +++.") % path.name)
    front, body = text[len(_FENCE) :].split(_FENCE, 1)
    source = _source(path, _front(path, front), _sections(body))
    if not source.sections:
        raise Unacceptable(_("%s: không có mục nào.") % path.name)
    wrong = fields.unknown(source.texts)
    if wrong:
        raise Unacceptable(
            _("%(file)s: trường không có trong danh mục: %(fields)s.")
            % {"file": path.name, "fields": ", ".join(wrong)}
        )
    return source


def _front(path: Path, front: str) -> dict[str, Any]:
    try:
        said = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise Unacceptable(
            _("%(file)s: phần đầu không đọc được: %(error)s.")
            % {"file": path.name, "error": error}
        ) from None
    lacking = sorted(_NEEDED - said.keys())
    if lacking:
        raise Unacceptable(
            _("%(file)s: phần đầu thiếu %(keys)s.")
            % {"file": path.name, "keys": ", ".join(lacking)}
        )
    return said


def _source(path: Path, said: dict[str, Any], sections: tuple[Section, ...]) -> Source:
    return Source(
        code=said["code"],
        title=said["title"],
        kind=said["kind"],
        issue_no=said["issue_no"],
        audience=tuple(said["audience"]),
        clauses=tuple(said["clauses"]),
        summary=said["summary"],
        legal_basis=tuple(said.get("legal_basis", ())),
        amendments=tuple(Amendment(**line) for line in said.get("amendments", [])),
        sections=sections,
        sets=tuple(said.get("sets", ())),
        parent=said.get("parent", ""),
        order=said.get("order", 0),
        paper=said.get("paper", ""),
        procedure=_procedure(path, said["procedure"]) if "procedure" in said else None,
    )


def _procedure(path: Path, said: dict[str, Any]) -> Procedure:
    whole, unit = _time(path, said.get("time", ""))
    steps = []
    for one in said.get("steps", []):
        minutes, said_in = _time(path, one.get("time", ""))
        steps.append(
            Step(one["name"], one.get("responsible", ""), minutes, said_in, one.get("result", ""))
        )
    act_on = said.get("act_on", "")
    return Procedure(
        said.get("national_code", ""), said.get("field", ""), said.get("level", ""),
        said.get("online", ""), said.get("act_number", ""),
        dt.date.fromisoformat(str(act_on)) if act_on else None, whole, unit, tuple(steps),
    )  # fmt: skip


def _time(path: Path, text: str) -> tuple[int, str]:
    """Minutes and unit; nought where nothing is said. Refuses a time nobody can read."""
    if not text.strip():
        return 0, Unit.DAY
    found = parse(text)
    if found is None:
        raise Unacceptable(
            _("%(file)s: không hiểu thời gian %(time)s.") % {"file": path.name, "time": text}
        )
    return found.minutes, found.unit


def _sections(body: str) -> tuple[Section, ...]:
    heads = list(_HEADING.finditer(body))
    ends = [head.start() for head in heads[1:]] + [len(body)]
    return tuple(
        Section(head[1] or "", head[2].strip(), body[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    )
