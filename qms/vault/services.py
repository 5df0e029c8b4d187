"""Keep a file for ever under its hash; give it back only while it is what it was.

The file is on disk, synced, before any row names it: after a crash there may be a file
without a row, never a row without a file.
"""

import contextlib
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from qms.kernel.refusals import Gone, Refusal, Unavailable
from qms.vault.models import Blob

_NAME = Blob._meta.get_field("name").max_length or 0


class Tampered(Refusal):
    """The bytes on disk are not those that were kept."""


class Missing(Gone):
    """The register names a file that is not on disk."""


def keep(data: bytes, *, media_type: str, name: str) -> Blob:
    """Store `data` and register it; the same bytes give the same row.

    Written beside its place, synced, renamed, and the folder synced, before the row is
    saved; a file that is there under that hash and is not those bytes is replaced. Refuses
    with `Unavailable` when the disk is full or cannot be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    try:
        if not _holds(path, data):
            _write(path, data)
    except OSError as error:
        raise Unavailable(_refused_by_disk(error)) from error
    blob, _created = Blob.objects.get_or_create(
        sha256=sha256,
        defaults={"size": len(data), "media_type": media_type, "name": name[:_NAME]},
    )
    return blob


def read(blob: Blob) -> bytes:
    """The bytes of `blob`, verified. Refuses with `Missing` or `Tampered`."""
    try:
        data = path_of(blob.sha256).read_bytes()
    except FileNotFoundError:
        raise Missing(_missing(blob)) from None
    except OSError as error:
        raise Unavailable(_refused_by_disk(error)) from error
    if hashlib.sha256(data).hexdigest() != blob.sha256:
        raise Tampered(_tampered(blob))
    return data


def require_there(blob: Blob) -> None:
    """Refuse with `Missing` or `Tampered` what cannot be read whole, without reading it."""
    try:
        size = path_of(blob.sha256).stat().st_size
    except FileNotFoundError:
        raise Missing(_missing(blob)) from None
    except OSError as error:
        raise Unavailable(_refused_by_disk(error)) from error
    if size != blob.size:
        raise Tampered(_tampered(blob))


def path_of(sha256: str) -> Path:
    """Where the file with that hash lies; two levels of folders keep each one small."""
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:4] / sha256


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(prefix=".keep-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(beside).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(beside).unlink()
        raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    """Make the folder's entries durable, so that the rename outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refused_by_disk(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("Kho tệp đã đầy nên chưa lưu được. Báo quản trị hệ thống rồi thử lại.")
    return _("Kho tệp không đọc hoặc ghi được. Báo quản trị hệ thống rồi thử lại.")


def _missing(blob: Blob) -> str:
    return _("Tệp “%(name)s” không còn trong kho (mã %(id)s). Báo quản trị hệ thống.") % {
        "name": blob.name, "id": blob.sha256[:12],
    }  # fmt: skip


def _tampered(blob: Blob) -> str:
    said = {"name": blob.name, "id": blob.sha256[:12]}
    return _("Tệp “%(name)s” đã bị thay đổi trên máy chủ nên không được dùng (mã %(id)s).") % said
