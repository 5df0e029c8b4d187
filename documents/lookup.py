"""Finding documents: codes from the database, words from the index, both read back as rows.

What a person finds is what `visible_versions` lets him see, whichever way it was found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from documents.lifecycles import VersionState
from documents.models import DocumentKind, Version, VersionQuerySet
from documents.permissions import reach_of, visible_versions
from qms.agencies.models import User
from qms.kernel.text import fold
from qms.search import index
from qms.search.index import Hit

# Above every score the index gives: who types a code wants that document.
EXACT_CODE, PART_OF_CODE = 1000.0, 500.0
# Asked from the index for each one wanted, since permission may still take some away.
SPARE = 3
SHORTEST_CODE = 2
_SEPARATORS = re.compile(r"[^a-z0-9]")

Snippet = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One version that answers the query; from the index it comes with the hit."""

    version: Version
    score: float
    hit: Hit | None = None

    @property
    def snippet(self) -> Snippet:
        """Text parts and whether each matched; nothing for what the index did not find."""
        return self.hit.snippet() if self.hit else ()

    @property
    def plain_snippet(self) -> str:
        return "".join(part for part, _matched in self.snippet)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `degraded`: the index could not be asked, the database was instead."""

    found: list[Found]
    degraded: bool


def search(query: str, *, by: User, limit: int = 10) -> Results:
    """The versions that answer `query` best among those `by` may see, one per document."""
    if not fold(query):
        return Results([], degraded=False)
    by_code = _by_code(query, by=by, limit=limit)
    answer = index.find(query, reach_of(by), limit=limit * SPARE)
    if answer.broken and _lost(answer.broken, by):
        return Results(_one_each([*by_code, *_by_text(query, by=by)], limit), degraded=True)
    return Results(_one_each([*by_code, *_read_back(answer.hits, by=by)], limit), degraded=False)


def _by_code(query: str, *, by: User, limit: int) -> list[Found]:
    """Codes that hold the letters and digits typed, whatever stands between them."""
    typed = _bare(query)
    if len(typed) < SHORTEST_CODE or not any(character.isdigit() for character in typed):
        return []
    like = "[^a-z0-9]*".join(typed[:60])
    versions = _shown(by).filter(document__code_key__regex=like)[: limit * SPARE]
    return sorted(
        (
            Found(v, EXACT_CODE if _bare(v.document.code) == typed else PART_OF_CODE)
            for v in versions
        ),
        key=lambda found: -found.score,
    )


def _bare(code: str) -> str:
    return _SEPARATORS.sub("", fold(code))


def _read_back(hits: Iterable[Hit], *, by: User) -> list[Found]:
    """The hits as rows, in their order; what the person may not see falls out here."""
    ordered = list(hits)
    keys = [int(hit.key.removeprefix("version:")) for hit in ordered]
    rows = _shown(by).in_bulk(keys)
    return [
        Found(rows[key], hit.score, hit)
        for key, hit in zip(keys, ordered, strict=True)
        if key in rows
    ]


def _by_text(query: str, *, by: User) -> list[Found]:
    """Every word of the query somewhere in the text; slower, never silent."""
    words = fold(query).split()[:12]
    everywhere = Q()
    for word in words:
        everywhere &= Q(text_folded__contains=word)
    in_title = [
        Found(v, 2.0)
        for v in _shown(by).filter(everywhere, document__title_folded__contains=fold(query))[:50]
    ]
    return in_title + [Found(v, 1.0) for v in _shown(by).filter(everywhere)[:50]]


def _lost(scopes: Iterable[str], by: User) -> bool:
    """Whether one of these indexes should have had something to say to this person.

    An agency that has no document yet has no index either; that is nothing broken.
    """
    shown = _shown(by)
    guidance = Q(document__kind=DocumentKind.GUIDANCE, state=VersionState.IN_FORCE)
    wanted = Q(pk__in=[])
    for scope in scopes:
        if scope == "library":
            wanted |= guidance
        else:
            wanted |= Q(document__agency=int(scope.removeprefix("agency-"))) & ~guidance
    return shown.filter(wanted).exists()


def _shown(by: User) -> VersionQuerySet:
    ended = [VersionState.SUPERSEDED, VersionState.WITHDRAWN, VersionState.DISCARDED]
    shown = visible_versions(by).exclude(state__in=ended).select_related("document__agency")
    return shown.defer("text_folded")


def _one_each(found: list[Found], limit: int) -> list[Found]:
    """The best hit of each document, in order."""
    best: dict[int, Found] = {}
    for one in found:
        best.setdefault(one.version.document_id, one)
    return list(best.values())[:limit]
