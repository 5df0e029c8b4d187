"""Asking for documents to change, deciding about it, and knowing when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import CHANGE_REQUEST_LIFECYCLE, VersionState
from documents.models import (
    ChangeRequest,
    ChangeRequestLine,
    Document,
    DocumentKind,
    Version,
    Wish,
)
from documents.services import draft as drafts
from qms.agencies.models import Agency, User
from qms.kernel.moves import move
from qms.kernel.numbering import next_number
from qms.kernel.refusals import Refusal, Unacceptable
from qms.kernel.text import one_line
from qms.trail.services import record

MOST_LINES = 20
# What people of an agency write; guidance comes from above.
AUTHORED = frozenset(DocumentKind.values) - {DocumentKind.GUIDANCE}

# What a draft has to become before what was asked for is there.
BROUGHT_ABOUT = (VersionState.IN_FORCE, VersionState.SUPERSEDED, VersionState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wished of one document: of an existing one, or of a new one of a title and kind."""

    wish: str
    what: str
    document: Document | None = None
    title: str = ""
    kind: str = ""


@transaction.atomic
def create(
    agency: Agency, *, by: User, reason: str, impact: str = "", lines: Sequence[Asked]
) -> ChangeRequest:
    """Ask for documents to be issued, amended or withdrawn; anybody at the agency may.

    Each line has a wish of its own. Refuses people from elsewhere, no reason, no document,
    documents of another agency, and a new document without title or kind.
    """
    permissions.require_member(by, agency)
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do đề nghị."))
    _require_lines(agency, lines)
    year = timezone.localdate().year
    number = next_number(f"change_request:{agency.pk}:{year}")
    request = ChangeRequest.objects.create(
        agency=agency, number=f"YC-{year}-{number:03d}", reason=reason, impact=impact,
        proposed_by=by, proposed_name=str(by),
        proposed_position=by.standing.position_at(agency.pk), proposed_agency=agency.name,
    )  # fmt: skip
    ChangeRequestLine.objects.bulk_create(
        ChangeRequestLine(
            request=request, wish=line.wish, what=line.what, document=line.document,
            kind=line.kind, title=one_line(line.title)[:500],
        )
        for line in lines
    )  # fmt: skip
    record(
        by, "change_request.created", request, agency=agency, reason=reason,
        wishes=[str(line.wish) for line in lines],
        lines=[str(line.document or line.title) for line in lines],
    )  # fmt: skip
    return request


@transaction.atomic
def accept(
    request: ChangeRequest, *, by: User, author: User | None = None, answer: str = ""
) -> None:
    """Agree, and open a draft for every line that can have one; a line says why it has none.

    The drafts are `author`'s to write, or one's own.
    """
    permissions.require(by, "accept", request)
    _decide(request, "accept", by=by, answer=answer)
    opened = [str(_opened(line, by=by, author=author or by)) for line in request.lines.all()]
    _record(request, "accept", by=by, reason=answer, lines=opened)


@transaction.atomic
def refuse(request: ChangeRequest, *, by: User, answer: str) -> None:
    """Say no, and why."""
    permissions.require(by, "refuse", request)
    if not answer.strip():
        raise Unacceptable(_("Nêu lý do không chấp nhận để người đề nghị biết."))
    _decide(request, "refuse", by=by, answer=answer)
    _record(request, "refuse", by=by, reason=answer)


@transaction.atomic
def retract(request: ChangeRequest, *, by: User) -> None:
    """Take one's own request back before it is decided."""
    permissions.require(by, "retract", request)
    move(request, "retract", CHANGE_REQUEST_LIFECYCLE)
    _record(request, "retract", by=by)


@transaction.atomic
def finish(request: ChangeRequest, *, by: User) -> None:
    """Close a request; the clock does when every line is settled, the quality office before."""
    permissions.require(by, "finish", request)
    move(request, "finish", CHANGE_REQUEST_LIFECYCLE)
    _record(request, "finish", by=by)


