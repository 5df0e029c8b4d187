"""What the document pages show, put together once so that templates only place it.

No rules here: states come from `lifecycles`, who may do what from `permissions`.
"""

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.journey import Journey, journey_of
from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import (
    PROCEDURES,
    ChangeRequestLine,
    Comment,
    Document,
    DocumentKind,
    PeriodicReview,
    ProcedureDetails,
    Section,
    Version,
)
from documents.permissions import may, visible_documents, visible_versions
from documents.related import links_of
from documents.services.change import seen_by
from documents.services.content import content_of
from documents.services.details import STEPPED
from documents.services.periodic_review import due_on
from documents.services.procedure import Due, due, faults
from documents.services.redline import Line, Redline
from documents.services.redline import Part as PartOfRedline
from qms.agencies.models import User
from qms.kernel.citing import linked
from qms.kernel.content import Content, Procedure, content_hash
from qms.kernel.procedures import section_of
from qms.kernel.text import fold
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
class Part:
    """A section ready for the page: pictures at their address, tables that scroll."""

    anchor: str
    section: Section
    html: SafeString

    @property
    def lists_forms(self) -> bool:
        """Whether this is the section on forms, under which they are listed as they are now."""
        return fold(self.section.title).startswith("bieu mau")


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Everything the version page shows besides its forms."""

    content: Content
    parts: list[Part]
    journey: Journey
    siblings: list[Version]
    events: list[Event]
    tabs: list[tuple[str, str, bool]]
    clauses: list[Clause]
    version: Version
    comments: list[Comment]
    request_lines: list[ChangeRequestLine]
    reviews: list[PeriodicReview]
    review_due_on: dt.date | None
    replacement: Document | None

    @classmethod
    def of(cls, version: Version, *, by: User, tab: str) -> Self:
        """Read in a fixed number of queries whatever the length of the document."""
        sections = list(version.sections.prefetch_related("clauses"))
        content = content_of(version)
        siblings = list(
            visible_versions(by).filter(document=version.document_id).order_by("-pk")[:20]
        )
        events = Event.objects.filter(
            subject_type="documents.version", subject_id=version.pk
        ).order_by("-pk")
        links = links_of(version, by=by) if tab == "content" else {}
        return cls(
            content=content,
            parts=[_part(section, version, links) for section in sections],
            journey=journey_of(version, hash_now=content_hash(content)),
            siblings=siblings,
            events=list(events if tab == "history" else events[:RECENT]),
            tabs=_tabs(version, tab, _base(version, siblings)),
            version=version,
            request_lines=list(version.change_request_lines.select_related("request")),
            reviews=list(version.document.periodic_reviews.all()[:3]),
            review_due_on=due_on(version) if version.state == S.IN_FORCE else None,
            replacement=_replacement(version, by),
            comments=list(version.comments.select_related("by")),
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
    def unresolved(self) -> int:
        """How many remarks nobody has settled yet."""
        return sum(comment.resolved_at is None for comment in self.comments)

    @property
    def in_force(self) -> Version | None:
        return next((v for v in self.siblings if v.state == S.IN_FORCE), None)

    @property
    def in_flight(self) -> Version | None:
        return next((v for v in self.siblings if v.state in IN_FLIGHT), None)


@dataclass(frozen=True, slots=True)
class Card:
    """One change as the compare page shows it: seen or not, with what was said about it."""

    part: PartOfRedline
    line: Line
    key: str
    seen: bool
    comments: list[Comment]

    @property
    def place(self) -> str:
        """The section, as a remark about this change will name it."""
        return f"{self.part.number}. {self.part.title}".strip(". ")

    @property
    def quote(self) -> str:
        return " | ".join(self.line.after or self.line.before)[:200]


def cards_of(
    redline: Redline, version: Version, comments: list[Comment], *, by: User
) -> list[Card]:
    """The changes with what `by` has seen of them (one query) and what anybody said."""
    seen = seen_by(by, version)
    said: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        said[comment.change_key].append(comment)
    cards = []
    for part in redline.parts:
        for line in part.changes:
            key = part.key_of(line)
            cards.append(Card(part, line, key, key in seen, said[key]))
    return cards


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reader got in the changes; `next` is the number of the first one not seen."""

    seen: int
    total: int
    next: int

    @property
    def left(self) -> int:
        return self.total - self.seen


