"""Texts that two sides changed, merged block by block: the part of `merging` below sections."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qms.kernel.threeway import Clash, Rows
from qms.word import units

OURS, PROVINCE = "ours", "province"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both changed. `key` is the same whenever the same texts meet; the three
    texts are clean rich text, empty where a side has nothing there."""

    key: str
    base: str
    ours: str
    province: str


Piece = str | Conflict


_BLOCKS: Rows[str] = Rows(key=units.same_key, words=units.words)


def text(where: str, base: str, ours: str, province: str) -> Iterator[Piece]:
    """The text of a section: ours as it is when only we changed it, so nothing is rewritten."""
    if same(ours, province) or same(base, province):
        yield ours
    elif same(base, ours):
        yield province
    else:
        for one in _BLOCKS.merged(units.units(base), units.units(ours), units.units(province)):
            yield from _block(where, one) if isinstance(one, Clash) else (one,)


def _block(where: str, clash: Clash[str]) -> Iterator[Piece]:
    """A list or table that both changed is merged by its items or rows, where that holds."""
    if clash.base and clash.ours and clash.theirs and _may_go_inside(clash):
        rows = _BLOCKS.merged(
            units.parts(clash.base), units.parts(clash.ours), units.parts(clash.theirs)
        )
        pieces = [_as_conflict(where, one) if isinstance(one, Clash) else one for one in rows]
        if all(_whole(pieces, side) for side in (OURS, PROVINCE)):
            yield from pieces
            return
    yield _as_conflict(where, clash)


def _may_go_inside(clash: Clash[str]) -> bool:
    three = [text for text in (clash.base, clash.ours, clash.theirs) if text]
    if any(len(units.parts(text)) == 1 for text in three):
        return False
    return len({frozenset(units.widths(text)) for text in three}) == 1


def _whole(pieces: Sequence[Piece], side: str) -> bool:
    choices = {piece.key: side for piece in pieces if isinstance(piece, Conflict)}
    return units.is_whole("".join(said(piece, choices) for piece in pieces))


def _as_conflict(where: str, clash: Clash[str]) -> Conflict:
    return conflict(where, clash.base or "", clash.ours or "", clash.theirs or "")


def conflict(where: str, base: str, ours: str, province: str) -> Conflict:
    said = f"{where}\x00{base}\x00{ours}\x00{province}"
    key = hashlib.sha256(said.encode()).hexdigest()[:16]
    return Conflict(key, base, ours, province)


def same(one: str, other: str) -> bool:
    return units.same_key(one) == units.same_key(other)


def scalar(where: str, base: str, ours: str, province: str) -> Piece:
    if province in (ours, base):
        return ours
    return province if base == ours else conflict(where, base, ours, province)


def said(piece: Piece, choices: Mapping[str, str]) -> str:
    if isinstance(piece, str):
        return piece
    return piece.ours if choices[piece.key] == OURS else piece.province
