"""Whom something that happened to a version concerns, and what they are told of it."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import Verdict, Version
from documents.permissions import sees
from documents.permissions.deciding import open_steps
from documents.services.run import waiting_people
from qms.agencies.models import User
from qms.notices.services import notify
from qms.trail.models import Event


def tell_next(event: Event) -> None:
    """Those whose turn it is now hear of it, once for each station."""
    version = _version(event)
    steps = open_steps(version)
    key = "version:{}:steps:{}".format(version.pk, "-".join(str(step.pk) for step in steps))
    with translation.override("vi"):
        subject = _("Đến lượt bạn cho ý kiến: %s") % version
        _tell(version, waiting_people(version), key, subject, body=version.title)


def tell_author(event: Event) -> None:
    """The author hears that his text came back, or is approved."""
    version = _version(event)
    if event.name == "version.approved" and not event.facts.get("final"):
        return
    with translation.override("vi"):
        back = event.name == "version.sent_back"
        subject = (_("%s được trả lại để sửa") if back else _("%s đã được phê duyệt")) % version
        _tell(version, [version.author], f"event:{event.pk}", subject, body=event.reason)


def tell_named(event: Event) -> None:
    """Who was named to read a restricted document hears on the day that it can be read."""
    version = _version(event)
    document = version.document
    if not document.restricted:
        return
    groups = Q(groups__in=permissions.named_groups(document))
    named = User.objects.filter(Q(pk__in=permissions.named_readers(document)) | groups)
    with translation.override("vi"):
        subject = _("Tài liệu bạn được nêu tên đọc đã có hiệu lực: %s") % version
        people = [*named.distinct()]
        _tell(version, people, f"version:{version.pk}:named", subject, body=version.title)


def tell_decided(event: Event) -> None:
    """Those who had agreed hear that their opinion no longer counts."""
    version = _version(event)
    agreed = version.decisions.filter(round=version.round, verdict=Verdict.AGREED)
    people = [d.by for d in agreed.select_related("by") if d.by_id != event.by_id]
    with translation.override("vi"):
        subject = _("Ý kiến của bạn về %s không còn tính, vì tác giả rút lại để sửa") % version
        _tell(version, people, f"event:{event.pk}", subject, body=event.reason)


def _tell(version: Version, people: Iterable[User], key: str, subject: str, *, body: str) -> None:
    if version.document.restricted:
        people = [person for person in people if sees(person, version)]
    notify(
        people, agency=version.document.agency, key=key, subject=subject, body=body,
        address=version.get_absolute_url(),
    )  # fmt: skip


def _version(event: Event) -> Version:
    return Version.objects.for_page().get(pk=event.subject_id)
