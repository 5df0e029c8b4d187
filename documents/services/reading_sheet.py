"""The printed sign-off sheet (Phiếu xác nhận đã đọc, hiểu), for agencies that sign on paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from documents.models import Reading, ReadingMethod, Version
from documents.services.manifest import check_address
from qms.paper.codes import square
from qms.paper.render import pdf

# Enough of a hash to tell two texts apart with the eye.
SHORT = 16


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person of the sheet; `done` says what stands where others sign."""

    name: str
    position: str
    unit: str
    done: str
    on: str


def sheet_pdf(version: Version, readings: Iterable[Reading]) -> bytes:
    """A4, one row a person: who acknowledged already is filled in, the others sign."""
    agency = version.document.agency
    check = check_address(version)
    context = {
        "version": version,
        "agency": agency,
        "parent": agency.parent,
        "rows": [_row(reading) for reading in readings],
        "hash": version.content_hash[:SHORT],
        "check": check,
        "square": square(check),
        "printed_on": timezone.localdate(),
    }
    return pdf("paper/reading_sheet.html", context)


def _row(reading: Reading) -> SheetRow:
    on = reading.signed_on
    if on is None and reading.acknowledged_at is not None:
        on = timezone.localdate(reading.acknowledged_at)
    done = {
        ReadingMethod.SCREEN.value: "Đã xác nhận trên hệ thống",
        ReadingMethod.PAPER.value: "Đã ký trên phiếu giấy",
        ReadingMethod.CARRIED.value: "Giữ xác nhận của bản trước",
    }.get(reading.method, "")
    return SheetRow(
        reading.name, reading.position, reading.unit_name, done, f"{on:%d/%m/%Y}" if on else ""
    )
