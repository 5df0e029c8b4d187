"""What waits for a person among documents."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.lifecycles import VersionState
from documents.models import Doubt, Version
from qms.agencies.models import Role, User
from qms.web.task import Task


def waiting_for(user: User) -> list[Task]:
    """Versions to review, to approve, and drafts of one's own to finish, in one query."""
    standing = user.standing
    reviewing = Q(
        state=VersionState.IN_REVIEW, document__agency__in=standing.agencies_with(Role.REVIEWER)
    ) & (Q(reviewer=user) | Q(reviewer=None))
    approving = Q(
        state=VersionState.IN_APPROVAL, document__agency__in=standing.agencies_with(Role.APPROVER)
    ) & (Q(approver=user) | Q(approver=None))
    deciding = (reviewing | approving) & ~Q(author=user)
    writing = Q(
        state=VersionState.DRAFT,
        author=user,
        document__agency__in=standing.agencies_with(
            Role.AUTHOR, Role.QUALITY, Role.LIBRARY_EDITOR
        ),
    )
    versions = (
        Version.objects.filter(deciding | writing)
        .select_related("document", "author")
        .only(
            "code",
            "title",
            "issue_no",
            "amendment_no",
            "state",
            "due_on",
            "round",
            "document__code_settled",
            "document__agency_id",
            "author__full_name",
            "author__username",
        )
        .annotate(is_doubtful=Exists(Doubt.objects.open().filter(version=OuterRef("pk"))))
        .order_by("due_on", "pk")[:200]
    )
    return [_task(version) for version in versions]


def _task(version: Version) -> Task:
    url = reverse("documents:version-detail", args=[version.pk])
    if version.state == VersionState.DRAFT:
        return _draft(version, url)
    said = {"title": version.title}
    by = _("%s trình") % version.author
    if version.state == VersionState.IN_REVIEW:
        return Task(
            "review",
            "eye",
            _("Soát xét: %(title)s") % said,
            str(version),
            url,
            _("Soát xét"),
            version.due_on,
            (by,),
        )
    return Task(
        "approve",
        "stamp",
        _("Phê duyệt: %(title)s") % said,
        str(version),
        url,
        _("Xem và phê duyệt"),
        version.due_on,
        (by,),
    )


def _draft(version: Version, url: str) -> Task:
    said = {"title": version.title}
    if getattr(version, "is_doubtful", False):
        title, action = _("Xác nhận thông tin: %(title)s") % said, _("Xác nhận")
    elif not version.document.code_settled:
        title, action = _("Chốt mã hiệu: %(title)s") % said, _("Chốt mã hiệu")
    elif version.round:
        title, action = _("Sửa theo ý kiến trả lại: %(title)s") % said, _("Xem ý kiến")
    else:
        title, action = _("Hoàn thiện và trình: %(title)s") % said, _("Mở bản nháp")
    return Task("draft", "pencil", title, str(version), url, action)
