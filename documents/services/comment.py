"""Remarks about a version on its way, and what became of them; evidence, never removed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import IN_FLIGHT
from documents.models import Comment, Version
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.services import record

PLACE = Comment._meta.get_field("place").max_length or 0
QUOTE = Comment._meta.get_field("quote").max_length or 0


@transaction.atomic
def create(
    version: Version,
    *,
    by: User,
    text: str,
    place: str = "",
    change_key: str = "",
    quote: str = "",
) -> Comment:
    """Say something about a section or a change. Refuses once the version is decided."""
    permissions.require(by, "comment", version)
    if version.state not in IN_FLIGHT:
        raise IllegalMove(_("Chỉ góp ý được khi bản này còn đang soạn thảo hoặc chờ quyết định."))
    if not text.strip():
        raise Unacceptable(_("Nhập nội dung góp ý."))
    comment = Comment.objects.create(
        version=version, round=version.round, place=place[:PLACE], change_key=change_key,
        quote=quote[:QUOTE], text=text, by=by, by_name=str(by),
        by_position=by.standing.position_at(version.document.agency_id), at=timezone.now(),
    )  # fmt: skip
    record(
        by, "version.commented", version, agency=version.document.agency, comment=comment.pk,
        place=comment.place, text=text,
    )  # fmt: skip
    return comment


@transaction.atomic
def resolve(comment: Comment, *, by: User, answer: str = "") -> None:
    """Settle a remark, saying how. Refuses others than who wrote it or writes the text."""
    permissions.require(by, "resolve", comment)
    still = Comment.objects.unresolved().filter(pk=comment.pk)
    if not still.update(
        answer=answer, resolved_by=by, resolved_name=str(by), resolved_at=timezone.now()
    ):
        raise Stale(_("Góp ý này đã được xử lý. Tải lại trang để xem."))
    comment.refresh_from_db()
    version = comment.version
    record(
        by, "version.comment_resolved", version, agency=version.document.agency,
        comment=comment.pk, answer=answer,
    )  # fmt: skip
