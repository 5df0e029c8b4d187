"""Taking existing files in: one file, one outcome, nothing half, nothing dropped."""

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import Document, DocumentKind, Version
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import version as versions
from documents.services.confirmation import doubt
from documents.services.source import clean_name, read_source
from qms.agencies.models import Agency, User
from qms.kernel.content import Content, Signatory
from qms.kernel.refusals import Refusal
from qms.kernel.text import code_key, fold, one_line
from qms.trail.services import record
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.word.reading import Reading

_TITLE = Document._meta.get_field("title").max_length or 0
_CODE = Document._meta.get_field("code").max_length or 0


@dataclass
class Row:
    """What became of one file. `issued_on` is an ISO date, `seconds` wall time.

    `unsure` are the sentences of what a person must confirm.
    """

    file: str
    status: str = "refused"
    reason: str = ""
    code: str = ""
    title: str = ""
    issue_no: int | None = None
    amendment_no: int | None = None
    issued_on: str | None = None
    roles: list[dict[str, str]] = field(default_factory=list)
    sections: list[dict[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    version: int | None = None
    unsure: list[str] = field(default_factory=list)

    def as_report(self) -> dict[str, object]:
        """The row as the report file shows it, without our own row number."""
        row = dataclasses.asdict(self)
        del row["version"], row["unsure"]
        return row


def create(
    agency: Agency,
    *,
    by: User,
    data: bytes,
    name: str,
    register: bool = False,
) -> Row:
    """Take one file in as a draft; with `register`, as already in force on paper.

    Never raises a refusal: a file that cannot be taken, or not put in force, is told in its
    row. Refuses (`PermissionDenied`) people who do not write for the agency.
    """
    permissions.require_writer(by, agency)
    started, row = time.monotonic(), Row(file=name)
    try:
        source = read_source(data, name=name)
        blob = vault.keep(data, media_type=source.media_type, name=clean_name(name))
        version = take_in(agency, by=by, blob=blob, name=name, reading=source.reading, row=row)
    except Refusal as refusal:
        row.reason = str(refusal)
    else:
        if register:
            enter(version, by=by, row=row)
    row.seconds = round(time.monotonic() - started, 3)
    return row


def take_in(
    agency: Agency,
    *,
    by: User,
    blob: Blob,
    name: str,
    reading: Reading,
    row: Row,
    settle: Callable[[Version], None] = lambda _version: None,
) -> Version:
    """The document and draft that `reading` of the kept file `blob` makes, told in `row`.

    `settle` is called last in the same transaction; what it refuses undoes everything.
    """
    assets = contents.keep_assets(reading.assets)
    _fill(row, reading)
    if Version.objects.filter(source_file=blob, document__agency=agency).exists():
        row.warnings.append(_("Tệp này giống hệt một tệp đã nhập trước đó."))
    with transaction.atomic():
        document = drafts.new_document(
            agency,
            kind=kind_of(reading),
            code=reading.code[:_CODE],
            title=one_line(reading.title)[:_TITLE],
        )
        version = drafts.new_version(
            document, by=by, issue_no=reading.issue_no or 1, amendment_no=reading.amendment_no or 0
        )
        _warn_of_code(document, row)
        version.source_file, version.issued_on = blob, reading.issued_on
        version.warnings = row.warnings
        version.save(update_fields=["source_file", "issued_on", "warnings"])
        contents.write(version, _content(version, reading), assets=assets)
        contents.paper_signatories(
            version,
            [Signatory(r.duty, one_line(r.name), one_line(r.position)) for r in reading.roles],
        )
        row.unsure = doubt(version, reading)
        record(
            by,
            "document.imported",
            document,
            agency=agency,
            version=version.pk,
            file=clean_name(name),
            sha256=blob.sha256,
            warnings=row.warnings,
            unsure=row.unsure,
        )
        row.status, row.version = "imported", version.pk
        settle(version)
    return version


def enter(version: Version, *, by: User, row: Row) -> None:
    """Enter what came in as in force on paper; where that cannot be, the row says why."""
    try:
        versions.register(version, by=by)
    except (Refusal, PermissionDenied) as refusal:
        row.warnings.append(_("Chưa ghi nhận hiệu lực: %s") % refusal)


def _fill(row: Row, reading: Reading) -> None:
    row.code, row.title = reading.code, reading.title
    row.issue_no, row.amendment_no = reading.issue_no, reading.amendment_no
    row.issued_on = reading.issued_on.isoformat() if reading.issued_on else None
    row.roles = [{"duty": r.duty, "name": r.name, "position": r.position} for r in reading.roles]
    row.sections = [{"number": s.number, "title": s.title} for s in reading.sections]
    row.warnings = [warning.sentence for warning in reading.warnings]


def _warn_of_code(document: Document, row: Row) -> None:
    """Say, once the document is in, why its code must still be settled."""
    if document.code_settled:
        return
    if not code_key(document.code):
        row.warnings.append(_("Không tìm thấy mã hiệu. Nhập mã hiệu trước khi trình."))
        return
    row.warnings.append(drafts.taken_sentence(document.agency, document.code))


def kind_of(reading: Reading) -> DocumentKind:
    """The kind a reader would say, from title, code and what the text deals with."""
    title, code, text = fold(reading.title), code_key(reading.code), fold(reading.text)
    for words, kind in (
        ("so tay chat luong", DocumentKind.MANUAL),
        ("chinh sach chat luong", DocumentKind.POLICY),
        ("muc tieu chat luong", DocumentKind.OBJECTIVES),
    ):
        if title.startswith(words):
            return kind
    if code.startswith(("bm", "mau")):
        return DocumentKind.FORM
    if "thanh phan ho so" in text or "thu tuc" in title:
        return DocumentKind.TTHC_PROCEDURE
    if code.startswith(("qt-ht", "qt.iso", "qtht")):
        return DocumentKind.SYSTEM_PROCEDURE
    return DocumentKind.INTERNAL_PROCEDURE


def _content(version: Version, reading: Reading) -> Content:
    return Content(
        agency_name="",
        parent_name="",
        standard=version.standard,
        kind_label="",
        code=version.code,
        title=version.title,
        issue_no=version.issue_no,
        amendment_no=version.amendment_no,
        issued_on=reading.issued_on,
        effective_on=None,
        signatories=(),
        amendments=reading.amendments,
        sections=reading.sections,
    )
