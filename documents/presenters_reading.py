"""What the pages say about reading and copies: figures, bars, the part of a version to read."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import IN_FLIGHT
from documents.models import (
    ControlledCopy,
    Dissemination,
    Distribution,
    Reading,
    ReadingQuerySet,
    Version,
)
from documents.permissions import follows, may, visible_copies, visible_readings
from documents.services import audience
from documents.services import redline as redlines
from documents.services.content import content_of
from documents.services.dissemination import version_before
from documents.services.reading import last_read
from documents.services.redline import Redline
from qms.agencies.models import User
from qms.kernel.content import Content
from qms.word.richtext import plain_text

# Vietnamese officials' prose, syllables a minute.
READING_SPEED = 220


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of those asked have acknowledged, and how many are late."""

    total: int = 0
    done: int = 0
    late: int = 0
    label: str = ""

    @property
    def percent(self) -> int:
        """Whole percent; 100 only when nobody is missing."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def kind(self) -> str:
        if self.total and self.done == self.total:
            return "ok"
        return "bad" if self.late else "v"

    @property
    def remark(self) -> str:
        said = {"done": self.done, "total": self.total, "late": self.late}
        if self.late:
            return _("%(done)d/%(total)d người đã xác nhận, %(late)d người quá hạn") % said
        return _("%(done)d/%(total)d người đã xác nhận") % said

    @property
    def turns(self) -> str:
        """As `remark`, of several documents: who reads three is counted three times."""
        said = {"done": self.done, "total": self.total, "late": self.late}
        if self.late:
            return _("%(done)d/%(total)d lượt đã xác nhận, %(late)d lượt quá hạn") % said
        return _("%(done)d/%(total)d lượt đã xác nhận") % said


def progress_of(readings: ReadingQuerySet) -> Progress:
    """The figures of `readings`, one query."""
    return Progress(**readings.counted().aggregate(**_figures()))


def progress_by_unit(readings: ReadingQuerySet) -> list[Progress]:
    """The figures of each unit, those furthest behind first."""
    asked = readings.counted().order_by().values("unit_name")
    rows: Any = asked.annotate(**_figures())
    found = [
        Progress(r["total"], r["done"], r["late"], r["unit_name"] or _("Không ghi đơn vị"))
        for r in rows
    ]
    return sorted(found, key=lambda progress: (progress.percent, progress.label))


def progress_by_version(readings: ReadingQuerySet, versions: list[Version]) -> dict[int, Progress]:
    """The figures of each of `versions`, by key, in one query."""
    asked = readings.counted().filter(version__in=versions).order_by().values("version")
    rows: Any = asked.annotate(**_figures())
    return {r["version"]: Progress(r["total"], r["done"], r["late"]) for r in rows}


def _figures() -> dict[str, Any]:
    open_late = Q(acknowledged_at=None, due_on__lt=timezone.localdate())
    return {
        "total": Count("pk"),
        "done": Count("pk", Q(acknowledged_at__isnull=False)),
        "late": Count("pk", open_late),
    }


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """What stands beside the text of a version: the reader's own duty, the figures, old copies."""

    mine: Reading | None
    progress: Progress | None
    to_recall: int

    @classmethod
    def of(cls, version: Version, *, by: User) -> Self:
        mine = Reading.objects.open().filter(version=version, person=by).first()
        seen = visible_readings(by).filter(version=version)
        progress = progress_of(seen) if follows(by, version) else None
        copies = visible_copies(by).to_recall().filter(document=version.document_id)
        return cls(mine, progress if progress and progress.total else None, copies.count())


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The tab "Áp dụng và xác nhận đọc" besides its forms and its list of people."""

    version: Version
    mine: Reading | None
    base: Version | None
    redline: Redline | None
    minutes: int
    progress: Progress
    units: list[Progress]
    distribution: Distribution | None
    dissemination: Dissemination
    before: Version | None
    copies: list[ControlledCopy]
    to_recall: list[ControlledCopy]
    expected: int
    may_assign: bool
    may_distribute: bool
    may_weigh: bool
    may_record_paper: bool
    may_give: bool
    may_recall: bool

    @classmethod
    def of(cls, version: Version, content: Content, *, by: User) -> Self:
        document, seen = version.document, visible_readings(by).filter(version=version)
        mine = Reading.objects.filter(version=version, person=by, released_on=None).first()
        base = last_read(version, by) if mine and not mine.acknowledged_at else None
        redline = redlines.compare(content_of(base), content) if base else None
        found = audience.list_of(document)
        spread = Dissemination.objects.filter(version=version).first() or Dissemination(
            version=version
        )
        own = Distribution(agency=document.agency, document=document)
        copies = list(visible_copies(by).filter(document=document).out().for_list())
        before = version_before(version)
        in_use = version.state == "in_force"
        waits = in_use and found is not None and spread.started_on is None
        return cls(
            version=version, mine=mine, base=base, redline=redline,
            minutes=_minutes(redline, content), progress=progress_of(seen),
            units=progress_by_unit(seen), distribution=found, dissemination=spread,
            before=before, copies=copies, to_recall=sorted((c for c in copies if c.is_to_recall), key=lambda c: c.version_id),
            expected=_expected(version, found), may_assign=may(by, "assign", own),
            may_distribute=waits and may(by, "distribute", spread),
            may_weigh=before is not None and _is_open(version) and may(by, "weigh", spread),
            may_record_paper=in_use and may(by, "record_paper", spread),
            may_give=in_use
            and may(by, "give", ControlledCopy(document=document, version=version)),
            may_recall=may(by, "take_back", ControlledCopy(document=document, version=version)),
        )  # fmt: skip

    @property
    def is_asked(self) -> bool:
        """Whether the reader has still to acknowledge this very version."""
        reading = self.mine
        return (
            reading is not None
            and reading.acknowledged_at is None
            and self.version.state == "in_force"
        )

    @property
    def is_followed(self) -> bool:
        return self.progress.total > 1 or (self.progress.total == 1 and self.mine is None)

    @property
    def due_on(self) -> dt.date | None:
        return self.mine.due_on if self.mine else None


def _expected(version: Version, found: Distribution | None) -> int:
    """How many will be asked to read a version on its way, as the list stands today."""
    if found is None or version.state not in IN_FLIGHT:
        return 0
    return len(audience.on_list(audience.workers_of(version.document.agency), found.lines.all()))


def _is_open(version: Version) -> bool:
    return version.state not in ("superseded", "withdrawn", "discarded")


def _minutes(redline: Redline | None, content: Content) -> int:
    """How long the changes take to read, or the whole text when there is nothing to compare."""
    if redline is not None:
        said = " ".join(word for line in redline.changes for word in line.after)
    else:
        said = " ".join(f"{s.title} {plain_text(s.html)}" for s in content.sections)
    return max(1, math.ceil(len(said.split()) / READING_SPEED))
