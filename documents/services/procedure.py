"""The details of a TTHC procedure: proposed from its text, confirmed by its author, added up."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VersionState
from documents.models import ControlSettings, ProcedureDetails, Version
from documents.services import content as contents
from documents.services import details
from qms.agencies.models import Agency, User
from qms.agencies.worktime import Calendar, add_working_time, calendar
from qms.kernel.content import Procedure, Step
from qms.kernel.durations import Duration, Unit, in_words
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.services import record
from qms.word.richtext import plain_text
from qms.word.steptables import FoundSteps, step_table, total_in

# "1.001234", in the national database sometimes with its office: "1.001234.000.00.00.H20".
NATIONAL_CODE = re.compile(r"\d\.\d{6}(\.[0-9A-Z]{2,3}){0,4}")
MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the text says, for the author to confirm; `unsure` names what was not clear."""

    said: Procedure
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """When a result is due for papers taken in now; `unknown` are holidays not settled yet."""

    at: dt.datetime
    unknown: tuple[str, ...]


@transaction.atomic
def change(version: Version, *, by: User, said: Procedure, revision: int) -> None:
    """Write the details of a draft; a sum that does not fit is kept, and told by `faults`.

    `revision` names the save that was looked at: refuses with `Stale` when somebody saved
    since. Refuses other kinds of documents, what is no draft any more, a code that no
    formality has, a decision without its number, and a step that says nothing.
    """
    permissions.require(by, "change", ProcedureDetails(version=version))
    require_details_kind(version)
    if version.state != VersionState.DRAFT:
        raise IllegalMove(_("Chỉ sửa trình tự giải quyết được khi tài liệu còn là bản nháp."))
    _require_sound(said)
    same = Version.objects.filter(pk=version.pk, revision=revision, state=VersionState.DRAFT)
    if not same.update(revision=F("revision") + 1):
        raise Stale(_("Người khác vừa lưu bản nháp này. Tải lại trang rồi sửa tiếp."))
    version.refresh_from_db()
    details.write(version, said)
    version.text_folded = contents.folded_text(contents.content_of(version))
    version.save(update_fields=["text_folded"])
    record(
        by, "procedure_details.changed", version, agency=version.document.agency,
        national_code=said.national_code, minutes=said.minutes, steps=len(said.steps),
    )  # fmt: skip


def faults(said: Procedure | None) -> list[str]:
    """Why the times do not add up, in whole sentences; nothing when nothing was filled in."""
    if said is None:
        return []
    if not said.steps and not said.minutes:
        return []
    if not said.steps:
        return [_("Chưa có bảng trình tự. Nhập các bước, hoặc xóa tổng thời gian.")]
    if not said.minutes:
        return [_("Chưa có tổng thời gian giải quyết. Nhập tổng thời gian.")]
    total = sum(step.minutes for step in said.steps)
    if total == said.minutes:
        return []
    return [
        _(
            "Tổng thời gian các bước là %(sum)s, khác tổng thời gian giải quyết %(total)s. "
            "Sửa thời gian từng bước hoặc tổng thời gian trước khi trình."
        )
        % {"sum": in_words(total, said.unit), "total": in_words(said.minutes, said.unit)}
    ]


def require_adding_up(version: Version) -> None:
    """Refuse to send on a procedure whose steps do not take its whole time."""
    for fault in faults(details.details_of(version)):
        raise Unacceptable(fault)


def require_details_kind(version: Version) -> None:
    if version.document.kind not in details.STEPPED:
        raise IllegalMove(_("Chỉ quy trình giải quyết TTHC có bảng trình tự này."))


def proposal(version: Version) -> Proposal | None:
    """The step table that the text holds; None where it holds none."""
    found, whole = None, None
    for section in version.sections.all():
        found = found or step_table(section.html)
        whole = whole or total_in(plain_text(section.html))
    return _proposed(found, whole) if found else None


def due(said: Procedure, agency: Agency, *, at: dt.datetime | None = None) -> Due | None:
    """When the result is due if papers come in at `at` (now); None without a whole time."""
    if not said.minutes:
        return None
    days, start = calendar_of(agency), timezone.localtime(at)
    end = add_working_time(start, said.minutes / 60, of=days)
    return Due(end, tuple(days.unknown(start.date(), end.date())))


def calendar_of(agency: Agency) -> Calendar:
    """The public calendar with the agency's own days off and days worked instead."""
    settings = ControlSettings.of(agency)
    return calendar(_days(settings.days_off), _days(settings.days_worked))


def _days(written: list[str]) -> frozenset[dt.date]:
    return frozenset(dt.date.fromisoformat(day) for day in written)


def _require_sound(said: Procedure) -> None:
    if said.national_code and not NATIONAL_CODE.fullmatch(said.national_code):
        raise Unacceptable(
            _("Mã thủ tục có dạng 1.001234 như trên Cơ sở dữ liệu quốc gia về TTHC.")
        )
    if said.act_on and not said.act_number:
        raise Unacceptable(_("Nhập số của quyết định công bố, hoặc xóa ngày."))
    if any(not step.name.strip() for step in said.steps):
        raise Unacceptable(_("Mỗi bước cần nói rõ việc phải làm."))
    if len(said.steps) > MOST_STEPS:
        raise Unacceptable(_("Bảng trình tự có nhiều nhất %d bước.") % MOST_STEPS)


def _proposed(found: FoundSteps, whole: Duration | None) -> Proposal:
    steps = tuple(
        Step(
            one.name,
            one.responsible,
            one.time.minutes if one.time else 0,
            one.time.unit if one.time else Unit.DAY,
            one.result,
        )
        for one in found.steps
    )
    total = found.total or whole
    unsure = [
        _('Bước %(n)d: thời gian ghi là "%(time)s", kiểm tra lại số và đơn vị.')
        % {"n": n, "time": one.unsure}
        for n, one in enumerate(found.steps, 1)
        if one.unsure
    ]
    if total is None:
        unsure.append(_("Không tìm thấy tổng thời gian giải quyết trong văn bản."))
    said = Procedure(
        "", "", "", "", "", None, total.minutes if total else 0,
        total.unit if total else Unit.DAY, steps,
    )  # fmt: skip
    return Proposal(said, tuple(unsure))
