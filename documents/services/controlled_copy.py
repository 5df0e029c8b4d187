"""What is done with controlled copies: giving, exchanging, taking back, losing, destroying."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents import permissions
from documents.lifecycles import COPY_LIFECYCLE, CopyState, VersionState
from documents.models import ControlledCopy, Version
from documents.services.audience import workers_of
from qms.agencies.models import Membership, Role, Unit, User
from qms.kernel.moves import move
from qms.kernel.numbering import next_number
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.kernel.text import one_line
from qms.notices.services import notify
from qms.trail.services import record


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a copy: a person with an account, a unit, or a place in free words."""

    person: User | None = None
    unit: Unit | None = None
    words: str = ""

    @property
    def name(self) -> str:
        return one_line(str(self.person or self.unit or self.words))[:200]


@transaction.atomic
def give(
    version: Version, *, by: User, holders: Sequence[Holder], given_on: dt.date
) -> list[ControlledCopy]:
    """One numbered copy to each holder, numbers on from the last of the document without gaps.

    Refuses versions that are not in force, nobody chosen, people and units of other
    agencies, a person who holds one already (a unit may hold several), and a day in the
    future or before the version was issued.
    """
    document = version.document
    permissions.require(by, "give", ControlledCopy(document=document, version=version))
    locked = Version.objects.select_for_update().get(pk=version.pk)
    if locked.state != VersionState.IN_FORCE:
        raise IllegalMove(_("Chỉ giao bản kiểm soát của bản đang hiệu lực."))
    _require_past(given_on)
    if version.issued_on is not None and given_on < version.issued_on:
        raise Unacceptable(
            _("Ngày giao không thể trước ngày ban hành (%s).")
            % version.issued_on.strftime("%d/%m/%Y")
        )
    _require_ours(version, holders)
    _require_none_yet(version, holders)
    copies = [
        ControlledCopy.objects.create(
            document=document, version=version, number=next_number(f"copy:{document.pk}"),
            holder=holder.name, person=holder.person, unit=holder.unit, given_on=given_on,
            given_by=by,
        )
        for holder in holders
    ]  # fmt: skip
    record(
        by, "controlled_copy.given", version, agency=document.agency, given_on=str(given_on),
        copies=[[copy.number, copy.holder] for copy in copies],
    )  # fmt: skip
    return copies


