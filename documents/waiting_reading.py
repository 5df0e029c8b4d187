"""What waits for a person to be read, and which copies wait for the quality office to come back."""

import math
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.models import Reading
from documents.permissions import visible_copies, visible_readings
from qms.agencies.models import Role, User
from qms.web.task import Task

# Vietnamese text: five characters a syllable, 220 syllables a minute.
CHARACTERS_A_MINUTE = 1100


def waiting_for(user: User) -> list[Task]:
    """Versions to read and acknowledge; for the quality office also copies to be recalled."""
    return [*_readings(user), *_recalls(user)]


def _readings(user: User) -> list[Task]:
    before = Reading.objects.really_read().filter(
        person=user,
        version__document=OuterRef("version__document"),
        version__lt=OuterRef("version"),
    )
    rows = (
        visible_readings(user)
        .open()
        .filter(person=user)
        .annotate(length=Length("version__text_folded"), knows=Exists(before))
        .select_related("version")
        .defer("version__text_folded")
        .order_by("due_on", "pk")[:200]
    )
    return [_reading_task(row) for row in rows]


def _reading_task(row: Any) -> Task:
    """`row` is a reading with the annotations of `_readings`."""
    known = _("Chỉ đọc phần thay đổi") if row.knows else minutes_words(row.length)
    return Task(
        "read",
        "book-open-check",
        _("Đọc và xác nhận: %(title)s") % {"title": row.version.title},
        str(row.version),
        reverse("documents:reading-show", args=[row.version_id]),
        _("Đọc và xác nhận"),
        row.due_on,
        (known,),
    )


def _recalls(user: User) -> list[Task]:
    """One task a version, however many copies of it are still out."""
    if not user.standing.is_anywhere(Role.QUALITY):
        return []
    rows = (
        visible_copies(user)
        .to_recall()
        .filter(document__agency__in=user.standing.agencies_with(Role.QUALITY))
        .order_by()
        .values("version", "version__title", "version__code", "version__ended_on")
        .annotate(copies=Count("pk"), first=Min("pk"))
        .order_by("version__ended_on", "version")[:100]
    )
    return [
        Task(
            "recall",
            "undo-2",
            _("Thu hồi bản kiểm soát: %(title)s") % {"title": row["version__title"]},
            row["version__code"],
            reverse("documents:controlled-copy-recall", args=[row["version"]]),
            _("Thu hồi"),
            row["version__ended_on"],
            (_("%d bản chưa thu hồi") % row["copies"],),
        )
        for row in rows
    ]


def minutes_words(characters: int) -> str:
    """How long a text of that many characters takes to read."""
    return _("Khoảng %d phút đọc") % max(1, math.ceil(characters / CHARACTERS_A_MINUTE))
