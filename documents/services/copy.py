"""Handing out copies: each is stamped with what it is worth, for whom and when, and noted.

A note is a row of `IssuedCopy`, not an event: people read far more often than they decide, and
a chain that every reader must wait for would slow the whole agency. Only taking the original
of an obsolete version, which is rare and unmarked, is an event as well.
"""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import SEALED, VersionState
from documents.models import CopyClass, IssuedCopy, Version
from documents.permissions.copy import OBSOLETE
from documents.services.manifest import check_address
from documents.services.sealing import preview
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove
from qms.paper.stamps import Stamp, stamped
from qms.trail.services import record
from qms.vault import services as vault
from qms.vault.models import Blob


def issue(version: Version, *, by: User | None, number: str = "") -> bytes:
    """A stamped copy of the controlled PDF for `by`; with `number`, the controlled copy so
    numbered. Refuses a version without one, and a file that is no longer what was sealed.
    """
    data = vault.read(_sealed(version))
    kind = _class_of(version, number)
    return _issued(version, data, kind, by=by, number=number)


def draft(version: Version, *, by: User) -> bytes:
    """What the PDF of an undecided version would look like, marked as a draft on every page.

    It is made anew each time and not kept. Refuses once there is a controlled PDF.
    """
    if version.state in SEALED:
        raise IllegalMove(_("Tài liệu đã được phê duyệt. Tải bản PDF thay cho bản xem trước."))
    return _issued(version, preview(version), CopyClass.DRAFT, by=by)


def take_original(version: Version, *, by: User) -> bytes:
    """The sealed PDF byte for byte, unstamped.

    Refuses, once the version is obsolete, all but those who keep or examine the records;
    then it is also written into the trail, since an unmarked obsolete file is now about.
    """
    permissions.require(by, "take_original", version)
    data = vault.read(_sealed(version))
    with transaction.atomic():
        _note(version, CopyClass.ORIGINAL, data, by=by)
        if version.state in OBSOLETE:
            record(by, "version.original_taken", version, agency=version.document.agency)
    return data


def known(version: Version, sha256: str) -> IssuedCopy | None:
    """The copy with these very bytes, if the system issued it; never one of a draft."""
    return version.issued_copies.of_decided().filter(sha256=sha256).order_by("pk").first()


def _issued(
    version: Version, data: bytes, kind: CopyClass, *, by: User | None, number: str = ""
) -> bytes:
    now = timezone.localtime()
    name = str(by) if by else "người xem không đăng nhập"
    stamp = Stamp(
        label=_label(version, kind, number),
        whose=f"{name} · {now:%d/%m/%Y %H:%M}",
        check="" if kind == CopyClass.DRAFT else f"Kiểm tra tại {check_address(version)}",
        mark={CopyClass.OBSOLETE: "HẾT HIỆU LỰC", CopyClass.DRAFT: "DỰ THẢO"}.get(kind, ""),
        title="DỰ THẢO" if kind == CopyClass.DRAFT else "BẢN SAO",
    )
    facts = {
        "QmsCopyOf": hashlib.sha256(data).hexdigest(),
        "QmsCopyFor": name,
        "QmsCopyAt": now.isoformat(timespec="seconds"),
    }
    made = stamped(data, stamp, title=f"{version.code} {version.title}", facts=facts)
    _note(version, kind, made, by=by, number=number)
    return made


def _note(
    version: Version, kind: CopyClass, data: bytes, *, by: User | None, number: str = ""
) -> None:
    IssuedCopy.objects.create(
        version=version, copy_class=kind, number=number, by=by, by_name=str(by or ""),
        at=timezone.now(), sha256=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip


def _sealed(version: Version) -> Blob:
    if version.sealed_file is None:
        raise IllegalMove(_("Tài liệu chưa được phê duyệt nên chưa có bản PDF."))
    return version.sealed_file


def _class_of(version: Version, number: str) -> CopyClass:
    """What a copy is worth today: an obsolete one is obsolete whatever number it has."""
    if version.state in OBSOLETE:
        return CopyClass.OBSOLETE
    if version.state == VersionState.APPROVED:
        return CopyClass.NOT_YET
    return CopyClass.CONTROLLED if number else CopyClass.UNCONTROLLED


def _label(version: Version, kind: CopyClass, number: str) -> str:
    """In Vietnamese whatever the reader's language: a copy is a paper of the agency."""
    return {
        CopyClass.CONTROLLED: f"BẢN KIỂM SOÁT SỐ {number}",
        CopyClass.UNCONTROLLED: "BẢN SAO KHÔNG KIỂM SOÁT",
        CopyClass.NOT_YET: f"CHƯA CÓ HIỆU LỰC, có hiệu lực từ {_day(version.effective_on)}",
        CopyClass.OBSOLETE: f"HẾT HIỆU LỰC từ {_day(version.ended_on)}",
        CopyClass.DRAFT: "DỰ THẢO",
    }[kind]


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "……"
