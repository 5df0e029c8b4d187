"""Drawing up a decision of promulgation, and entering the number that Văn thư gave it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import PROMULGATION_LIFECYCLE, PromulgationState, VersionState
from documents.models import (
    FOR_THE_HEAD,
    Capacity,
    DocumentKind,
    PromulgatedVersion,
    Promulgation,
    Version,
    VersionQuerySet,
)
from documents.permissions import visible_versions
from documents.services.decree import decree_of
from documents.services.draft import WORD
from qms.agencies.models import Agency, User
from qms.kernel.moves import move
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.paper.render import decree_pdf
from qms.trail.services import record
from qms.vault import services as vault
from qms.word.decree import decree_docx

PROMULGATED = (VersionState.APPROVED, VersionState.IN_FORCE)
OPEN = "…"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a decision says, apart from which documents it promulgates."""

    subject: str
    issuer: str
    symbol: str
    place: str
    grounds: list[str]
    articles: list[str]
    recipients: list[str]
    signing_capacity: str
    collective: str
    head_position: str
    signer_position: str
    signer_name: str


def candidates(agency: Agency, *, by: User) -> VersionQuerySet:
    """What can be promulgated: approved or in force, seen by `by`, under no decision yet.

    The province's templates are adopted, not promulgated.
    """
    return (
        visible_versions(by)
        .filter(document__agency=agency, state__in=PROMULGATED)
        .exclude(document__kind=DocumentKind.GUIDANCE)
        .exclude(promulgations__is_final=True)
        .select_related("document")
        .defer("text_folded")
        .order_by("document__code_key", "pk")
    )


@transaction.atomic
def create(
    agency: Agency, *, by: User, wording: Wording, versions: Sequence[Version]
) -> Promulgation:
    """A decision without a number yet. Refuses people who issue none for the agency, an empty
    list, documents that are not the agency's to promulgate, and grounds left open.
    """
    permissions.require_issuer(by, agency)
    _require_whole(wording)
    promulgation = Promulgation.objects.create(agency=agency, created_by=by, **asdict(wording))
    _list(promulgation, versions, by=by)
    record(by, "promulgation.created", promulgation, agency=agency, versions=_keys(versions))
    return promulgation


@transaction.atomic
def edit(
    promulgation: Promulgation,
    *,
    by: User,
    wording: Wording,
    versions: Sequence[Version],
    revision: int,
) -> None:
    """Change what a decision without a number says. `revision` names the save it was made
    from: refuses with `Stale` when somebody saved since.
    """
    permissions.require(by, "edit", promulgation)
    if promulgation.state != PromulgationState.DRAFT:
        raise IllegalMove(_("Quyết định đã có số nên không sửa được nữa."))
    _require_whole(wording)
    same = Promulgation.objects.filter(
        pk=promulgation.pk, revision=revision, state=PromulgationState.DRAFT
    )
    if not same.update(revision=F("revision") + 1, **asdict(wording)):
        raise Stale(_("Người khác vừa sửa quyết định này. Tải lại trang rồi sửa tiếp."))
    promulgation.refresh_from_db()
    promulgation.lines.all().delete()
    _list(promulgation, versions, by=by)
    record(
        by, "promulgation.edited", promulgation, agency=promulgation.agency,
        versions=_keys(versions),
    )  # fmt: skip


def number(promulgation: Promulgation, *, by: User, number: int, dated_on: dt.date) -> None:
    """Enter the number and date that Văn thư gave, once; both files are kept as they are then.

    Refuses a day in the future, a number the agency has used that year, a document that is no
    longer to be promulgated or is under another decision, and whoever enters second.
    """
    permissions.require(by, "number", promulgation)
    PROMULGATION_LIFECYCLE.step("number", promulgation.state)
    if dated_on > timezone.localdate():
        raise Unacceptable(_("Ngày ký còn ở tương lai. Ghi số sau khi Văn thư đã cấp."))
    _require_still_promulgated(promulgation)
    decree = decree_of(promulgation, number=number, dated_on=dated_on)
    name = f"QD-{number:02d}-{dated_on.year}"
    pdf = vault.keep(decree_pdf(decree), media_type="application/pdf", name=f"{name}.pdf")
    docx = vault.keep(decree_docx(decree), media_type=WORD, name=f"{name}.docx")
    try:
        with transaction.atomic():
            move(
                promulgation, "number", PROMULGATION_LIFECYCLE,
                number=number, dated_on=dated_on, year=dated_on.year, pdf=pdf, docx=docx,
            )  # fmt: skip
            _require_unchanged(promulgation)
            promulgation.lines.update(is_final=True)
            record(
                by, "promulgation.numbered", promulgation, agency=promulgation.agency,
                number=number, dated_on=str(dated_on), pdf_sha256=pdf.sha256,
                docx_sha256=docx.sha256, versions=[n.version_id for n in promulgation.lines.all()],
            )  # fmt: skip
    except IntegrityError:
        promulgation.refresh_from_db()
        raise Unacceptable(_taken(promulgation, number, dated_on.year)) from None


