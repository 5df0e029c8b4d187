"""All documents in force on a day as one ZIP: sealed PDFs, an index to read, a list of hashes.

Written while it is sent: one file in memory at a time, however many there are.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from documents.models import Version
from documents.registers.sheet import Sheet, xlsx_of
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.web.download import safe_name
from qms.web.zipping import Pipe


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the bundle and the name of its file inside."""

    path: str
    version: Version
    blob: Blob

    @property
    def href(self) -> str:
        """The path as the address of a page beside it."""
        return quote(self.path)


def entries_of(versions: list[Version]) -> list[Entry]:
    """The files and their names, `kind/code title.pdf`; by agency when there are several.

    Refuses when a file is not on disk any more: a bundle with a hole would look whole.
    """
    several = len({v.document.agency_id for v in versions}) > 1
    taken: set[str] = set()
    entries = []
    for version in versions:
        if version.sealed_file is None:
            continue
        vault.require_there(version.sealed_file)
        folder = _folder(version, several=several)
        stem = f"{folder}/{safe_name(f'{version.code} {version.title}')}"
        path, number = f"{stem}.pdf", 1
        while path.lower() in taken:
            number += 1
            path = f"{stem} ({number}).pdf"
        taken.add(path.lower())
        entries.append(Entry(path, version, version.sealed_file))
    return entries


def stream(entries: list[Entry], sheet: Sheet) -> Iterator[bytes]:
    """The bytes of the ZIP as they come into being.

    A file that is no longer what was sealed stops it in the middle, so that what arrived
    does not open: nobody takes a damaged bundle for a whole one.
    """
    out = Pipe()
    moment = timezone.localtime().timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        hashes: dict[str, str] = {}

        def put(path: str, data: bytes, *, how: int = zipfile.ZIP_STORED) -> None:
            archive.writestr(zipfile.ZipInfo(path, moment), data, compress_type=how)
            hashes[path] = hashlib.sha256(data).hexdigest()

        for entry in entries:
            put(entry.path, vault.read(entry.blob))
            yield out.taken()
        yield from _index(entries, sheet, put, out)
        put("manifest.json", _manifest(hashes, sheet), how=zipfile.ZIP_DEFLATED)
    yield out.taken()


def _index(
    entries: list[Entry], sheet: Sheet, put: Callable[..., None], out: Pipe
) -> Iterator[bytes]:
    put("index.xlsx", xlsx_of(sheet))
    yield out.taken()
    with override("vi"):
        page = render_to_string("paper/index.html", {"entries": entries, "sheet": sheet})
    put("index.html", page.encode(), how=zipfile.ZIP_DEFLATED)
    yield out.taken()


def _manifest(hashes: dict[str, str], sheet: Sheet) -> bytes:
    """What is in the bundle, each with its SHA-256; the manifest itself is not in it."""
    said = {
        "on": sheet.day.isoformat(),
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "algorithm": "SHA-256",
        "files": [{"path": path, "sha256": sha} for path, sha in hashes.items()],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _folder(version: Version, *, several: bool) -> str:
    with override("vi"):
        kind = safe_name(str(version.document.get_kind_display()))
    if not several:
        return kind
    return f"{safe_name(version.document.agency.short_name)}/{kind}"
