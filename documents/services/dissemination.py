"""Making a version known: its list gets it to read, and how much it changes decides who again."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents import permissions
from documents.lifecycles import IN_FLIGHT, SEALED, VersionState
from documents.models import (
    ControlSettings,
    Dissemination,
    Distribution,
    Reading,
    ReadingMethod,
    Version,
)
from documents.services import audience
from documents.services.audience import Worker
from qms.agencies.models import Agency, User
from qms.kernel.refusals import IllegalMove
from qms.notices.services import notify
from qms.trail.services import record


@dataclass(frozen=True, slots=True)
class Asking:
    """What one round at one agency asks by: the day, its settings, who does it."""

    agency: Agency
    by: User
    today: dt.date
    due_on: dt.date

    @classmethod
    def at(cls, agency: Agency, *, by: User) -> "Asking":
        today = timezone.localdate()
        days = ControlSettings.of(agency).read_days
        return cls(agency, by, today, today + dt.timedelta(days=days))


@transaction.atomic
def distribute(version: Version, *, by: User) -> int:
    """Ask everybody on the list to read the version in force; how many were asked now.

    Safe to repeat: who was asked is not asked again. Refuses others than the clock and the
    quality office. A version without a list, or no longer in force, asks nobody.
    """
    permissions.require(by, "distribute", Dissemination(version=version))
    return distribute_to_list(version, by=by)


def distribute_to_list(version: Version, *, by: User) -> int:
    """As `distribute`, in the caller's transaction and by the caller's right."""
    locked = Version.objects.select_for_update().filter(pk=version.pk).in_force().first()
    if locked is None:
        return 0
    found = audience.list_of(version.document)
    if found is None:
        return 0
    agency = version.document.agency
    workers = audience.on_list(audience.workers_of(agency), found.lines.all())
    return _bring_up_to_date(version, workers, Asking.at(agency, by=by))


def distribute_due(*, by: User) -> int:
    """The clock's round: who joined a list since is asked, who left it is released.

    A document with its own list that was never distributed is, too; how many were asked.
    """
    asked = 0
    agencies = Agency.objects.filter(distributions__isnull=False).distinct()
    for agency in agencies:
        with transaction.atomic():
            asked += _round(agency, by=by)
    return asked


@transaction.atomic
def weigh(version: Version, *, by: User, is_substantive: bool) -> None:
    """Say whether a version changes what people do, or words and layout only.

    When it does not, who acknowledged the version before need not read again. Refuses for
    a first version, for one that ended, and people who do not decide it.
    """
    kept, _new = Dissemination.objects.get_or_create(version=version)
    permissions.require(by, "weigh", kept)
    if version.state not in (*IN_FLIGHT, VersionState.IN_FORCE) or version_before(version) is None:
        raise IllegalMove(
            _("Chỉ ghi mức độ thay đổi cho bản sửa đổi đang soạn, chờ duyệt hoặc có hiệu lực.")
        )
    kept.is_substantive = is_substantive
    kept.save(update_fields=["is_substantive"])
    if kept.started_on is not None:
        (_reopen if is_substantive else _carry_over)(version)
    record(
        by, "version.weighed", version, agency=version.document.agency,
        is_substantive=is_substantive,
    )  # fmt: skip


def said_weight(version: Version) -> bool | None:
    """What somebody said about how much the version changes, None while nobody did."""
    return (
        Dissemination.objects.filter(version=version)
        .values_list("is_substantive", flat=True)
        .first()
    )


def version_before(version: Version) -> Version | None:
    """The version of the document that was decided last before this one."""
    before = version.document.versions.filter(state__in=SEALED, pk__lt=version.pk)
    return before.order_by("-pk").first()


def _round(agency: Agency, *, by: User) -> int:
    """One agency: its lists, people and readings in a fixed number of queries, then the changes."""
    # One round at a time, so that nobody is asked, or written down as asked, twice.
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    own: dict[int, Distribution] = {}
    default: dict[str, Distribution] = {}
    for row in Distribution.objects.filter(agency=agency).with_lines():
        if row.document_id is not None:
            own[row.document_id] = row
        else:
            default[row.kind] = row
    versions = Version.objects.in_force().filter(document__agency=agency)
    versions = versions.select_related("document__agency", "dissemination").defer("text_folded")
    known: dict[int, set[int]] = defaultdict(set)
    asked_of = Reading.objects.in_force().filter(version__document__agency=agency)
    for pk, person in asked_of.filter(released_on=None).values_list("version", "person"):
        known[pk].add(person)
    workers, asking, asked = audience.workers_of(agency), Asking.at(agency, by=by), 0
    for version in versions:
        found = own.get(version.document_id) or default.get(version.document.kind)
        started = hasattr(version, "dissemination") and version.dissemination.started_on
        if found is None or not (started or version.document_id in own):
            continue
        wanted = audience.on_list(workers, found.lines.all())
        if not started or known[version.pk] != set(wanted):
            asked += _bring_up_to_date(version, wanted, asking)
    return asked


def _bring_up_to_date(version: Version, wanted: dict[int, Worker], asking: Asking) -> int:
    """Make the readings of `version` those of the people wanted; how many are new."""
    kept, _new = Dissemination.objects.get_or_create(version=version)
    if kept.started_on is None:
        kept.started_on = asking.today
        kept.save(update_fields=["started_on"])
    rows = {row.person_id: row for row in version.readings.all()}
    _release(rows, wanted, asking)
    fresh = [w for pk, w in wanted.items() if pk not in rows and _sees(w.user, version)]
    if not fresh:
        return 0
    Reading.objects.bulk_create([_asked(version, w, asking) for w in fresh], ignore_conflicts=True)
    if not kept.is_substantive:
        _carry_over(version)
    record(
        asking.by, "version.distributed", version, agency=asking.agency, people=len(fresh),
        due_on=str(asking.due_on),
    )  # fmt: skip
    _tell(version, asking)
    return len(fresh)


def _release(rows: dict[int, Reading], wanted: dict[int, Worker], asking: Asking) -> None:
    """Who left the list without having read is asked no more; who came back is again."""
    gone = [r.pk for pk, r in rows.items() if pk not in wanted and r.released_on is None]
    Reading.objects.filter(pk__in=gone, acknowledged_at=None).update(released_on=asking.today)
    back = [r.pk for pk, r in rows.items() if pk in wanted and r.released_on is not None]
    Reading.objects.filter(pk__in=back).update(
        released_on=None, assigned_on=asking.today, due_on=asking.due_on
    )


def _asked(version: Version, worker: Worker, asking: Asking) -> Reading:
    return Reading(
        version=version, person=worker.user, name=str(worker.user), position=worker.position,
        unit=worker.unit, unit_name=worker.unit.name if worker.unit else "",
        assigned_at=timezone.now(), assigned_on=asking.today, due_on=asking.due_on,
    )  # fmt: skip


def _sees(person: User, version: Version) -> bool:
    """Nobody learns by a task of a document that is closed to him."""
    return permissions.visible_versions(person).filter(pk=version.pk).exists()


def _carry_over(version: Version) -> None:
    """Let the acknowledgements of the version before stand for this one."""
    before = version_before(version)
    if before is None:
        return
    done = before.readings.done().values("person")
    version.readings.filter(acknowledged_at=None, person__in=done).update(
        acknowledged_at=timezone.now(), method=ReadingMethod.CARRIED, content_hash=version.content_hash,
        since=before,
    )  # fmt: skip


def _reopen(version: Version) -> None:
    """Ask again those whose earlier acknowledgement stood for this version."""
    asking = Asking.at(version.document.agency, by=User.clock())
    version.readings.filter(method=ReadingMethod.CARRIED).update(
        acknowledged_at=None, method="", content_hash="", since=None, due_on=asking.due_on
    )
    _tell(version, asking)


def _tell(version: Version, asking: Asking) -> None:
    """One notice to each who has still to read, in the language of the record."""
    waiting = version.readings.open().select_related("person")
    with override("vi"):
        notify(
            [reading.person for reading in waiting],
            agency=asking.agency,
            key=f"version:{version.pk}:read",
            subject=_("Đọc và xác nhận: %s") % version,
            body=_("%(title)s có hiệu lực. Đọc và xác nhận trước ngày %(day)s.")
            % {"title": version.title, "day": f"{asking.due_on:%d/%m/%Y}"},
            address=reading_address(version),
        )


def reading_address(version: Version) -> str:
    """The page on which one reads and acknowledges, as a path."""
    return reverse("documents:reading-show", args=[version.pk])
