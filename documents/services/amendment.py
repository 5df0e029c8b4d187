"""The amendment sheet of a revision: proposed from what changed, worded by the author."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import AmendmentLine, Version
from documents.services.redline import ADDED, MOVED, REMOVED, SAME, Line, Part, Redline
from documents.services.saving import advance
from qms.agencies.models import User
from qms.kernel.content import Amendment
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import one_line
from qms.trail.services import record

# Of one section; whoever wants every word reads the redline.
MOST_CHANGES, MOST_LETTERS = 6, 160


def proposals(redline: Redline, *, number: str, on: str) -> list[Amendment]:
    """One line for each section that changed, in the words of the sheet; Vietnamese, a record."""
    return [
        Amendment("", _place(part), _described(part), number, on)
        for part in redline.parts
        if part.changes
    ]


def earlier(version: Version, base: Version | None) -> int:
    """How many lines of the sheet stand there since before this revision."""
    if base is None:
        return 0
    old, new = _said(base.amendments.all()), _said(version.amendments.all())
    return len(old) if new[: len(old)] == old else 0


@transaction.atomic
def amend(
    version: Version, *, by: User, lines: Sequence[Amendment], kept: int, revision: int
) -> None:
    """Write the lines of this revision below the `kept` earlier ones.

    `revision` names the save that was looked at: refuses with `Stale` when somebody saved
    since, or while somebody else holds the draft. Refuses a line that says where and not what.
    """
    permissions.require(by, "amend", version)
    if any(not line.description.strip() for line in lines):
        raise Unacceptable(_("Mỗi dòng cần mô tả nội dung sửa đổi."))
    advance(version, by=by, revision=revision)
    version.amendments.filter(
        pk__in=[line.pk for line in version.amendments.all()[kept:]]
    ).delete()
    last = max((line.order for line in version.amendments.all()), default=0)
    AmendmentLine.objects.bulk_create(
        AmendmentLine(
            version=version, order=order, request=line.request, place=line.place,
            description=line.description, number=line.number, on=line.on,
        )
        for order, line in enumerate(lines, last + 1)
    )  # fmt: skip
    record(
        by, "version.amended", version, agency=version.document.agency, lines=len(lines),
        revision=version.revision,
    )  # fmt: skip


def stamp(version: Version) -> tuple[str, str]:
    """What stands in the last two columns: "01/02" and today."""
    number = f"{version.issue_no:02d}/{version.amendment_no:02d}"
    return number, f"{timezone.localdate():%d/%m/%Y}"


def _place(part: Part) -> str:
    if not part.title:
        return "Trang bìa"
    return f"Mục {part.number}. {part.title}" if part.number else part.title


def _described(part: Part) -> str:
    if part.kind == ADDED:
        return "Bổ sung mục này."
    if part.kind == REMOVED:
        return "Bỏ mục này."
    said = [_change(line) for line in part.changes[:MOST_CHANGES]]
    more = len(part.changes) - len(said)
    return "; ".join(said) + (f"; và {more} thay đổi khác." if more else ".")


def _change(line: Line) -> str:
    if line.kind == ADDED:
        return f"thêm “{_short(' | '.join(line.after))}”"
    if line.kind == REMOVED:
        return f"bỏ “{_short(' | '.join(line.before))}”"
    if line.kind == MOVED:
        return f"chuyển vị trí “{_short(' | '.join(line.after))}”"
    spans = [span for cell in line.cells for span in cell if span[1] != SAME]
    gone = " … ".join(text.strip() for text, kind in spans if kind == REMOVED)
    come = " … ".join(text.strip() for text, kind in spans if kind == ADDED)
    if not gone:
        return f"thêm “{_short(come)}”"
    return f"sửa “{_short(gone)}” thành “{_short(come)}”" if come else f"bỏ “{_short(gone)}”"


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()}…"


def _said(lines: Iterable[AmendmentLine]) -> list[tuple[str, ...]]:
    return [(x.request, x.place, x.description, x.number, x.on) for x in lines]
