"""The process that reads one Word file from standard input and answers in JSON.

It gives up memory and time beforehand, needs no Django, and can be killed without loss.
"""

import base64
import dataclasses
import json
import resource
import sys
from typing import Any

from qms.word.package import Refused, open_package
from qms.word.recognition import recognise

CPU_SECONDS = 45
MEMORY = 1024 * 1024 * 1024
TOO_MUCH_MEMORY = 3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        answer = json.dumps(convert(sys.stdin.buffer.read()), ensure_ascii=False)
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
    said = dataclasses.asdict(found)
    said["issued_on"] = found.issued_on.isoformat() if found.issued_on else None
    said["assets"] = {sha: base64.b64encode(raw).decode() for sha, raw in found.assets.items()}
    return said
