"""Older and foreign word-processing files as .docx, by LibreOffice where it is installed.

The only place that starts it: with a profile of its own, without network, macros or links, in
limited time and memory. It ends with 0 even when it could not load a file: what counts is
whether the new file is there.
"""

import contextlib
import logging
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
from functools import cache
from pathlib import Path

from qms.word.refusals import Unreadable

logger = logging.getLogger(__name__)

WALL_SECONDS, CPU_SECONDS = 90, 60
MEMORY, LARGEST = 4 * 1024**3, 150 * 1024**2
AT_ONCE = 1
# No macro runs, nothing is fetched, and a proxy that answers nobody stands before the network.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetNoProxy"><value></value></prop></item>
</oor:items>
"""
_places = threading.BoundedSemaphore(AT_ONCE)


def converter() -> str:
    """Where LibreOffice is; "" where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def to_docx(data: bytes, *, ending: str) -> bytes:
    """The file `data` (`ending` "doc" or "odt") as .docx.

    Refuses with `Unreadable`: LibreOffice absent, too much time, or no result.
    """
    program = converter()
    if not program:
        raise Unreadable(f"no_converter_{ending}")
    with _places, tempfile.TemporaryDirectory(prefix="qms-convert-") as folder:
        place = Path(folder)
        user = place / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = place / f"in.{ending}"
        source.write_bytes(data)
        _run(program, place, source)
        made = place / "out" / "in.docx"
        if not made.is_file():
            raise Unreadable("unconverted")
        return made.read_bytes()


def _run(program: str, place: Path, source: Path) -> None:
    command = [
        *_without_network(), program, f"-env:UserInstallation=file://{place / 'profile'}", "--headless",
        "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(place / "out"), str(source),
    ]  # fmt: skip
    with subprocess.Popen(  # noqa: S603  # a fixed command, a file name of our own
        command, cwd=place, env={"HOME": str(place), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True, preexec_fn=_limit,  # noqa: PLW1509  # only system calls in it
    ) as process:  # fmt: skip
        try:
            _out, told = process.communicate(timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            raise Unreadable("timeout") from None
        finally:
            _end(process)
    if process.returncode != 0:
        logger.warning("Converting ended with %s: %s", process.returncode, told[-500:].decode())


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program with all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@cache
def _without_network() -> tuple[str, ...]:
    """A network of its own, with nothing in it, where the system allows that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net", "--")
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)  # noqa: S603
    return command if tried.returncode == 0 else ()
