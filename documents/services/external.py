"""Keeping the list of documents of others: entering one, correcting it, marking its end."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import (
    CheckVerdict,
    ExternalCheck,
    ExternalDocument,
    ExternalGroup,
    Reference,
    Version,
)
from qms.agencies.models import Agency, Unit, User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.kernel.text import code_key, one_line
from qms.trail.services import record
from qms.vault.models import Blob


@dataclass(frozen=True, slots=True)
class Said:
    """What people say about a document of others."""

    number: str
    title: str
    issuer: str
    group: ExternalGroup
    issued_on: dt.date | None = None
    valid_from: dt.date | None = None
    link: str = ""
    unit: Unit | None = None


def create(agency: Agency, *, by: User, said: Said, file: Blob | None = None) -> ExternalDocument:
    """Enter a document of others. Refuses a number entered already, and dates out of order."""
    permissions.require_writer(by, agency)
    external = ExternalDocument(agency=agency, file=file)
    _say(external, said)
    _require_sound(external)
    with transaction.atomic():
        _save(external)
        record(by, "external_document.created", external, agency=agency, number=external.number)
    return external


def change(
    external: ExternalDocument, *, by: User, said: Said, revision: int, file: Blob | None = None
) -> None:
    """Correct what is said; `file` replaces the kept one. Refuses a save from an older state."""
    permissions.require(by, "change", external)
    before = {name: str(getattr(external, name)) for name in ("number", "title", "valid_from")}
    _say(external, said)
    external.file = file or external.file
    _require_sound(external)
    with transaction.atomic():
        _next_revision(external, revision)
        _save(external)
        record(
            by, "external_document.changed", external, agency=external.agency, before=before,
        )  # fmt: skip


def repeal(
    external: ExternalDocument,
    *,
    by: User,
    valid_to: dt.date,
    replaced_by: ExternalDocument | None = None,
    reason: str,
) -> None:
    """Say from which day it no longer holds, and what stands in its place.

    From that day the documents citing it wait for the quality office. A day said before may
    be corrected. Refuses a day before it began, a successor of another agency, and a circle.
    """
    permissions.require(by, "repeal", external)
    if not reason.strip():
        raise Unacceptable(_("Nêu căn cứ: văn bản nào làm cho tài liệu này hết hiệu lực."))
    if external.valid_from and valid_to <= external.valid_from:
        raise Unacceptable(_("Ngày hết hiệu lực phải sau ngày có hiệu lực."))
    if replaced_by is not None:
        _require_successor(external, replaced_by)
    with transaction.atomic():
        ExternalDocument.objects.filter(pk=external.pk).update(
            valid_to=valid_to, replaced_by=replaced_by, revision=F("revision") + 1
        )
        external.refresh_from_db(fields=["valid_to", "replaced_by", "revision"])
        record(
            by, "external_document.repealed", external, agency=external.agency, reason=reason,
            valid_to=str(valid_to), replaced_by=replaced_by.pk if replaced_by else None,
        )  # fmt: skip


def check(
    external: ExternalDocument, *, by: User, version: Version, verdict: CheckVerdict, note: str
) -> ExternalCheck:
    """Say what became of a version that cites a document no longer in force.

    Refuses while it still holds, a version that does not cite it, one that is no longer in use,
    and a version looked at already.
    """
    permissions.require(by, "check", external)
    if external.valid_to is None or external.valid_to > timezone.localdate():
        raise IllegalMove(_("%s vẫn còn hiệu lực.") % external.number)
    if not Reference.objects.filter(version=version, to_external=external).exists():
        raise Unacceptable(_("%(version)s không viện dẫn %(number)s.") % {
            "version": version, "number": external.number,
        })  # fmt: skip
    if version.state not in (VersionState.IN_FORCE, *IN_FLIGHT):
        raise IllegalMove(_("%s không còn dùng nên không cần xem lại.") % version)
    try:
        with transaction.atomic():
            checked = ExternalCheck.objects.create(
                external=external, version=version, verdict=verdict, note=note, by=by,
                by_name=str(by),
            )  # fmt: skip
            record(
                by, "external_document.checked", external, agency=external.agency,
                reason=note, version=version.pk, verdict=verdict,
            )  # fmt: skip
    except IntegrityError:
        raise IllegalMove(_("Người khác vừa xem lại %s.") % version) from None
    return checked


def _say(external: ExternalDocument, said: Said) -> None:
    external.number, external.title = one_line(said.number), one_line(said.title)
    external.issuer, external.group = one_line(said.issuer), said.group
    external.issued_on, external.valid_from = said.issued_on, said.valid_from
    external.link, external.unit = said.link, said.unit


def _require_sound(external: ExternalDocument) -> None:
    if not code_key(external.number) or not external.title:
        raise Unacceptable(_("Nhập số, ký hiệu và trích yếu."))
    if external.unit and external.unit.agency_id != external.agency_id:
        raise Unacceptable(_("Bộ phận giữ phải thuộc cơ quan này."))
    begins, issued = external.valid_from, external.issued_on
    if begins and issued and begins < issued:
        raise Unacceptable(_("Ngày có hiệu lực không thể trước ngày ban hành."))
    if begins and external.valid_to and external.valid_to <= begins:
        raise Unacceptable(_("Ngày hết hiệu lực phải sau ngày có hiệu lực."))


def _require_successor(external: ExternalDocument, successor: ExternalDocument) -> None:
    if successor.agency_id != external.agency_id:
        raise Unacceptable(_("Chọn văn bản thay thế trong danh mục của cơ quan này."))
    seen: ExternalDocument | None = successor
    while seen is not None:
        if seen.pk == external.pk:
            raise Unacceptable(_("Văn bản thay thế không thể được chính văn bản này thay thế."))
        seen = seen.replaced_by


def _next_revision(external: ExternalDocument, revision: int) -> None:
    same = ExternalDocument.objects.filter(pk=external.pk, revision=revision)
    if not same.update(revision=F("revision") + 1):
        raise Stale(_("Người khác vừa sửa mục này. Tải lại trang rồi sửa tiếp."))
    external.revision = revision + 1


def _save(external: ExternalDocument) -> None:
    try:
        with transaction.atomic():
            external.save()
    except IntegrityError:
        raise Unacceptable(
            _("Số, ký hiệu %s đã có trong danh mục của cơ quan.") % external.number
        ) from None
