"""One save of a draft: made from the save it names, counted, written into the trail."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VersionState
from documents.models import Version
from documents.services import checkout as checkouts
from documents.services import content as contents
from qms.agencies.models import User
from qms.kernel.refusals import Stale
from qms.trail.models import Event
from qms.trail.services import record

MOST_SAVES = 20


def advance(version: Version, *, by: User, revision: int, **also: object) -> None:
    """Count the next save; from here to the commit the draft is this writer's alone.

    Refuses what is no draft, a draft that somebody else holds, and (`Stale`) a save that was
    not made from the last one.
    """
    checkouts.require_free(version, by=by)
    same = Version.objects.filter(pk=version.pk, revision=revision, state=VersionState.DRAFT)
    if not same.update(revision=F("revision") + 1, **also):
        raise Stale(_("Người khác vừa lưu bản nháp này. Tải lại trang rồi sửa tiếp."))
    version.refresh_from_db()
    permissions.forget_checkout(version)


def saved(version: Version, verb: str, *, by: User, **facts: Any) -> None:
    """Write the save into the trail, and fold the text anew for the search without an index."""
    version.text_folded = contents.folded_text(contents.content_of(version))
    version.save(update_fields=["text_folded"])
    record(
        by, f"version.{verb}", version, agency=version.document.agency,
        revision=version.revision, **facts,
    )  # fmt: skip


def saves_since(version: Version, revision: int) -> list[Event]:
    """Who saved what after that save, latest first."""
    events = Event.objects.filter(subject_type="documents.version", subject_id=version.pk)
    recent = events.order_by("-pk")[: 3 * MOST_SAVES]
    found = [e for e in recent if int(e.facts.get("revision") or 0) > revision]
    return found[:MOST_SAVES]
