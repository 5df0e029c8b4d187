"""What recognition gathers from one file, and what it warns of; no rules of how it is found."""

import datetime as dt
from dataclasses import dataclass, field

from qms.kernel.content import Amendment, Section


@dataclass
class Found:
    """What recognition gathers; plain values, ready for JSON."""

    code: str = ""
    title: str = ""
    issue_no: int | None = None
    amendment_no: int | None = None
    issued_on: dt.date | None = None
    agency: str = ""
    parent_agency: str = ""
    roles: list[dict[str, str]] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    assets: dict[str, bytes] = field(default_factory=dict)
    warnings: list[dict[str, str]] = field(default_factory=list)
    text: str = ""
    unsure: dict[str, str] = field(default_factory=dict)

    def doubt(self, name: str, how: str) -> None:
        """That the field `name` was found in the way `how`, which proves little."""
        self.unsure.setdefault(name, how)

    def warn(self, code: str, **values: str) -> None:
        one = {"code": code, **values}
        if one not in self.warnings:
            self.warnings.append(one)