def finish_settled(document: Document, *, by: User) -> None:
    """Close the accepted requests about `document` of which every line is settled."""
    waiting = ChangeRequest.objects.filter(
        lines__in=ChangeRequestLine.objects.filter(document=document)
        | ChangeRequestLine.objects.filter(version__document=document),
        state="accepted",
    ).distinct()
    for request in waiting.for_page():
        if all(is_settled(line) for line in request.lines.all()):
            finish(request, by=by)


def is_settled(line: ChangeRequestLine) -> bool:
    """Whether what was asked has come about; a draft that was given up brought nothing about."""
    if line.wish == Wish.WITHDRAW:
        return line.document is not None and not line.document.versions.in_force().exists()
    return line.version is not None and line.version.state in BROUGHT_ABOUT


def _opened(line: ChangeRequestLine, *, by: User, author: User) -> Version | str:
    """The draft opened for a line, or the sentence that says why there is none."""
    try:
        with transaction.atomic():
            line.version = _open(line, by=by, author=author)
    except (Refusal, PermissionDenied) as refusal:
        line.remark = str(refusal)
    line.save(update_fields=["version", "remark"])
    return line.version or line.remark


def _open(line: ChangeRequestLine, *, by: User, author: User) -> Version:
    if line.wish == Wish.WITHDRAW:
        raise Unacceptable(_("Mở tài liệu và bãi bỏ kèm lý do; phiếu đóng khi đã bãi bỏ."))
    if line.document is None:
        return drafts.begin(
            line.request.agency, by=by, author=author, title=line.title,
            kind=DocumentKind(line.kind),
        )  # fmt: skip
    current = line.document.versions.filter(state=VersionState.IN_FORCE).first()
    if current is None:
        raise Unacceptable(_("Tài liệu chưa có bản đang hiệu lực để sửa đổi."))
    return drafts.revise(current, by=by, author=author)


def _decide(request: ChangeRequest, verb: str, *, by: User, answer: str) -> None:
    move(
        request, verb, CHANGE_REQUEST_LIFECYCLE, decided_by=by, decided_name=str(by),
        decided_position=by.standing.position_at(request.agency_id),
        decided_agency=request.agency.name,
        decided_at=timezone.now(), answer=answer,
    )  # fmt: skip


def _require_lines(agency: Agency, lines: Sequence[Asked]) -> None:
    if not lines or len(lines) > MOST_LINES:
        raise Unacceptable(_("Nêu từ 1 đến %d tài liệu.") % MOST_LINES)
    for line in lines:
        if not line.what.strip():
            raise Unacceptable(_("Mỗi tài liệu cần nội dung đề nghị."))
        if line.document is not None and line.document.agency_id != agency.pk:
            raise Unacceptable(_("%s không thuộc cơ quan này.") % line.document)
        (_require_new if line.wish == Wish.ISSUE else _require_existing)(line)


def _require_new(line: Asked) -> None:
    if line.document is not None or not one_line(line.title):
        raise Unacceptable(_("Đề nghị ban hành mới: nhập tên tài liệu mới, không chọn tài liệu."))
    if line.kind not in AUTHORED:
        raise Unacceptable(_("Chọn loại của tài liệu mới."))


def _require_existing(line: Asked) -> None:
    if line.wish not in Wish.values:
        raise Unacceptable(_("Chọn ban hành mới, sửa đổi hoặc bãi bỏ cho mỗi tài liệu."))
    if line.document is None or line.title or line.kind:
        raise Unacceptable(_("Chọn tài liệu cần sửa đổi hoặc bãi bỏ, để trống tên và loại mới."))


def _record(
    request: ChangeRequest, verb: str, *, by: User, reason: str = "", **facts: object
) -> None:
    record(
        by, CHANGE_REQUEST_LIFECYCLE.event(verb), request, agency=request.agency, reason=reason,
        **facts,
    )  # fmt: skip
