"""Reading a Word file: the public door. The work is done in a process that can be ended.

`read` gives a `Reading` or refuses with a sentence; it never hangs and never raises a fault
of the file.
"""

import base64
import dataclasses
import datetime as dt
import json
import logging
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from qms.kernel.content import Amendment, Section
from qms.kernel.text import nfc
from qms.word.converting import to_docx
from qms.word.refusals import Unreadable
from qms.word.warnings import sentence
from qms.word.worker import TOO_MUCH_MEMORY

logger = logging.getLogger(__name__)

WALL_SECONDS = 60
Line = tuple[str, bool, float]  # the words, whether they are bold, the size of the type
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Role:
    """One name of the signature table: duty, the label as written, name, position."""

    duty: str
    label: str
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  # what it is called on the page
    """Something a person should look at: a stable code and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a careful reader finds in one Word file. Empty or None: it is not there.

    `sections` holds the whole body; parts without a number are what stands before section
    1 or after section 7. `assets` maps SHA-256 to the bytes of the pictures. `unsure` maps
    a field to the way it was found, where that proves little (`qms.word.doubts`).
    """

    code: str = ""
    title: str = ""
    issue_no: int | None = None
    amendment_no: int | None = None
    issued_on: dt.date | None = None
    agency: str = ""
    parent_agency: str = ""
    roles: tuple[Role, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    sections: tuple[Section, ...] = ()
    assets: dict[str, bytes] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()
    text: str = ""
    unsure: dict[str, str] = field(default_factory=dict)


def read(data: bytes, *, name: str) -> Reading:
    """Read the Word file `data`; `name` says which file is meant, and by its ending its kind.

    Files named .doc or .odt that are what they say are converted first. Refuses with
    `Unreadable`: empty, too large, encrypted, another kind of file than its name says,
    damaged, an archive bomb, external entities, macros, too much for the limits, or no
    LibreOffice to convert with.
    """
    if len(data) > settings.UPLOAD_LIMIT:
        raise Unreadable("too_large")
    ending = name.rsplit(".", 1)[-1].lower()
    try:
        return _read(data, name=name)
    except Unreadable as refused:
        if (ending, refused.reason) not in _CONVERTED:
            raise
    reading = _read(to_docx(data, ending=ending), name=name)
    return dataclasses.replace(reading, warnings=(warning("converted"), *reading.warnings))


def warning(code: str) -> Warning:
    """A warning that has nothing to name but itself."""
    return Warning(code, sentence({"code": code}))


def read_lines(pages: Sequence[Sequence[Line]], *, name: str) -> Reading:
    """What the lines of a paged text say, recognised as those of a Word file would be."""
    return _read(json.dumps(pages).encode(), "lines", name=name)


def _read(data: bytes, *task: str, name: str) -> Reading:
    """The answer of the worker, in a process that can be ended."""
    try:
        done = subprocess.run(  # noqa: S603  # our own module, our own interpreter
            [sys.executable, "-I", "-c", _START.format(root=str(_ROOT)), *task],
            input=data, capture_output=True, timeout=WALL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unreadable("timeout") from None
    if done.returncode != 0:
        # A fault of ours or a file wronger than foreseen: the log says which.
        reason = _ENDINGS.get(done.returncode, "damaged")
        logger.warning("Reading %s ended as %s: %s", name, reason, done.stderr[-2000:].decode())
        raise Unreadable(reason)
    said = json.loads(done.stdout)
    if "refused" in said:
        raise Unreadable(said["refused"])
    return _reading(said)


# The kinds that are converted, by what their names say and what the worker found.
_CONVERTED = {("doc", "legacy_doc"), ("odt", "odt")}
# How the worker ends: by its processor time, or by its memory.
_ENDINGS = {-signal.SIGKILL: "timeout", -signal.SIGXCPU: "timeout", TOO_MUCH_MEMORY: "memory"}
_START = "import sys; sys.path.insert(0, {root!r}); from qms.word.worker import main; main()"


def _reading(said: dict[str, Any]) -> Reading:
    return Reading(
        code=nfc(said["code"]),
        title=nfc(said["title"]),
        issue_no=said["issue_no"],
        amendment_no=said["amendment_no"],
        issued_on=dt.date.fromisoformat(said["issued_on"]) if said["issued_on"] else None,
        agency=said["agency"],
        parent_agency=said["parent_agency"],
        roles=tuple(Role(**role) for role in said["roles"]),
        amendments=tuple(Amendment(**line) for line in said["amendments"]),
        sections=tuple(Section(**section) for section in said["sections"]),
        assets={sha: base64.b64decode(data) for sha, data in said["assets"].items()},
        warnings=tuple(Warning(one["code"], sentence(one)) for one in said["warnings"]),
        text=said["text"],
        unsure=said["unsure"],
    )
