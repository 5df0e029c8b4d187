"""The process that reads one Word file from standard input and answers in JSON.

It gives up memory and time beforehand, needs no Django, and can be killed without loss.
"""

import base64
import dataclasses
import json
import resource
import sys
from typing import Any

from qms.word.found import Found
from qms.word.package import Refused, open_package
from qms.word.pages import recognise_pages
from qms.word.recognition import recognise

CPU_SECONDS = 45
MEMORY = 1024 * 1024 * 1024
TOO_MUCH_MEMORY = 3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    task = convert_lines if sys.argv[1:] == ["lines"] else convert
    try:
        answer = json.dumps(task(sys.stdin.buffer.read()), ensure_ascii=False)
    except MemoryError:
        sys.exit(TOO_MUCH_MEMORY)
    sys.stdout.buffer.write(answer.encode())


def convert(data: bytes) -> dict[str, Any]:
    """What `data` says, as plain values; or the code of the refusal."""
    try:
        found = recognise(open_package(data))
    except Refused as refused:
        return {"refused": refused.code}
    except RecursionError:
        return {"refused": "damaged"}
    return _said(found)


def convert_lines(data: bytes) -> dict[str, Any]:
    """The same of a paged text: JSON, for each page its lines with whether they are bold."""
    return _said(recognise_pages(json.loads(data)))


def _said(found: Found) -> dict[str, Any]:
    said = dataclasses.asdict(found)
    said["issued_on"] = found.issued_on.isoformat() if found.issued_on else None
    said["assets"] = {sha: base64.b64encode(raw).decode() for sha, raw in found.assets.items()}
    return said
