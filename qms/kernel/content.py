"""What a controlled document says, apart from how it is stored, printed or written in Word.

Shared by the rooms that read, print and keep documents, so that one hash means the same
text everywhere. No database, no HTML rules (those are `qms.word.richtext`).
"""

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part. `html` is clean rich text; images are `asset:<sha256>`."""

    number: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One line of the amendment sheet ("Sửa đổi tài liệu")."""

    request: str
    place: str
    description: str
    number: str
    on: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who wrote, reviewed or approved, as named on the cover."""

    duty: str
    name: str
    position: str
    signed_on: dt.date | None = None
    signs_as: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a step table; no minutes when its time is counted in the step before."""

    name: str
    responsible: str
    minutes: int
    unit: str
    result: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """What a procedure for an administrative formality (TTHC) says beyond its text.

    Times are minutes of working time (`qms.kernel.durations`), said in `unit`.
    """

    national_code: str
    field: str
    level: str
    online: str
    act_number: str
    act_on: dt.date | None
    minutes: int
    unit: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a reader of the document sees. Its hash is what a signature refers to."""

    agency_name: str
    parent_name: str
    standard: str
    kind_label: str
    code: str
    title: str
    issue_no: int
    amendment_no: int
    issued_on: dt.date | None
    effective_on: dt.date | None
    signatories: tuple[Signatory, ...]
    amendments: tuple[Amendment, ...]
    sections: tuple[Section, ...]
    procedure: Procedure | None = None


DECIDED = (
    "code", "title", "issue_no", "amendment_no", "amendments", "sections", "procedure",
)  # fmt: skip


def content_hash(content: Content) -> str:
    """SHA-256 (hex) of what people decide about: the text, its code, title and numbers.

    Dates and signatories are left out, because they come into being by the decisions
    themselves; names of agencies too, because a later renaming must not void a signature.
    A document without procedure details hashes as before there were any.
    """
    said = {name: value for name, value in dataclasses.asdict(content).items() if name in DECIDED}
    if content.procedure is None:
        del said["procedure"]
    canonical = json.dumps(
        said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
