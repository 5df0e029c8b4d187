"""What waits for a person among documents."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import ChangeRequestState, VersionState
from documents.models import ChangeRequest, Doubt, Version
from documents.permissions.deciding import steps_waiting_for
from documents.services.periodic_review import due_until
from qms.agencies.models import Role, User
from qms.web.task import Task

# Periodic reviews show in the inbox this long before their day.
LOOK_AHEAD = dt.timedelta(days=30)
MOST = 50


def waiting_for(user: User) -> list[Task]:
    """Versions to review, to approve, and drafts of one's own to finish."""
    standing = user.standing
    deciding = Q(pk__in=steps_waiting_for(user).values("run__version"))
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
    return [
        *(_task(version) for version in versions),
        *_reviews(user),
        *_requests(user),
    ]


def _reviews(user: User) -> list[Task]:
    """For the quality office: what must be looked at again within a month."""
    own = user.standing.agencies_with(Role.QUALITY)
    if not own:
        return []
    versions = Version.objects.in_force().filter(document__agency__in=own)
    by = timezone.localdate() + LOOK_AHEAD
    rows = due_until(versions.select_related("document").defer("text_folded"), by)
    return [
        Task(
            "periodic_review", "calendar-clock",
            _("Soát xét định kỳ: %(title)s") % {"title": due.version.title}, str(due.version),
            reverse("documents:version-detail", args=[due.version.pk]) + "#decide",
            _("Xem và kết luận"), due.due_on,
        )
        for due in rows[:MOST]
    ]  # fmt: skip


def _requests(user: User) -> list[Task]:
    """For the quality office: requests that nobody has answered."""
    own = user.standing.agencies_with(Role.QUALITY)
    if not own:
        return []
    asked = ChangeRequest.objects.filter(agency__in=own, state=ChangeRequestState.PROPOSED)
    return [
        Task(
            "change_request", "file-text",
            _("Xem xét phiếu yêu cầu: %(reason)s") % {"reason": one.reason[:120]}, one.number,
            one.get_absolute_url(), _("Xem xét"), None,
            (_("%s đề nghị") % one.proposed_name,),
        )
        for one in asked.order_by("pk")[:MOST]
    ]  # fmt: skip


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
