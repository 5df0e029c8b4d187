"""How drafts come into being and get their words: new, revised, from Word, with a code."""

import re
from collections.abc import Set as AbstractSet

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import (
    PROCEDURES,
    CheckoutOutcome,
    ControlSettings,
    Counting,
    Document,
    DocumentKind,
    FormerCode,
    LateUpload,
    Section,
    Version,
)
from documents.services import amendment as amendments
from documents.services import checkout as checkouts
from documents.services import content as contents
from documents.services import late_upload as late
from documents.services import source as sources
from documents.services.coding import take_code
from documents.services.saving import advance, saves_since
from documents.services.source import clean_name, read_source
from documents.services.wording import require_wording
from qms.agencies.models import Agency, User
from qms.kernel.content import Content
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.kernel.text import code_key, fold, one_line
from qms.standards.models import Clause
from qms.trail.services import record
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.word.reading import Reading

WORD = sources.WORD
# What every procedure of an agency contains, in this order.
STANDARD_SECTIONS = (
    "Mục đích", "Phạm vi áp dụng", "Tài liệu viện dẫn", "Định nghĩa, viết tắt",
    "Nội dung quy trình", "Biểu mẫu", "Hồ sơ cần lưu",
)  # fmt: skip
_DIGITS = re.compile(r"\d+")


@transaction.atomic
def create(
    agency: Agency,
    *,
    by: User,
    kind: DocumentKind,
    title: str,
    code: str = "",
    field: str = "",
    parent: Document | None = None,
) -> Version:
    """A new document with an empty first draft of the seven standard sections.

    Without a code it gets the next one of the agency's pattern (see `coding`). A form may
    belong to a procedure. Refuses people who do not write for the agency, an empty title, a
    code already taken, and a procedure of another agency.
    """
    permissions.require_writer(by, agency)
    if not one_line(title):
        raise Unacceptable(_("Nhập tên tài liệu"))
    _require_procedure(agency, kind, parent)
    passed: tuple[str, ...] = ()
    if not code_key(code):
        given = take_code(agency, kind, field=field, parent=parent)
        code, passed = given.code, given.passed
    document = new_document(agency, kind=kind, code=code, title=title, parent=parent)
    if not document.code_settled:
        raise Unacceptable(taken_sentence(agency, document.code))
    version = new_version(document, by=by)
    _give_sections(version)
    record(by, "document.created", document, agency=agency, kind=kind, passed=passed)
    return version


@transaction.atomic
def begin(agency: Agency, *, by: User, author: User, kind: DocumentKind, title: str) -> Version:
    """As `create`, for somebody else to write; its code is settled later."""
    permissions.require_writer(by, agency)
    permissions.require_writer(author, agency)
    document = new_document(agency, kind=kind, code="", title=title)
    version = new_version(document, by=author)
    _give_sections(version)
    record(by, "document.created", document, agency=agency, kind=kind)
    return version


@transaction.atomic
def revise(
    version: Version, *, by: User, author: User | None = None, counting: str = ""
) -> Version:
    """A new draft that starts from the version in force, with the next number.

    `counting` says which counter goes up (see `Counting`); where the agency has one counter
    only, it is the issue. It is `author`'s to write, or one's own. Refuses while another draft of the document is
    on its way, and an author who does not write for the agency.
    """
    author = author or by
    permissions.require(by, "revise", version)
    permissions.require(author, "revise", version)
    if version.state != VersionState.IN_FORCE:
        raise IllegalMove(_("Chỉ sửa đổi được bản đang hiệu lực."))
    if version.document.versions.in_flight().exists():
        raise IllegalMove(_("Tài liệu đang có một bản nháp. Hoàn tất hoặc hủy bản đó trước."))
    issue_no, amendment_no = _next_numbers(version, counting)
    draft = new_version(version.document, by=author, issue_no=issue_no, amendment_no=amendment_no)
    contents.copy(version, draft)
    record(by, "version.revised", draft, agency=version.document.agency, since=version.pk)
    return draft


