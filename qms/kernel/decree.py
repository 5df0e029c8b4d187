"""What a decision (Quyết định) in the form of Nghị định 30/2020, Phụ lục I, consists of.

Shared by the rooms that print it and that write it as a Word file, so that both say the same.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

BLANK = "\u00a0" * 7  # room for what Văn thư writes by hand


@dataclass(frozen=True, slots=True)
class Decree:
    """One decision with its annex. `number` and `dated_on` stay open until Văn thư gave them.

    `signer` are the lines of capacity and position above the name, as they are printed.
    """

    parent_name: str
    agency_name: str
    symbol: str
    number: int | None
    place: str
    dated_on: dt.date | None
    subject: str
    issuer: str
    grounds: tuple[str, ...]
    articles: tuple[str, ...]
    signer: tuple[str, ...]
    signer_name: str
    recipients: tuple[str, ...]
    annex_title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def kind(self) -> str:
        return "QUYẾT ĐỊNH"

    @property
    def number_line(self) -> str:
        """`05/QĐ-SNV`, a number below ten with its nought; room for it while there is none."""
        return f"{BLANK if self.number is None else f'{self.number:02d}'}/{self.symbol}"

    @property
    def date_line(self) -> str:
        return f"{self.place}, {self.day_line}"

    @property
    def day_line(self) -> str:
        return long_day(self.dated_on)

    @property
    def annex_line(self) -> str:
        """The line that ties the annex to its decision."""
        number = self.number_line.strip(BLANK) if self.number else self.number_line
        return f"(Kèm theo Quyết định số {number} {self.day_line} của {self.issuer_plain})"

    @property
    def issuer_plain(self) -> str:
        """The issuer as it stands inside a sentence."""
        said = self.issuer
        return said if not said.isupper() else _sentence(said, self.agency_name)


def long_day(day: dt.date | None) -> str:
    """`ngày 05 tháng 01 năm 2027`: days below ten and the first two months with a nought."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}".rstrip()
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def ended(lines: Iterable[str], *, last: str = ".") -> tuple[str, ...]:
    """Each line with a semicolon and the last with a full stop, whatever was typed there."""
    bare = [line.rstrip(" .;,") for line in lines if line.strip(" .;,")]
    return tuple(line + (last if n == len(bare) else ";") for n, line in enumerate(bare, 1))


def _sentence(issuer: str, agency_name: str) -> str:
    """`GIÁM ĐỐC SỞ NỘI VỤ` → `Giám đốc Sở Nội vụ`: the agency's own name keeps its letters."""
    tail = agency_name.upper()
    if issuer.endswith(tail):
        title = issuer.removesuffix(tail).strip()
        return f"{title.capitalize()} {agency_name}".strip()
    return issuer.capitalize()