@transaction.atomic
def exchange(copy: ControlledCopy, *, by: User, day: dt.date) -> ControlledCopy:
    """Take an outdated copy back and give its holder the version in force under the same number.

    Refuses a copy that is not out, one of the version in force, and a document without any.
    """
    permissions.require(by, "exchange", copy)
    current = copy.document.versions.in_force().select_for_update().first()
    if current is None or current.pk == copy.version_id:
        raise IllegalMove(_("Chỉ đổi được bản kiểm soát của bản đã hết hiệu lực lấy bản mới."))
    if copy.state != CopyState.OUT:
        raise IllegalMove(_("Bản này không còn ở nơi giữ nên không đổi được. Giao bản mới."))
    take_back(copy, by=by, day=day, remark=_("Đổi lấy %s") % current.number)
    try:
        with transaction.atomic():
            fresh = ControlledCopy.objects.create(
                document=copy.document, version=current, number=copy.number, holder=copy.holder,
                person=copy.person, unit=copy.unit, given_on=day, given_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Stale(_("Bản mang số này vừa được đổi. Tải lại trang để xem.")) from None
    record(
        by, "controlled_copy.given", current, agency=copy.document.agency, given_on=str(day),
        copies=[[fresh.number, fresh.holder]],
    )  # fmt: skip
    return fresh


@transaction.atomic
def take_back(copy: ControlledCopy, *, by: User, day: dt.date, remark: str = "") -> None:
    """The copy is back with the quality office, also one that was lost. Refuses days out of order."""
    permissions.require(by, "take_back", copy)
    _end(copy, "take_back", by=by, day=day, remark=remark, returned_on=day)


@transaction.atomic
def recall(
    copies: Sequence[ControlledCopy], *, by: User, day: dt.date, exchanged: bool, remark: str = ""
) -> None:
    """Take several copies back in one go, or exchange each for the version in force.

    All or none: refuses as `take_back` and `exchange` do, and when nothing is chosen.
    """
    if not copies:
        raise Unacceptable(_("Chọn các bản đã nhận lại."))
    for copy in copies:
        if exchanged:
            exchange(copy, by=by, day=day)
        else:
            take_back(copy, by=by, day=day, remark=remark)


@transaction.atomic
def report_lost(copy: ControlledCopy, *, by: User, day: dt.date, remark: str) -> None:
    """The copy cannot be found; by the quality office or its holder. Refuses without saying how."""
    permissions.require(by, "report_lost", copy)
    if not remark.strip():
        raise Unacceptable(_("Nêu bản bị mất trong trường hợp nào."))
    _end(copy, "report_lost", by=by, day=day, remark=remark, lost_on=day)


@transaction.atomic
def destroy(copy: ControlledCopy, *, by: User, day: dt.date, remark: str = "") -> None:
    """The copy was made unreadable, after it came back or where it was held."""
    permissions.require(by, "destroy", copy)
    _end(copy, "destroy", by=by, day=day, remark=remark, destroyed_on=day)


def announce_recall(version: Version) -> int:
    """Tell the holders of copies of an ended version, and the quality office, that they go back.

    Holders with an account get it, of a unit its head. Safe to repeat; how many copies.
    """
    copies = list(
        ControlledCopy.objects.to_recall().filter(version=version).select_related("person")
    )
    if not copies:
        return 0
    agency = version.document.agency
    heads = Membership.objects.current(timezone.localdate()).filter(agency=agency)
    told = {c.person for c in copies if c.person is not None}
    units = [c.unit_id for c in copies if c.unit_id is not None]
    heads = heads.select_related("user")
    told |= {m.user for m in heads.filter(role=Role.REVIEWER, unit__in=units)}
    told |= {m.user for m in heads.filter(role=Role.QUALITY)}
    numbers = ", ".join(c.label for c in copies)
    with override("vi"):
        notify(
            [p for p in told if permissions.visible_versions(p).filter(pk=version.pk).exists()],
            agency=agency,
            key=f"version:{version.pk}:recall",
            subject=_("Thu hồi bản kiểm soát: %s") % version,
            body=_("Bản này đã hết hiệu lực. Nộp lại cho Thư ký ISO các bản số: %s.") % numbers,
            address=reverse("documents:reading-show", args=[version.pk]),
        )
    return len(copies)


def _end(
    copy: ControlledCopy, verb: str, *, by: User, day: dt.date, remark: str, **days: dt.date
) -> None:
    COPY_LIFECYCLE.step(verb, copy.state)
    _require_past(day)
    since = max(d for d in (copy.given_on, copy.returned_on, copy.lost_on) if d)
    if day < since:
        raise Unacceptable(
            _("Ngày này không thể trước ngày %s đã ghi trong sổ.") % since.strftime("%d/%m/%Y")
        )
    move(copy, verb, COPY_LIFECYCLE, remark=one_line(remark) or copy.remark, **days)
    record(
        by, COPY_LIFECYCLE.event(verb), copy, agency=copy.document.agency, reason=remark,
        number=copy.number, holder=copy.holder, day=str(day),
    )  # fmt: skip


def _require_none_yet(version: Version, holders: Sequence[Holder]) -> None:
    """A person needs one copy: a second is a button pressed twice."""
    people = [holder.person for holder in holders if holder.person is not None]
    out = ControlledCopy.objects.out().filter(version=version, person__in=people)
    there = {copy.person for copy in out.select_related("person")}
    for n, person in enumerate(people):
        if person in there or person in people[:n]:
            raise Unacceptable(
                _("%s đang giữ một bản kiểm soát của bản này. Bỏ tên này khỏi nơi nhận.") % person
            )


def _require_past(day: dt.date) -> None:
    today = timezone.localdate()
    if day > today:
        raise Unacceptable(
            _("Ngày ghi sổ không thể sau hôm nay (%s).") % today.strftime("%d/%m/%Y")
        )


def _require_ours(version: Version, holders: Sequence[Holder]) -> None:
    if not holders:
        raise Unacceptable(_("Chọn ít nhất một nơi nhận bản kiểm soát."))
    workers = workers_of(version.document.agency)
    for holder in holders:
        if not holder.name:
            raise Unacceptable(_("Nêu tên nơi nhận bản kiểm soát."))
        if holder.person is not None and holder.person.pk not in workers:
            raise Unacceptable(_("%s không làm việc tại cơ quan này.") % holder.person)
        if holder.unit is not None and holder.unit.agency_id != version.document.agency_id:
            raise Unacceptable(_("%s không thuộc cơ quan này.") % holder.unit)
