"""Reminding those who have still to read, and telling those above them; run by the clock."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.models import ControlSettings, Reading, Version
from documents.permissions.reading import UNIT_HEAD
from documents.services.dissemination import reading_address
from qms.agencies.models import Agency, Membership, Role, User
from qms.notices.services import Stage, notify, stage_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


def remind_readers() -> int:
    """Tell each open reading's person once a stage; once it is far too late also those above.

    Safe to run any number of times; how many readings are at some stage.
    """
    today = timezone.localdate()
    rows = (
        Reading.objects.open()
        .select_related("person", "unit", "version__document__agency")
        .defer("version__text_folded")
        .order_by("version", "unit_name", "name")
    )
    settings = {row.agency_id: row for row in ControlSettings.objects.all()}
    staged: dict[tuple[Version, dt.date, Stage], list[Reading]] = defaultdict(list)
    for row in rows:
        agency = row.version.document.agency
        chosen = settings.get(agency.pk) or ControlSettings(agency=agency)
        stage = stage_of(
            row.due_on, today=today, remind_days=chosen.remind_days,
            escalate_days=chosen.escalate_days,
        )  # fmt: skip
        if stage is not None:
            staged[row.version, row.due_on, stage].append(row)
    overdue: dict[Version, list[Reading]] = defaultdict(list)
    with override("vi"):
        for (version, due_on, stage), readings in staged.items():
            _remind(version, due_on, stage, readings)
            if stage == Stage.ESCALATED:
                overdue[version] += readings
        for version, late in overdue.items():
            _escalate(version, late)
    return sum(len(readings) for readings in staged.values())


def _remind(version: Version, due_on: dt.date, stage: Stage, readings: list[Reading]) -> None:
    day = f"{due_on:%d/%m/%Y}"
    body = {
        Stage.SOON: _("Hạn đọc và xác nhận là ngày %s.") % day,
        Stage.DUE: _("Hôm nay (%s) là hạn đọc và xác nhận.") % day,
    }.get(stage, _("Đã quá hạn đọc và xác nhận (%s).") % day)
    notify(
        [reading.person for reading in readings],
        agency=version.document.agency,
        key=f"version:{version.pk}:read:{due_on:%Y%m%d}:{stage}",
        subject=_("Đọc và xác nhận: %s") % version,
        body=body,
        address=reading_address(version),
    )


def _escalate(version: Version, late: list[Reading]) -> None:
    """The head of each unit hears of his people, the quality office of all; once a version."""
    agency = version.document.agency
    held = Membership.objects.current(timezone.localdate()).filter(
        agency=agency, user__is_active=True
    )
    above = list(held.filter(role__in=[UNIT_HEAD, Role.QUALITY]).select_related("user"))
    by_unit: dict[int, list[Reading]] = defaultdict(list)
    for row in late:
        if row.unit_id is not None:
            by_unit[row.unit_id].append(row)
    for unit, theirs in by_unit.items():
        heads = {m.user for m in above if m.role == UNIT_HEAD and m.unit_id == unit}
        _tell(
            version, agency, heads, theirs, key=f"version:{version.pk}:unit:{unit}:readings-late"
        )
    quality = {m.user for m in above if m.role == Role.QUALITY}
    _tell(version, agency, quality, late, key=f"version:{version.pk}:readings-late")


def _tell(
    version: Version, agency: Agency, people: Iterable[User], late: list[Reading], *, key: str
) -> None:
    names = ", ".join(row.name for row in late)
    notify(
        people,
        agency=agency,
        key=key,
        subject=_("%(n)d người chưa xác nhận đọc %(version)s")
        % {"n": len(late), "version": version},
        body=_("Đã quá hạn mà chưa xác nhận: %s.") % names,
        address=reading_address(version),
    )
