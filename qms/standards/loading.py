"""Brings the shipped editions, maps and questions into the database, and keeps them true.

The data is JSON beside this file. An edition that is already there is never edited: what
differs is named and refused. Questions are our own, so a better wording takes the place of
the old; checklists hold copies.
"""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qms.kernel.refusals import Refusal
from qms.kernel.text import nfc
from qms.standards.models import FIRST_AUDITABLE, Clause, ClauseMap, Question, StandardEdition
from qms.standards.models import sort_key as by_number

DATA = Path(__file__).parent / "data"
EDITIONS = ("iso9001_2015.json", "iso9001_2026.json")
MAPS = ("map_2015_2026.json",)
QUESTIONS = ("questions.json",)


@dataclass(frozen=True)
class Loaded:
    """What a load added or reworded."""

    editions: int = 0
    clauses: int = 0
    maps: int = 0
    questions: int = 0


class PublishedEdition(Refusal):
    """A clause or a map of an edition in the database is not what the data says."""


@transaction.atomic
def load_standards(data: Path = DATA) -> Loaded:
    """Add every edition, map and question of `data` that is missing.

    Loading twice changes nothing. Refuses, changing nothing, when an edition already in the
    database does not have the very clauses of the data, or a map says another thing.
    """
    editions = clauses = 0
    for name in EDITIONS:
        found = _read(data / name)
        edition, created = _edition(found)
        editions += created
        clauses += _settle_clauses(edition, found["clauses"])
    return Loaded(
        editions=editions,
        clauses=clauses,
        maps=sum(_load_maps(_read(data / name)) for name in MAPS),
        questions=sum(_load_questions(_read(data / name)) for name in QUESTIONS),
    )


def clause_numbers(edition: str = EDITIONS[0], data: Path = DATA) -> frozenset[str]:
    """The numbers of all clauses of a shipped edition; no database needed."""
    return frozenset(by["number"] for by in _read(data / edition)["clauses"])


def _read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(nfc(file.read_text(encoding="utf-8")))
    return found


def _edition(found: dict[str, Any]) -> tuple[StandardEdition, bool]:
    """The edition of the data. Which one is the default stays as the house has chosen."""
    fixed = {
        "name_vi": found["name_vi"],
        "name_en": found["name_en"],
        "published_on": dt.date.fromisoformat(found["published_on"]),
    }
    first = not StandardEdition.objects.filter(is_default=True).exists()
    edition, created = StandardEdition.objects.get_or_create(
        key=found["key"],
        defaults=fixed | {"order": found["order"], "is_default": found["is_default"] and first},
    )
    if any(getattr(edition, field) != value for field, value in fixed.items()):
        raise _differs(edition, _("tên hoặc ngày công bố"))
    return edition, created


def _settle_clauses(edition: StandardEdition, found: list[dict[str, str]]) -> int:
    """Write all clauses of an edition that has none; compare those of one that has."""
    clauses = [_clause(edition, order, row) for order, row in enumerate(found, start=1)]
    here = {clause.number: clause for clause in Clause.objects.of(edition)}
    if not here:
        _write(clauses)
        return len(clauses)
    changed = [c.number for c in clauses if _titles(c) != _titles(here.pop(c.number, None))]
    if changed or here:
        raise _differs(edition, ", ".join([*changed, *here]))
    return 0


def _write(clauses: list[Clause]) -> None:
    """Parents before children: a row can only point to one that is there."""
    here: dict[str, Clause] = {}
    for depth in sorted({clause.number.count(".") for clause in clauses}):
        level = [clause for clause in clauses if clause.number.count(".") == depth]
        for clause in level:
            clause.parent = here.get(clause.number.rpartition(".")[0])
        here |= {clause.number: clause for clause in Clause.objects.bulk_create(level)}


def _titles(clause: Clause | None) -> tuple[str, str] | None:
    return (clause.title_vi, clause.title_en) if clause else None


def _clause(edition: StandardEdition, order: int, row: dict[str, str]) -> Clause:
    return Clause(
        edition=edition,
        number=row["number"],
        title_vi=row["title_vi"],
        title_en=row["title_en"],
        has_title=bool(row["title_vi"]),
        is_auditable=by_number(row["number"])[0] >= FIRST_AUDITABLE,
        order=order,
    )


def _load_maps(found: dict[str, Any]) -> int:
    """Add the missing lines of one map; refuse a line that says another thing."""
    sources, targets = _numbers(found["source"]), _numbers(found["target"])
    known = ClauseMap.objects.filter(source__edition__key=found["source"]) | (
        ClauseMap.objects.filter(target__edition__key=found["target"])
    )
    here = {(line.source_id, line.target_id): line for line in known}
    new = []
    for row in found["maps"]:
        line = ClauseMap(
            source=sources[row["source"]] if row["source"] else None,
            target=targets[row["target"]] if row["target"] else None,
            kind=row["kind"],
            note=row["note"],
        )
        old = here.get((line.source_id, line.target_id))
        if old is None:
            new.append(line)
        elif (old.kind, old.note) != (line.kind, line.note):
            raise PublishedEdition(
                _(
                    "Bảng đối chiếu %(line)s đã có và khác với dữ liệu đi kèm. Không sửa bảng "
                    "đối chiếu đã dùng; hãy xem lại dữ liệu."
                )
                % {"line": line}
            )
    return len(ClauseMap.objects.bulk_create(new))


def _load_questions(found: dict[str, Any]) -> int:
    """Add and reword questions; one that is no longer asked stays until nobody needs it."""
    clauses = _numbers(found["edition"])
    here = {
        (question.clause_id, question.order): question
        for question in Question.objects.filter(clause__in=clauses.values())
    }
    new, reworded, orders = [], [], dict.fromkeys(clauses, 0)
    for row in found["questions"]:
        number = row["clause"]
        orders[number] += 1
        words = {"text_vi": row["vi"], "text_en": row["en"], "hint_vi": row["hint"]}
        old = here.get((clauses[number].pk, orders[number]))
        if old is None:
            new.append(Question(clause=clauses[number], order=orders[number], **words))
        elif any(getattr(old, field) != text for field, text in words.items()):
            for field, text in words.items():
                setattr(old, field, text)
            reworded.append(old)
    Question.objects.bulk_create(new)
    Question.objects.bulk_update(reworded, ["text_vi", "text_en", "hint_vi"])
    return len(new) + len(reworded)


def _numbers(edition_key: str) -> dict[str, Clause]:
    return {c.number: c for c in Clause.objects.filter(edition__key=edition_key)}


def _differs(edition: StandardEdition, what: str) -> PublishedEdition:
    return PublishedEdition(
        _(
            "%(edition)s đã có trong hệ thống và khác với dữ liệu đi kèm ở: %(what)s. Ấn bản "
            "đã công bố không được sửa tại chỗ; hãy nạp nội dung mới thành một ấn bản khác."
        )
        % {"edition": edition.name_vi, "what": what}
    )
