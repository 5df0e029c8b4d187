"""Writing a draft section by section: its words, number, title, clauses, place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import Section, Version
from documents.services import picture as pictures
from documents.services.content import content_of
from documents.services.redline import Redline, compare
from documents.services.saving import advance, saved
from documents.services.wording import require_wording
from qms.agencies.models import User
from qms.kernel import content as said
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import nfc, one_line
from qms.standards.models import Clause
from qms.word.browser import kept

# Above every place a section has, while places are given anew.
_ASIDE = 100_000


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody wants a section to be."""

    number: str
    title: str
    html: str
    clauses: Sequence[Clause] = ()


@transaction.atomic
def edit(section: Section, *, by: User, wording: Wording, revision: int) -> None:
    """Save the words of one section.

    `revision` names the save they were written from: refuses with `Stale` when somebody
    saved since, and overwrites nothing; what was saved already as it is asked is no refusal
    and no second save. Refuses an empty title, and a draft that somebody else holds.
    """
    version = section.version
    permissions.require(by, "edit", version)
    wording = _settled(version, wording, by=by)
    if _is_saved(version, wording, revision):
        return
    advance(version, by=by, revision=revision)
    _say(Section.objects.get(pk=section.pk), wording)
    saved(version, "section_edited", by=by, section=_named(wording))
    section.refresh_from_db()


@transaction.atomic
def create(
    version: Version, *, by: User, wording: Wording, revision: int, after: int = 0
) -> Section:
    """Add a section after the place `after`; 0: at the end. Refuses as `edit` does."""
    permissions.require(by, "edit", version)
    wording = _settled(version, wording, by=by)
    if _is_saved(version, wording, revision):
        return version.sections.filter(number=wording.number, title=wording.title)[0]
    advance(version, by=by, revision=revision)
    before = list(version.sections.all())
    last = max((s.order for s in before), default=0)
    section = Section(version=version, order=last + 1)
    section.save()
    _say(section, wording)
    if after:
        at = sum(1 for s in before if s.order <= after)
        _arrange(version, [*before[:at], section, *before[at:]])
    saved(version, "section_created", by=by, section=_named(wording))
    section.refresh_from_db()
    return section


@transaction.atomic
def remove(section: Section, *, by: User, revision: int) -> None:
    """Take a section out of a draft; the version in force keeps its own."""
    version = section.version
    permissions.require(by, "edit", version)
    advance(version, by=by, revision=revision)
    name = str(section)
    section.delete()
    _arrange(version, list(version.sections.all()))
    saved(version, "section_removed", by=by, section=name)


@transaction.atomic
def move(section: Section, *, by: User, up: bool, revision: int) -> None:
    """Put a section before the one above it, or after the one below. At the end: nothing."""
    version = section.version
    permissions.require(by, "edit", version)
    advance(version, by=by, revision=revision)
    rows = list(version.sections.all())
    at = rows.index(section)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        raise Unacceptable(_("Mục này đã ở đầu hoặc cuối tài liệu."))
    rows[at], rows[to] = rows[to], rows[at]
    _arrange(version, rows)
    saved(version, "section_moved", by=by, section=str(section))


@transaction.atomic
def renumber(version: Version, *, by: User, revision: int) -> None:
    """Number the sections that have a number 1, 2, 3… in their order; the others stay without."""
    permissions.require(by, "edit", version)
    advance(version, by=by, revision=revision)
    numbered = [s for s in version.sections.all() if s.number]
    for n, section in enumerate(numbered, 1):
        section.number = str(n)
    Section.objects.bulk_update(numbered, ["number"])
    saved(version, "sections_renumbered", by=by, sections=len(numbered))


def find_again(version: Version, pk: int, *, number: str, title: str) -> Section | None:
    """The section a page was about, also when an uploaded file has replaced its row since."""
    rows = list(version.sections.all())
    named = (
        [s for s in rows if s.pk == pk],
        [s for s in rows if (s.number, s.title) == (number, title)],
        [s for s in rows if s.title == title],
    )
    return next((found[0] for found in named if found), None)


def differences(version: Version, theirs: Section | None, mine: Wording) -> Redline:
    """What was saved against what somebody wants to save, of one section."""
    base = content_of(version)
    there = (said.Section(theirs.number, theirs.title, theirs.html),) if theirs else ()
    html = kept(pictures.unshown(mine.html))
    here = (said.Section(mine.number, mine.title, html),)
    return compare(replace(base, sections=there), replace(base, sections=here))


def _settled(version: Version, wording: Wording, *, by: User) -> Wording:
    number, title = one_line(wording.number), one_line(nfc(wording.title))
    if not title:
        raise Unacceptable(_("Nhập tên mục."))
    html = pictures.settle(version, kept(pictures.unshown(wording.html)), by=by)
    require_wording(version.document, [title, html])
    return Wording(number, title, html, tuple(wording.clauses))


def _is_saved(version: Version, wording: Wording, revision: int) -> bool:
    """Sent twice: the very next save after `revision` says just this."""
    now = Version.objects.filter(pk=version.pk).values_list("revision", flat=True).get()
    if now != revision + 1:
        return False
    rows = version.sections.filter(
        number=wording.number, title=wording.title, html=wording.html
    ).prefetch_related("clauses")
    return any({c.pk for c in s.clauses.all()} == {c.pk for c in wording.clauses} for s in rows)


def _say(section: Section, wording: Wording) -> None:
    section.number, section.title, section.html = wording.number, wording.title, wording.html
    section.save(update_fields=["number", "title", "html"])
    section.clauses.set(wording.clauses)


def _arrange(version: Version, rows: Iterable[Section]) -> None:
    """Places 1, 2, 3… in this order; by way of places nobody has, since each is had once."""
    rows = list(rows)
    version.sections.update(order=F("order") + _ASIDE)
    for n, section in enumerate(rows, 1):
        section.order = n
    Section.objects.bulk_update(rows, ["order"])


def _named(wording: Wording) -> str:
    return f"{wording.number}. {wording.title}" if wording.number else wording.title
