"""The demonstration registers of one agency: acts of others, records, one restricted document.

Numbers, titles and days of the acts are facts; the records are invented.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from documents.models import Document, ExternalDocument, ExternalGroup, RecordFile, RegisterName
from documents.services import disposal as disposals
from documents.services import external as externals
from documents.services import reader as readers
from documents.services import record as records
from documents.services import saved_view as saved_views
from qms.agencies.models import Agency, Unit, User

FILE = Path(__file__).resolve().parent / "registers.json"
_BEGUN = 3000


def load() -> int:
    """The registers of the agency that oversees the others; how many lines."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    agency = Agency.objects.get(code="SKHCN")
    by, head = (User.objects.get(username=name) for name in ("han.nn", "phuc.lh"))
    for row in rows["externals"]:
        _external(row, agency, by)
    for row in rows["externals"]:
        _repeal(row, agency, by)
    files = [f for row in rows["series"] for f in _series(row, agency, by)]
    _dispose(files, agency, by, head)
    for name, query in (
        ("Quy trình hệ thống", "kind=system_procedure"),
        ("Đã hết hiệu lực", "state=expired"),
    ):
        saved_views.save(RegisterName.MASTER, by=by, name=name, query=query)
    return len(rows["externals"]) + len(rows["series"])


def restrict(document: Document, *, reason: str, names: list[str], by: User) -> None:
    """Leave a document to its named readers."""
    readers.restrict(document, by=by, reason=reason)
    for name in names:
        reader = User.objects.get(username=name)
        readers.grant(document, by=by, reader=reader, reason="Được phân công xử lý đơn.")


def _external(row: dict[str, Any], agency: Agency, by: User) -> None:
    said = externals.Said(
        number=row["number"], title=row["title"], issuer=row["issuer"],
        group=ExternalGroup(row["group"]), issued_on=_fact(row, "issued_on"),
        valid_from=_fact(row, "valid_from"),
        unit=Unit.objects.get(agency=agency, name="Văn phòng"),
    )  # fmt: skip
    externals.create(agency, by=by, said=said)


def _repeal(row: dict[str, Any], agency: Agency, by: User) -> None:
    if "replaced_by" not in row:
        return
    ours = ExternalDocument.objects.filter(agency=agency)
    externals.repeal(
        ours.get(number=row["number"]), by=by, valid_to=dt.date.fromisoformat(row["valid_to"]),
        replaced_by=ours.get(number=row["replaced_by"]),
        reason=f"{row['replaced_by']} thay thế.",
    )  # fmt: skip


def _series(row: dict[str, Any], agency: Agency, by: User) -> list[tuple[str, RecordFile]]:
    """The files with the word of what is to become of each."""
    said = records.Said(
        name=row["name"], retention_years=row["years"], since=_day(-_BEGUN),
        document=Document.objects.get(agency=agency, code=row["document"]),
        unit=Unit.objects.get(agency=agency, name=row.get("unit", "Văn phòng")),
        place=row["place"], legal_basis=row["basis"],
    )  # fmt: skip
    series = records.create(agency, by=by, said=said)
    files = []
    for one in row["files"]:
        closed = _day(one["closed_in"]) if "closed_in" in one else None
        file = records.open_file(
            series, by=by,
            said=records.FileSaid(one["title"], _day(one["opened_in"]), closed, one["place"]),
        )  # fmt: skip
        if "held" in one:
            records.hold(file, by=by, reason=one["held"])
        files.append((one.get("disposal", ""), file))
    return files


def _dispose(files: list[tuple[str, RecordFile]], agency: Agency, by: User, head: User) -> None:
    for wanted in ("decided", "proposed"):
        listed = [file for word, file in files if word == wanted]
        disposal = disposals.propose(agency, by=by, files=listed, note="Hết thời hạn lưu.")
        if wanted == "decided":
            disposals.approve(
                disposal, by=head, number="215/QĐ-SKHCN", decided_on=timezone.localdate()
            )


def _fact(row: dict[str, Any], name: str) -> dt.date | None:
    return dt.date.fromisoformat(row[name]) if name in row else None


def _day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)
