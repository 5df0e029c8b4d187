"""The demonstration of distribution: lists, acknowledgements in every state, copies on paper.

Acts of today go through the services; their days are set back afterwards. Of the version that
was superseded before the demonstration began, what people had read is written down directly.
"""

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import timezone

from documents.models import (
    ControlledCopy,
    Dissemination,
    DocumentKind,
    Reading,
    ReadingMethod,
    Version,
)
from documents.services import controlled_copy as copies
from documents.services import dissemination
from documents.services import distribution as lists
from documents.services import reading as readings
from documents.services.controlled_copy import Holder
from documents.services.distribution import Line
from qms.agencies.models import Agency, Role, Unit, User
from qms.kernel.numbering import next_number

DEFAULTS = {
    "SKHCN": ("han.nn", [DocumentKind.SYSTEM_PROCEDURE, DocumentKind.INTERNAL_PROCEDURE]),
    "SNV": ("thai.dq", [DocumentKind.SYSTEM_PROCEDURE, DocumentKind.INTERNAL_PROCEDURE]),
    "UBND-29869": ("nghia.lt", [DocumentKind.SYSTEM_PROCEDURE]),
}
# Who read the version in force, and how many days ago; the others of the list still have to.
READ = {
    "trang.pt": 43, "han.nn": 45, "hanh.tm": 40, "bao.lq": 38, "duong.dtt": 41, "nam.dh": 36,
    "minh.cn": 39, "linh.vtm": 44, "tung.bt": 37, "khoa.tm": 42,
}  # fmt: skip
# Who joined the office lately, and has some days left; the rest of those who did not read is late.
JOINED = {"tram.lnb": 4, "phuc.lh": 2}
HELD = [
    ("Bộ phận Một cửa", None),
    ("", "Văn phòng"),
    ("", "Phòng Tiêu chuẩn Đo lường Chất lượng"),
    ("", "Phòng Chuyển đổi số"),
    ("Tủ hồ sơ ISO", None),
]


def load() -> int:
    """Lists, readings and copies of the demonstration; how many readings there are."""
    for code, (quality, kinds) in DEFAULTS.items():
        agency = Agency.objects.get(code=code)
        for kind in kinds:
            everybody = [Line()] if code != "SNV" else [Line(role=r) for r in _WORKING]
            lists.assign_default(agency, by=_person(quality), kind=kind, lines=everybody)
    in_force = Version.objects.in_force().filter(document__agency__code__in=DEFAULTS)
    for version in in_force.for_page():
        dissemination.distribute(version, by=User.clock())
    shown = in_force.for_page().filter(document__agency__code="SKHCN", document__code="QT.01")
    for version in shown:
        _readers(version)
        _copies(version)
    return Reading.objects.count()


_WORKING = (Role.AUTHOR, Role.REVIEWER, Role.APPROVER, Role.QUALITY)


def _readers(version: Version) -> None:
    """Some read the version long ago, some are late, some have just joined."""
    _read_before(version)
    given = version.effective_on or timezone.localdate()
    everybody = version.readings.all()
    everybody.exclude(person__username__in=JOINED).update(
        assigned_at=F("assigned_at") - (timezone.localdate() - given) - dt.timedelta(days=1),
        assigned_on=given, due_on=given + dt.timedelta(days=10),
    )  # fmt: skip
    for username, days in READ.items():
        person = _person(username)
        readings.acknowledge(version, by=person, seen=version.content_hash)
        _set_back(version, person, acknowledged_at=_moment(-days))
    for username, days in JOINED.items():
        _set_back(version, _person(username), due_on=_day(days))
    Dissemination.objects.filter(version=version).update(started_on=given)


def _read_before(version: Version) -> None:
    """What was read of the version before, so that its readers see only what changed."""
    before = dissemination.version_before(version)
    if before is None:
        return
    at = _moment(-300)
    Reading.objects.bulk_create(
        Reading(
            version=before, person=row.person, name=row.name, position=row.position,
            unit=row.unit, unit_name=row.unit_name, assigned_at=at, assigned_on=at.date(),
            due_on=at.date() + dt.timedelta(days=10), acknowledged_at=at + dt.timedelta(days=3),
            method=ReadingMethod.SCREEN, content_hash=before.content_hash,
        )
        for row in version.readings.select_related("person", "unit")
        if row.person.username not in JOINED
    )  # fmt: skip


def _copies(version: Version) -> None:
    """Five copies of the version before: two exchanged, one lost, one destroyed, the third still out."""
    before = dissemination.version_before(version)
    if before is None:
        return
    by, units = _person("han.nn"), {u.name: u for u in Unit.objects.filter(agency__code="SKHCN")}
    old = [
        ControlledCopy.objects.create(
            document=before.document, version=before, holder=words or unit or "",
            number=next_number(f"copy:{before.document_id}"), unit=units.get(unit or ""),
            given_on=_day(-300), given_by=by,
        )
        for words, unit in HELD
    ]  # fmt: skip
    copies.exchange(old[0], by=by, day=_day(-44))
    copies.exchange(old[1], by=by, day=_day(-43))
    copies.report_lost(old[3], by=by, day=_day(-40), remark="Thất lạc khi chuyển phòng làm việc.")
    copies.destroy(old[4], by=by, day=_day(-39), remark="Hủy tại chỗ, có biên bản.")
    copies.give(version, by=by, holders=[Holder(person=_person("khoa.tm"))], given_on=_day(-20))


def _set_back(version: Version, person: User, **days: Any) -> None:
    Reading.objects.filter(version=version, person=person).update(**days)


def _person(username: str) -> User:
    return User.objects.get(username=username)


def _day(offset: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=offset)


def _moment(offset: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=offset)