def progress_of(cards: list[Card]) -> Progress:
    unseen = [card.line.number for card in cards if not card.seen]
    return Progress(len(cards) - len(unseen), len(cards), unseen[0] if unseen else 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a copy is worth today, in one sentence; public, so nothing of drafts."""

    kind: str
    icon: str
    sentence: str


def standing_of(version: Version) -> Standing:
    """In force, not yet, superseded by which number, or withdrawn; of a restricted one no number."""
    if version.state == S.IN_FORCE:
        return Standing("ok", "circle-check", _("Bản này đang có hiệu lực."))
    if version.state == S.APPROVED:
        day = _day(version.effective_on)
        return Standing("warn", "calendar-clock", _("Bản này có hiệu lực từ ngày %s.") % day)
    if version.state == S.WITHDRAWN:
        replaced_by = version.withdrawal.replaced_by if hasattr(version, "withdrawal") else None
        if replaced_by is None or replaced_by.restricted or version.document.restricted:
            return Standing("bad", "ban", _("Bản này đã bị bãi bỏ, không còn dùng."))
        said = _("Bản này đã bị bãi bỏ và được thay bằng tài liệu %s.") % replaced_by
        return Standing("bad", "ban", said)
    later = version.document.versions.in_force().first()
    if later is None or version.document.restricted:
        return Standing("bad", "ban", _("Bản này đã hết hiệu lực."))
    return Standing("bad", "ban", _("Bản này đã được thay bằng %s.") % later.number)


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """The details of a TTHC procedure: as printed, what does not add up, when a result is due."""

    html: SafeString
    faults: list[str]
    due: Due | None
    may_change: bool

    @classmethod
    def of(cls, version: Version, content: Content, *, by: User) -> Self | None:
        """None for other kinds, templates of other kinds, and readers where there are no details."""
        said = content.procedure
        kind = version.document.kind
        if kind != DocumentKind.TTHC_PROCEDURE and (kind not in STEPPED or said is None):
            return None
        writes = version.state == S.DRAFT and may(by, "change", ProcedureDetails(version=version))
        if said is None:
            return cls(SafeString(), [], None, writes) if writes else None
        current = version.state == S.IN_FORCE or version.state in IN_FLIGHT
        return cls(
            html=_printed(said),
            faults=faults(said),
            due=due(said, version.document.agency) if current else None,
            may_change=writes,
        )


def forms_in_force(version: Version, by: User) -> list[Version]:
    """The forms of a procedure that are in force, of those the reader sees."""
    if version.document.kind not in PROCEDURES:
        return []
    seen = visible_versions(by).in_force().filter(document__parent=version.document_id)
    return list(seen.select_related("document").order_by("document__code_key")[:100])


def _printed(said: Procedure) -> SafeString:
    """Our own section, every word escaped when it was made; its table scrolls by itself."""
    opening = format_html(
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>',
        _("Bảng trình tự giải quyết"),
    )
    html = section_of(said).html.replace("<table>", opening)
    return mark_safe(html.replace("</table>", "</table></div>"))  # noqa: S308  # escaped above


def parts_of(version: Version) -> list[Part]:
    """The sections of `version` ready for a page, with their clauses."""
    return [_part(s, version) for s in version.sections.prefetch_related("clauses")]


def _part(
    section: Section, version: Version, links: Mapping[str, tuple[str, str]] | None = None
) -> Part:
    """The section's rich text was cleaned when it was kept; only our own markup is added."""
    picture = reverse("documents:file-picture", args=[version.pk, "0" * 64])
    html = _ASSET.sub(lambda m: picture.replace("0" * 64, m[1]), linked(section.html, links or {}))
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


def _replacement(version: Version, by: User) -> Document | None:
    """What takes the place of a withdrawn document, for those who see it."""
    if version.state not in (S.SUPERSEDED, S.WITHDRAWN):
        return None
    named = version.document.withdrawals.values("replaced_by")
    return visible_documents(by).filter(pk__in=named).first()


def _base(version: Version, siblings: list[Version]) -> Version | None:
    """The nearest version before this one that came to something."""
    before = [v for v in siblings if v.pk < version.pk and v.state != S.DISCARDED]
    return max(before, key=lambda v: v.pk, default=None)


def _tabs(version: Version, tab: str, base: Version | None) -> list[tuple[str, str, bool]]:
    tabs = [(_("Nội dung"), "version-detail", "content")]
    if base is not None:
        changes = _("Thay đổi so với %s") % base.number
        tabs.append((changes, "version-compare", "compare"))
    if version.document.kind in PROCEDURES:
        tabs.append((_("Biểu mẫu"), "version-forms", "forms"))
    if version.state != S.DISCARDED and version.document.kind != DocumentKind.GUIDANCE:
        tabs.append((_("Áp dụng và xác nhận đọc"), "reading-show", "reading"))
    tabs.append((_("Liên quan"), "reference-list", "related"))
    tabs.append((_("Lịch sử"), "version-history", "history"))
    return [
        (label, reverse(f"documents:{name}", args=[version.pk]), word == tab)
        for label, name, word in tabs
    ]


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