@transaction.atomic
def discard(promulgation: Promulgation, *, by: User, reason: str) -> None:
    """Give up a decision that got no number. It stays on record. Refuses without a reason."""
    permissions.require(by, "discard", promulgation)
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do để người khác biết cần làm gì tiếp."))
    move(promulgation, "discard", PROMULGATION_LIFECYCLE)
    record(by, "promulgation.discarded", promulgation, agency=promulgation.agency, reason=reason)


def _list(promulgation: Promulgation, versions: Sequence[Version], *, by: User) -> None:
    """The annex: codes and titles as they are now, in the order of their codes."""
    asked = {version.pk for version in versions}
    if not asked:
        raise Unacceptable(_("Chọn ít nhất một tài liệu để ban hành."))
    found = list(candidates(promulgation.agency, by=by).filter(pk__in=asked))
    if len(found) != len(asked):
        raise Unacceptable(
            _("Có tài liệu vừa đổi trạng thái hoặc đã có quyết định. Tải lại trang rồi chọn lại.")
        )
    PromulgatedVersion.objects.bulk_create(
        PromulgatedVersion(
            promulgation=promulgation, version=v, order=n, code=v.code, title=v.title,
            issue_no=v.issue_no, amendment_no=v.amendment_no,
            effective_on=v.effective_on,  # type: ignore[misc]  # what is decided has its day
        )
        for n, v in enumerate(found, 1)
    )  # fmt: skip


def _require_whole(wording: Wording) -> None:
    if not wording.grounds or not wording.articles or not wording.recipients:
        raise Unacceptable(_("Quyết định phải có căn cứ, có điều và có nơi nhận."))
    for line in wording.grounds:
        if OPEN in line:
            raise Unacceptable(
                _("Dòng căn cứ “%s” còn dấu …. Điền số và ngày của văn bản, hoặc xóa dòng đó.")
                % line[:80]
            )
    capacity = wording.signing_capacity
    if capacity in FOR_THE_HEAD and not wording.head_position:
        raise Unacceptable(
            _("Ký thay, thừa lệnh hoặc thừa ủy quyền: nhập chức danh người đứng đầu.")
        )
    if capacity == Capacity.ON_BEHALF and not wording.collective:
        raise Unacceptable(_("Ký thay mặt tập thể (TM.): nhập tên tập thể."))


def _require_still_promulgated(promulgation: Promulgation) -> None:
    for line in promulgation.lines.select_related("version"):
        if line.version.state not in PROMULGATED:
            raise Unacceptable(
                _("%s không còn chờ hiệu lực hoặc đang hiệu lực. Bỏ khỏi danh mục rồi ghi số.")
                % line.version
            )


def _require_unchanged(promulgation: Promulgation) -> None:
    """Refuse when somebody edited while the files were made; asked after the row is locked."""
    now = Promulgation.objects.values_list("revision", flat=True).get(pk=promulgation.pk)
    if now != promulgation.revision:
        raise Stale(_("Người khác vừa sửa quyết định này. Tải lại trang rồi ghi số."))


def _taken(promulgation: Promulgation, number: int, year: int) -> str:
    others = PromulgatedVersion.objects.filter(is_final=True).exclude(promulgation=promulgation)
    twice = others.filter(version__in=promulgation.lines.values("version")).first()
    if twice is not None:
        return _("%s đã được ban hành bằng quyết định khác. Bỏ khỏi danh mục rồi ghi số.") % twice
    return _(
        "Số %(number)02d năm %(year)d đã ghi cho một quyết định khác. Xem lại sổ văn thư."
    ) % {
        "number": number,
        "year": year,
    }


def _keys(versions: Sequence[Version]) -> list[int]:
    return sorted(version.pk for version in versions)
