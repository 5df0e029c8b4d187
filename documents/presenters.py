"""What the document pages show, put together once so that templates only place it.

No rules here: states come from `lifecycles`, who may do what from `permissions`.
"""

import datetime as dt
import itertools
import re
from dataclasses import dataclass
from typing import Self

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import Decision, DocumentKind, Duty, Section, Verdict, Version
from documents.permissions import visible_versions
from documents.services.content import content_of
from qms.agencies.models import User
from qms.kernel.content import Content
from qms.standards.models import Clause
from qms.trail.models import Event

RECENT = 4
_TABLE = re.compile("<table>")
_ASSET = re.compile(r"asset:([0-9a-f]{64})")
S = VersionState

STATE_BADGES = {
    S.DRAFT: ("neutral", "pencil"),
    S.IN_REVIEW: ("info", "eye"),
    S.IN_APPROVAL: ("accent", "hourglass"),
    S.APPROVED: ("warn", "calendar-clock"),
    S.IN_FORCE: ("ok", "circle-check"),
    S.SUPERSEDED: ("neutral", "ban"),
    S.WITHDRAWN: ("neutral", "ban"),
    S.DISCARDED: ("neutral", "trash-2"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One dot of the stepper: name, who and when, whether it is done, now or to come."""

    label: str
    remark: str
    place: str
    icon: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section ready for the page: pictures at their address, tables that scroll."""

    anchor: str
    section: Section
    html: SafeString


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Everything the version page shows besides its forms."""

    content: Content
    parts: list[Part]
    stages: list[Stage]
    decisions: list[Decision]
    siblings: list[Version]
    events: list[Event]
    tabs: list[tuple[str, str, bool]]
    clauses: list[Clause]
    version: Version

    @classmethod
    def of(cls, version: Version, *, by: User, tab: str) -> Self:
        """Read in a fixed number of queries whatever the length of the document."""
        sections = list(version.sections.prefetch_related("clauses"))
        decisions = list(version.decisions.all())
        siblings = list(
            visible_versions(by).filter(document=version.document_id).order_by("-pk")[:20]
        )
        events = Event.objects.filter(
            subject_type="documents.version", subject_id=version.pk
        ).order_by("-pk")
        return cls(
            content=content_of(version),
            parts=[_part(section, version) for section in sections],
            stages=_stages(version, decisions),
            decisions=decisions,
            siblings=siblings,
            events=list(events if tab == "history" else events[:RECENT]),
            tabs=_tabs(version, tab, _base(version, siblings)),
            version=version,
            clauses=sorted(
                {c for s in sections for c in s.clauses.all()}, key=lambda clause: clause.order
            ),
        )

    @property
    def base(self) -> Version | None:
        """The version this one is compared with: the one before it."""
        return _base(self.version, self.siblings)

    def version_of(self, pk: str) -> Version | None:
        """Another version of the document that the reader sees."""
        others = (v for v in self.siblings if v.pk != self.version.pk)
        return next((v for v in others if str(v.pk) == pk), None)

    @property
    def in_force(self) -> Version | None:
        return next((v for v in self.siblings if v.state == S.IN_FORCE), None)

    @property
    def in_flight(self) -> Version | None:
        return next((v for v in self.siblings if v.state in IN_FLIGHT), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a copy is worth today, in one sentence; public, so nothing of drafts."""

    kind: str
    icon: str
    sentence: str


def standing_of(version: Version) -> Standing:
    """In force, not yet, superseded by which number, or withdrawn."""
    if version.state == S.IN_FORCE:
        return Standing("ok", "circle-check", _("Bản này đang có hiệu lực."))
    if version.state == S.APPROVED:
        day = _day(version.effective_on)
        return Standing("warn", "calendar-clock", _("Bản này có hiệu lực từ ngày %s.") % day)
    if version.state == S.WITHDRAWN:
        return Standing("bad", "ban", _("Bản này đã bị bãi bỏ, không còn dùng."))
    later = version.document.versions.in_force().first()
    if later is None:
        return Standing("bad", "ban", _("Bản này đã hết hiệu lực."))
    return Standing("bad", "ban", _("Bản này đã được thay bằng %s.") % later.number)


def parts_of(version: Version) -> list[Part]:
    """The sections of `version` ready for a page, with their clauses."""
    return [_part(s, version) for s in version.sections.prefetch_related("clauses")]


def _part(section: Section, version: Version) -> Part:
    """The section's rich text was cleaned when it was kept; only our own markup is added."""
    picture = reverse("documents:file-picture", args=[version.pk, "0" * 64])
    html = _ASSET.sub(lambda m: picture.replace("0" * 64, m[1]), section.html)
    tables = itertools.count(1)
    html = _TABLE.sub(lambda m: _opening(section, next(tables)), html)
    html = html.replace("</table>", "</table></div>")
    return Part(f"s{section.order}", section, mark_safe(html))  # noqa: S308  # cleaned when kept


def _opening(section: Section, number: int) -> str:
    """A table scrolls sideways in a region of its own name, so that a keyboard reaches it."""
    return format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>',
        _("Bảng %(number)d trong mục %(section)s") % {"number": number, "section": section},
    )


def _base(version: Version, siblings: list[Version]) -> Version | None:
    """The nearest version before this one that came to something."""
    before = [v for v in siblings if v.pk < version.pk and v.state != S.DISCARDED]
    return max(before, key=lambda v: v.pk, default=None)


def _tabs(version: Version, tab: str, base: Version | None) -> list[tuple[str, str, bool]]:
    tabs = [(_("Nội dung"), "version-detail", "content")]
    if base is not None:
        changes = _("Thay đổi so với %s") % base.number
        tabs.append((changes, "version-compare", "compare"))
    if version.state != S.DISCARDED and version.document.kind != DocumentKind.GUIDANCE:
        tabs.append((_("Áp dụng và xác nhận đọc"), "reading-show", "reading"))
    tabs.append((_("Lịch sử"), "version-history", "history"))
    return [
        (label, reverse(f"documents:{name}", args=[version.pk]), word == tab)
        for label, name, word in tabs
    ]


def _stages(version: Version, decisions: list[Decision]) -> list[Stage]:
    """Where the paper is, with whom, since when; only for versions on their way or in force."""
    if version.state == S.DISCARDED:
        return []
    order = [S.DRAFT, S.IN_REVIEW, S.IN_APPROVAL, S.APPROVED, S.IN_FORCE]
    ended = version.state in (S.SUPERSEDED, S.WITHDRAWN)
    reached = order.index(S.IN_FORCE if ended else S(version.state))
    agreed = {
        d.duty: d for d in decisions if d.round == version.round and d.verdict == Verdict.AGREED
    }
    rows = [
        (_("Soạn thảo"), _who(agreed.get(Duty.AUTHOR)) or str(version.author), "pencil"),
        (_("Soát xét"), _who(agreed.get(Duty.REVIEWER)) or _chosen(version.reviewer), "eye"),
        (_("Phê duyệt"), _who(agreed.get(Duty.APPROVER)) or _chosen(version.approver), "stamp"),
        (_("Ban hành"), _day(version.issued_on), "send"),
        (_("Có hiệu lực"), _day(version.effective_on), "circle-check"),
    ]
    last = len(rows) - 1
    return [
        Stage(label, remark, _place(n, reached, last), icon)
        for n, (label, remark, icon) in enumerate(rows)
    ]


def _place(n: int, reached: int, last: int) -> str:
    if n < reached or reached == last:
        return "done"
    return "now" if n == reached else "todo"


def _who(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return f"{decision.by_name} · {timezone.localtime(decision.at):%d/%m}"


def _chosen(person: User | None) -> str:
    return str(person) if person else ""


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
