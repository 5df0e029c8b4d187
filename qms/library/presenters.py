"""What the pages of the library show, worked out before a template writes it down."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from documents.services.merging import Conflict, Merged, MergedSection, Outcome
from documents.services.redline import Part, compare
from qms.library.models import Update
from qms.library.services import update as updates

# What became of a section: in words, with the colour and the symbol of its badge.
OUTCOMES: dict[str, tuple[str | Promise, str, str]] = {
    Outcome.SAME: (_("Không đổi"), "neutral", "minus"),
    Outcome.KEPT: (_("Giữ bản của cơ quan"), "neutral", "check"),
    Outcome.TAKEN: (_("Nhận bản của tỉnh"), "ok", "arrow-down"),
    Outcome.MERGED: (_("Trộn cả hai"), "ok", "check"),
    Outcome.CONFLICT: (_("Cần chọn"), "warn", "triangle-alert"),
    Outcome.ADDED_BY_PROVINCE: (_("Mục mới của tỉnh"), "ok", "plus"),
    Outcome.ADDED_BY_US: (_("Mục riêng của cơ quan"), "neutral", "check"),
    Outcome.DROPPED_BY_PROVINCE: (_("Tỉnh đã bỏ"), "info", "trash-2"),
    Outcome.DROPPED_BY_US: (_("Cơ quan đã bỏ"), "neutral", "trash-2"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One conflict on the page: three texts, ready to show."""

    key: str
    base: SafeString
    ours: SafeString
    province: SafeString


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section of the merge: its name, what became of it, what must be chosen."""

    name: str
    word: str | Promise
    colour: str
    symbol: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class MergePage:
    """A merge on one page: what the province changed, and each section of ours."""

    parts: tuple[Part, ...]
    rows: tuple[SectionRow, ...]
    others: tuple[Question, ...]
    conflicts: int

    @classmethod
    def of(cls, update: Update) -> "MergePage":
        base, province = updates.filled_pair(update)
        merged = updates.merge_of(update)
        return cls(
            parts=tuple(part for part in compare(base, province).parts if part.changes),
            rows=tuple(_row(section) for section in merged.sections),
            others=tuple(map(_question, _elsewhere(merged))),
            conflicts=len(merged.conflicts),
        )


def _elsewhere(merged: Merged) -> list[Conflict]:
    """Conflicts of the title and of the details of a TTHC procedure."""
    title = [merged.title] if isinstance(merged.title, Conflict) else []
    return [*title, *merged.details.conflicts]


def _row(section: MergedSection) -> SectionRow:
    title = section.title if isinstance(section.title, str) else section.title.ours
    name = f"{section.number}. {title}" if section.number else title
    word, colour, symbol = OUTCOMES[section.outcome]
    return SectionRow(name, word, colour, symbol, tuple(map(_question, section.conflicts)))


def _question(conflict: Conflict) -> Question:
    return Question(
        conflict.key, *(_shown(text) for text in (conflict.base, conflict.ours, conflict.province))
    )


def _shown(html: str) -> SafeString:
    """A piece of clean rich text that may be a bare row or item, in what it needs around it."""
    if html.startswith("<tr"):
        html = f'<table class="redrow"><tbody>{html}</tbody></table>'
    elif html.startswith("<li"):
        html = f"<ul>{html}</ul>"
    return mark_safe(html)  # noqa: S308  # sections are cleaned when they are written
