"""What the clock reminds of: decisions that wait, texts sent back, documents to look at again.

By ranges of days and with the notices as the sent-log: a round that was missed misses
nobody, a round that runs twice tells nobody twice.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import ControlSettings, Decision, RunStep, Verdict, Version
from documents.permissions import holders, sees
from documents.services.periodic_review import due_until
from documents.services.run import waiting_people
from qms.agencies.models import Agency, Role, User
from qms.notices.services import Stage, notify, stage_of

REVIEW_NOTICE = dt.timedelta(days=30)


def remind(today: dt.date) -> None:
    """Tell everybody what is due, late, or late enough for the next one up."""
    with translation.override("vi"):
        for step in _waiting_steps():
            _remind_of_step(step, today)
        for decision in _sent_back():
            _remind_of_mending(decision, today)
        for agency in Agency.objects.filter(
            documents__versions__state=VersionState.IN_FORCE
        ).distinct():
            _remind_of_reviews(agency, today)


def ladder(agency: Agency, days_late: int, escalate_days: int) -> list[User]:
    """Who must know besides those who should act: the quality office, later the heads too."""
    people = list(holders(agency, Role.QUALITY))
    if days_late > 2 * escalate_days:
        people += [p for p in holders(agency, Role.APPROVER) if p not in people]
    return people


def _waiting_steps() -> Iterable[RunStep]:
    return (
        RunStep.objects.open()
        .filter(due_on__isnull=False, run__version__state__in=IN_FLIGHT)
        .select_related("run__version__document__agency", "run__version__author")
        .iterator(chunk_size=200)
    )


def _remind_of_step(step: RunStep, today: dt.date) -> None:
    version = step.run.version
    agency, rules = version.document.agency, ControlSettings.of(version.document.agency)
    if step.due_on is None:
        return
    stage = stage_of(
        step.due_on, today=today, remind_days=rules.remind_days, escalate_days=rules.escalate_days
    )
    if stage is None:
        return
    _tell(version, waiting_people(version), f"step:{step.pk}:{stage}", _sentence(stage, version))
    if stage == Stage.ESCALATED:
        late = (today - step.due_on).days
        above = ladder(agency, late, rules.escalate_days)
        names = ", ".join(str(person) for person in waiting_people(version))
        _tell(
            version, above, f"step:{step.pk}:above",
            _("%(version)s quá hạn %(days)d ngày, đang chờ %(names)s")
            % {"version": version, "days": late, "names": names},
        )  # fmt: skip


def _sent_back() -> Iterable[Decision]:
    """The decisions that sent back what is a draft still, the last one of each draft."""
    later = Decision.objects.filter(version=OuterRef("version"), pk__gt=OuterRef("pk"))
    back = Decision.objects.filter(verdict=Verdict.SENT_BACK, version__state=VersionState.DRAFT)
    rows = back.filter(round=F("version__round")).exclude(Exists(later))
    return rows.select_related("version__document__agency", "version__author").iterator(
        chunk_size=200
    )


def _remind_of_mending(decision: Decision, today: dt.date) -> None:
    """An author has as many days to mend a text as others had to look at it."""
    version = decision.version
    agency, rules = version.document.agency, ControlSettings.of(version.document.agency)
    due_on = timezone.localdate(decision.at) + dt.timedelta(days=rules.decide_days)
    stage = stage_of(
        due_on, today=today, remind_days=rules.remind_days, escalate_days=rules.escalate_days
    )
    if stage is None:
        return
    subject = _("Bản bị trả lại đang chờ bạn sửa: %s") % version
    _tell(version, [version.author], f"back:{decision.pk}:{stage}", subject)
    if stage == Stage.ESCALATED:
        late = (today - due_on).days
        above = ladder(agency, late, rules.escalate_days)
        _tell(
            version, above, f"back:{decision.pk}:above",
            _("%(version)s bị trả lại đã quá %(days)d ngày, đang chờ %(names)s")
            % {"version": version, "days": late, "names": version.author},
        )  # fmt: skip


def _remind_of_reviews(agency: Agency, today: dt.date) -> None:
    """A month before a periodic review is due, on its day, and once it is late."""
    versions = Version.objects.in_force().filter(document__agency=agency)
    rows = versions.select_related("document__agency").defer("text_folded")
    due_now = due_until(rows, today + REVIEW_NOTICE)
    people = list(holders(agency, Role.QUALITY)) if due_now else []
    for due in due_now:
        days = (due.due_on - today).days
        stage = Stage.SOON if days > 0 else Stage.DUE if days == 0 else Stage.LATE
        subject = _("Soát xét định kỳ %(version)s, hạn %(day)s") % {
            "version": due.version, "day": f"{due.due_on:%d/%m/%Y}",
        }  # fmt: skip
        key = f"review:{due.version.pk}:{due.due_on}:{stage}"
        _tell(due.version, people, key, subject)


def _sentence(stage: Stage, version: Version) -> str:
    if stage == Stage.SOON:
        return _("Sắp đến hạn cho ý kiến: %s") % version
    if stage == Stage.DUE:
        return _("Hôm nay đến hạn cho ý kiến: %s") % version
    return _("Quá hạn cho ý kiến: %s") % version


def _tell(version: Version, people: list[User], key: str, subject: str) -> None:
    if version.document.restricted:
        people = [person for person in people if sees(person, version)]
    notify(
        people, agency=version.document.agency, key=key, subject=subject, body=version.title,
        address=version.get_absolute_url(),
    )  # fmt: skip