def upload(version: Version, *, by: User, data: bytes, name: str, revision: int) -> Reading:
    """Replace what a draft says by an edited file (.docx, .doc, .odt); the file itself is kept.

    Whoever holds the draft gives it back by this. `revision` names the save the edit was
    made from: refuses with `LateFile` when somebody saved since; nothing is overwritten and
    the file is kept beside the draft. The same file sent again from the same save does
    nothing. Refuses unreadable files with their sentence, and a draft that somebody holds.
    """
    permissions.require(by, "upload", version)
    if version.state != VersionState.DRAFT:
        raise IllegalMove(_("Chỉ thay nội dung được khi tài liệu còn là bản nháp."))
    with transaction.atomic():
        checkouts.require_free(version, by=by)
    if sources.ending_of(name) == ".pdf":
        raise Unacceptable(_("Tệp PDF không có nội dung Word để sửa tiếp. Tải lên bản Word."))
    found = read_source(data, name=name)
    source = vault.keep(data, media_type=found.media_type, name=clean_name(name))
    assets = contents.keep_assets(found.reading.assets)
    try:
        with transaction.atomic():
            _replace(version, found.reading, source, assets, by=by, revision=revision)
    except Stale:
        if not _is_resent(version, source, by=by, revision=revision):
            raise late.LateFile(late.keep(version, source, by=by, revision=revision)) from None
    return found.reading


def take(upload: LateUpload, *, by: User, revision: int) -> None:
    """Let a file that came late replace what the draft says after all.

    `revision` is the save it was compared with. Refuses as `upload` does, and a second time.
    """
    version = upload.version
    permissions.require(by, "take", upload)
    reading = read_source(vault.read(upload.blob), name=upload.name).reading
    assets = contents.keep_assets(reading.assets)
    with transaction.atomic():
        late.settle(upload, by=by)
        _replace(version, reading, upload.blob, assets, by=by, revision=revision)


def _replace(
    version: Version,
    reading: Reading,
    source: Blob,
    assets: list[Blob],
    *,
    by: User,
    revision: int,
) -> None:
    """Pictures of before stay with the draft: a text that is still being edited may show them."""
    advance(version, by=by, revision=revision, source_file=source)
    require_wording(
        version.document, [text for s in reading.sections for text in (s.title, s.html)]
    )
    tagged = [(s.number, s.title, list(s.clauses.all())) for s in version.sections.all()]
    before = [asset.blob for asset in version.assets.select_related("blob")]
    contents.write(version, _content(version, reading), assets={*before, *assets})
    _tag_again(version, tagged)
    checked_in = checkouts.end(version, by=by, outcome=CheckoutOutcome.CHECKED_IN)
    record(
        by, "version.uploaded", version, agency=version.document.agency, sha256=source.sha256,
        name=source.name, revision=version.revision, checked_in=checked_in,
    )  # fmt: skip


def _tag_again(version: Version, tagged: list[tuple[str, str, list[Clause]]]) -> None:
    """Sections keep their clauses: those with the number and title they had, or the title."""
    by_name = {fold(title): clauses for _number, title, clauses in tagged}
    by_name |= {f"{number} {fold(title)}": clauses for number, title, clauses in tagged}
    for section in version.sections.all():
        name = fold(section.title)
        section.clauses.set(by_name.get(f"{section.number} {name}", by_name.get(name, [])))


def _is_resent(version: Version, source: Blob, *, by: User, revision: int) -> bool:
    """Whether the next save after `revision` was this person's, of this very file."""
    saves = [e for e in saves_since(version, revision) if e.facts["revision"] == revision + 1]
    return any(e.by_id == by.pk and e.facts.get("sha256") == source.sha256 for e in saves)


@transaction.atomic
def settle_code(version: Version, *, by: User, code: str) -> None:
    """Give a draft the code it will keep. Refuses an empty code and one already taken."""
    permissions.require(by, "settle_code", version)
    if version.state not in permissions.ALSO["settle_code"]:
        raise IllegalMove(_("Chỉ chốt mã hiệu được khi tài liệu còn là bản nháp."))
    document, code = version.document, one_line(code)
    if not code_key(code):
        raise Unacceptable(_("Nhập mã hiệu của tài liệu."))
    before = document.code
    document.code, document.code_settled = code, True
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        raise Unacceptable(taken_sentence(document.agency, code)) from None
    document.versions.filter(state__in=IN_FLIGHT).update(code=code)
    version.refresh_from_db(fields=["code"])
    if code_key(before) and code_key(before) != code_key(code):
        FormerCode.objects.get_or_create(
            document=document, code_key=code_key(before), defaults={"code": before}
        )
    record(by, "version.code_settled", version, agency=document.agency, before=before, after=code)


@transaction.atomic
def renumber(version: Version, *, by: User, counting: str) -> None:
    """Make a draft a new issue, or an amendment of the one in force.

    Refuses what is no draft, a document without a version in force, and amendments where
    the agency counts issues only. The lines of its amendment sheet take the new number.
    """
    permissions.require(by, "renumber", version)
    base = version.document.versions.in_force().first()
    if version.state not in permissions.ALSO["renumber"] or base is None:
        raise IllegalMove(_("Chỉ đổi lần ban hành khi sửa đổi một tài liệu đang hiệu lực."))
    before, (stamp, _on) = version.number, amendments.stamp(version)
    numbers = _next_numbers(base, counting)
    advance(
        version, by=by, revision=version.revision, issue_no=numbers[0], amendment_no=numbers[1]
    )
    version.amendments.filter(number=stamp).update(number=amendments.stamp(version)[0])
    record(
        by, "version.renumbered", version, agency=version.document.agency, before=before,
        after=version.number, revision=version.revision,
    )  # fmt: skip


