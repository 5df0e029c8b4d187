"""The files inside a ZIP, one after another, in memory: nothing of it is ever written to a path.

A name is only a label here. One that leads out of its folder, a link, a device, an archive in
the archive is a file refused with its sentence; an archive that is itself hostile is refused
whole before any of it is unpacked.
"""

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from documents.services.batch import Handed
from documents.services.source import Refused, clean_name, ending_of
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import nfc

MOST_FILES = 2000
# The directory of so many files, with long names, is smaller than this.
_LARGEST_DIRECTORY = 4 * 1024**2
_MOST_RATIO, _SMALL = 200, 1024**2
_END = struct.Struct("<4s4H2LH")
_END_MARK, _COMMENT = b"PK\x05\x06", 65_535
_UTF8, _LOCKED, _UNICODE_PATH = 0x800, 0x1, 0x7075
_ARCHIVES = {".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"}
_IGNORED = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def handed_in(file: IO[bytes]) -> Iterator[Handed]:
    """The files of the archive in order, those refused among them.

    Refuses an archive that is damaged, locked, too large or of too many files.
    """
    _require_small_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _members(archive)
    except (zipfile.BadZipFile, struct.error, EOFError, OSError, ValueError) as error:
        raise Refused(_("Tệp ZIP bị hỏng. Nén lại rồi thử lại.")) from error


def _members(archive: zipfile.ZipFile) -> Iterator[Handed]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if sum(entry.file_size for entry in entries) > settings.ARCHIVE_UNPACKED_LIMIT:
        raise Refused(
            _("Tệp ZIP giải nén ra quá lớn nên bị từ chối. Chia nhỏ rồi thử lại."), status=413
        )
    seen: set[str] = set()
    for entry in entries:
        name = name_of(entry)
        last = name.rsplit("/", 1)[-1]
        if (
            last.startswith((".", "~$"))
            or name.casefold().startswith(_IGNORED)
            or last.casefold() in _IGNORED
        ):
            continue
        key = unicodedata.normalize("NFC", name).casefold()
        reason = _reason(entry, name) or (_twin() if key in seen else "")
        seen.add(key)
        yield Handed(
            clean_name(name.lstrip("/")),
            entry.file_size,
            partial(_unpacked, archive, entry),
            reason,
        )


def _reason(entry: zipfile.ZipInfo, name: str) -> str:
    """Why this member is not even unpacked; "" when it is."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = name.split("/")
    if ".." in parts or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return _(
            "Đường dẫn trong tệp ZIP chỉ ra ngoài thư mục nên bị từ chối. Nén lại từ thư mục."
        )
    if kind and not stat.S_ISREG(kind):
        return _("Mục này trong tệp ZIP là liên kết hoặc thiết bị, không phải tệp.")
    if entry.flag_bits & _LOCKED:
        return _("Tệp trong ZIP được đặt mật khẩu. Bỏ mật khẩu rồi nén lại.")
    if ending_of(name) in _ARCHIVES:
        return _("Tệp nén nằm trong tệp nén. Giải nén rồi nhập riêng.")
    if entry.file_size > _SMALL and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1):
        return _("Tệp nén bên trong lớn bất thường nên bị từ chối.")
    return ""


def _twin() -> str:
    return _("Trong tệp ZIP đã có một tệp cùng tên. Đổi tên một trong hai rồi nén lại.")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one member, never more than a file may have."""
    try:
        with archive.open(entry) as stream:
            data = stream.read(settings.UPLOAD_LIMIT + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        # RuntimeError: also of a compression that is not known.
        raise Unacceptable(_("Tệp này trong ZIP bị hỏng. Nén lại rồi thử lại.")) from error
    return data


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name as its writer meant it, with "/" between folders.

    Without the mark for UTF-8 it may be UTF-8 all the same (macOS, many Linux tools) or a
    Vietnamese code page of Windows; the library took it for the code page of the first PCs.
    """
    return nfc(_decoded(entry)).replace("\\", "/")


def _decoded(entry: zipfile.ZipInfo) -> str:
    unicode_path = _unicode_path(entry.extra)
    if unicode_path:
        return unicode_path
    # The library cuts at NUL and turns separators; what it decoded is in `orig_filename`.
    name = entry.orig_filename.split("\0")[0]
    if entry.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(extra: bytes) -> str:
    """The name in the extra field that Info-ZIP and 7-Zip write beside a local one."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def _require_small_directory(file: IO[bytes]) -> None:
    """Read how many files there are from the last bytes, before the library reads them all."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(max(0, length - _COMMENT - _END.size))
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) < at + _END.size:
        raise Refused(_("Tệp không phải tệp ZIP hoặc bị hỏng. Nén lại rồi thử lại."), status=415)
    _mark, _disk, _start, _here, count, size, _offset, _length = _END.unpack_from(tail, at)
    if count > MOST_FILES or size > _LARGEST_DIRECTORY:
        raise Refused(
            _("Tệp ZIP có nhiều hơn %d tệp. Chia thành nhiều tệp ZIP rồi thử lại.") % MOST_FILES,
            status=413,
        )
    file.seek(0)
