"""What a report on paper consists of, whoever writes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head and its rows, all plain text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a report: heading, paragraphs, and a table if there is one."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature at the foot: capacity or position in capitals, and the name."""

    position: str
    name: str


@dataclass(frozen=True, slots=True)
class Report:
    """A paper in the form of Nghị định 30/2020. `number` stays open for Văn thư to fill in."""

    parent_name: str
    agency_name: str
    place_and_date: str
    kind: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    signers: tuple[Signer, ...]
    number: str = ""
    recipients: tuple[str, ...] = ()
