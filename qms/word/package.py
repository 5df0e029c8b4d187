"""Opening a Word file as the archive of XML parts it is, without believing anything it says.

Runs in the worker process; refuses by code (`Refused`), the parent knows the sentences.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from qms.word.pictures import MOST_PIXELS, pixels

MOST_ENTRIES = 3000
MOST_BYTES = 150 * 1024 * 1024
MOST_RATIO = 200
_ODT = b"application/vnd.oasis.opendocument.text"
_EMBEDDED = re.compile(r"/(?:embeddings|activeX)/|oleObject", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
Element = Any  # lxml's elements have no usable type


class Refused(Exception):  # a refusal, not a fault
    """The file cannot be taken; `code` is one of `qms.word.refusals.SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Package:
    """The parts of one Word file: raw bytes by name; XML parsed on demand, without entities."""

    parts: dict[str, bytes]
    main: str
    _parsed: dict[str, Element] = field(default_factory=dict)

    def xml(self, name: str) -> Element | None:
        if name not in self.parts:
            return None
        if name not in self._parsed:
            self._parsed[name] = _parse(self.parts[name])
        return self._parsed[name]

    def beside(self, name: str) -> str:
        """The name of a part in the main part's folder."""
        folder = self.main.rsplit("/", 1)[0]
        return f"{folder}/{name}"

    def relations(self, part: str) -> dict[str, str]:
        """Relation id → part name, for targets inside the file only."""
        folder, _, name = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{name}.rels")
        if root is None:
            return {}
        return {
            one.get("Id", ""): _resolve(folder, one.get("Target", ""))
            for one in root.iter(_RELATION)
            if one.get("TargetMode") != "External"
        }

    def foreign(self) -> list[str]:
        """Warnings of what Word would carry out or fetch and we leave alone."""
        told = []
        if any(_EMBEDDED.search(name) for name in self.parts):
            told.append("embedded")
        rels = [self.xml(name) for name in self.parts if name.endswith(".rels")]
        if any(_fetches(one) for root in rels if root is not None for one in root.iter(_RELATION)):
            told.append("external_link")
        return told


def _fetches(relation: Element) -> bool:
    """Whether Word would load this from elsewhere by itself; a link that is clicked is not."""
    kind: str = relation.get("Type", "").rsplit("/", 1)[-1]
    return bool(relation.get("TargetMode") == "External" and kind != "hyperlink")


def open_package(data: bytes) -> Package:
    """The parts of the Word file `data`; `Refused` by the first thing that is wrong."""
    if not data:
        raise Refused("empty")
    if data.startswith(_OLE):
        raise Refused(
            "encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "legacy_doc"
        )
    if not data.startswith(b"PK"):
        raise Refused("not_docx")
    parts = _parts(data)
    if parts.get("mimetype", b"").startswith(_ODT):
        raise Refused(_of_odt(parts))
    main = _main_part(parts)
    _require_harmless(parts)
    package = Package(parts, main)
    if package.xml(main) is None:
        raise Refused("damaged")
    return package


def _require_harmless(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and _has_dtd(content):
            raise Refused("external_entity")
        if pixels(content) > MOST_PIXELS:
            raise Refused("image_bomb")


def _of_odt(parts: dict[str, bytes]) -> str:
    """Why this OpenDocument file is not taken; "odt" when it only has to be converted."""
    if any(name.startswith(("Basic/", "Scripts/")) and content for name, content in parts.items()):
        return "macro"
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        return "encrypted"
    if any(_has_dtd(content) for name, content in parts.items() if name.endswith(".xml")):
        return "external_entity"
    return "odt" if "content.xml" in parts else "damaged"


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        return _unpack(data)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,  # also of a compression that is not known
    ) as e:
        raise Refused("damaged") from e


def _unpack(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES or total > MOST_BYTES:
            raise Refused("zip_bomb")
        if total > 10_000_000 and total > MOST_RATIO * len(data):
            raise Refused("zip_bomb")
        left = MOST_BYTES
        for entry in entries:
            if entry.flag_bits & 1:
                raise Refused("encrypted")
            with archive.open(entry) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise Refused("zip_bomb")
            parts[entry.filename.lstrip("/")] = content
    return parts


def _main_part(parts: dict[str, bytes]) -> str:
    types = parts.get("[Content_Types].xml")
    if types is None:
        raise Refused("not_docx")
    if _has_dtd(types):
        raise Refused("external_entity")
    if any(name.lower().endswith("vbaproject.bin") for name in parts) or b"macroEnabled" in types:
        raise Refused("macro")
    for override in _parse(types):
        kind = override.get("ContentType", "") if isinstance(override.tag, str) else ""
        if kind.startswith(_MAIN) and kind.endswith((".document.main+xml", ".template.main+xml")):
            name: str = override.get("PartName", "").lstrip("/")
            if name in parts:
                return name
            raise Refused("damaged")
    raise Refused("not_docx")


def _has_dtd(content: bytes) -> bool:
    """Word writes no document type; a file that has one wants something."""
    text = content.replace(b"\x00", b"")  # as ASCII, also out of UTF-16 and UTF-32
    return b"<!DOCTYPE" in text or b"<!ENTITY" in text


def _parse(content: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in yet another encoding
        raise Refused("external_entity")
    return root


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