def new_document(
    agency: Agency,
    *,
    kind: DocumentKind,
    code: str,
    title: str,
    parent: Document | None = None,
) -> Document:
    """A document row; unsettled when its code is empty or taken, never dropped."""
    code, title = one_line(code), one_line(title)
    if not title:
        raise Unacceptable(_("Nhập tên tài liệu"))
    document = Document(
        agency=agency, kind=kind, code=code, title=title, code_settled=bool(code_key(code)),
        parent=parent,
    )  # fmt: skip
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        document.code_settled = False
        document.save()
    return document


def new_version(
    document: Document, *, by: User, issue_no: int = 1, amendment_no: int = 0
) -> Version:
    return Version.objects.create(
        document=document,
        issue_no=issue_no,
        amendment_no=amendment_no,
        author=by,
        code=document.code,
        title=document.title,
    )


def _next_numbers(base: Version, counting: str) -> tuple[int, int]:
    """The numbers after `base`'s: a new issue sets the amendment to 00."""
    if counting and counting not in Counting.values:
        raise Unacceptable(_("Chọn sửa đổi hoặc ban hành lại."))
    if not ControlSettings.of(base.document.agency).counts_amendments:
        if counting == Counting.AMENDMENT:
            raise Unacceptable(_("Cơ quan chỉ đếm lần ban hành."))
        counting = Counting.ISSUE
    if counting == Counting.ISSUE:
        return base.issue_no + 1, 0
    return base.issue_no, base.amendment_no + 1


def _require_procedure(agency: Agency, kind: str, parent: Document | None) -> None:
    if parent is None:
        return
    if kind != DocumentKind.FORM:
        raise Unacceptable(_("Chỉ biểu mẫu thuộc một quy trình."))
    if parent.agency_id != agency.pk or parent.kind not in PROCEDURES:
        raise Unacceptable(_("Chọn một quy trình của cơ quan cho biểu mẫu."))


def _give_sections(version: Version) -> None:
    Section.objects.bulk_create(
        Section(version=version, order=n, number=str(n), title=name)
        for n, name in enumerate(STANDARD_SECTIONS, 1)
    )


def free_code(agency: Agency, code: str, *, besides: AbstractSet[str] = frozenset()) -> str:
    """The nearest code after `code` that nobody has: its last number counted up.

    `besides` are keys of codes that are spoken for as well.
    """
    taken = besides | set(
        Document.objects.filter(agency=agency, code_settled=True).values_list(
            "code_key", flat=True
        )
    )
    number = next(iter([*_DIGITS.finditer(code)][-1:]), None)
    if number is None:
        candidates = (f"{code}-{n:02d}".lstrip("-") for n in range(2, 10_000))
    else:
        start, end = number.span()
        width = end - start
        candidates = (
            f"{code[:start]}{n:0{width}d}{code[end:]}"
            for n in range(int(number[0]) + 1, int(number[0]) + 10_000)
        )
    return next(c for c in candidates if code_key(c) not in taken)


def taken_sentence(agency: Agency, code: str) -> str:
    """That the code is taken, by what, and which one is free; of a restricted document no title."""
    holder = Document.objects.filter(
        agency=agency, code_key=code_key(code), code_settled=True
    ).first()
    if holder is not None and holder.restricted:
        return _("Mã %(code)s đã dùng. Chọn mã khác, ví dụ %(free)s.") % {
            "code": code,
            "free": free_code(agency, code),
        }
    return _('Mã %(code)s đã dùng cho "%(title)s". Chọn mã khác, ví dụ %(free)s.') % {
        "code": code,
        "title": holder.title if holder else "",
        "free": free_code(agency, code),
    }


def _content(version: Version, reading: Reading) -> Content:
    """What the uploaded file says, under the draft's own code, title and numbers."""
    base = contents.content_of(version)
    return Content(
        agency_name=base.agency_name,
        parent_name=base.parent_name,
        standard=base.standard,
        kind_label=base.kind_label,
        code=version.code,
        title=version.title,
        issue_no=version.issue_no,
        amendment_no=version.amendment_no,
        issued_on=base.issued_on,
        effective_on=base.effective_on,
        signatories=(),
        amendments=reading.amendments,
        sections=contents.without_details(reading.sections),
    )
