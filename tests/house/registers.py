"""One thing in every state the registers act upon, made by the services a person would use."""

import datetime as dt
from typing import Any

from django.utils import timezone

from documents.models import ExternalGroup, Reference, RegisterName
from documents.services import disposal as disposals
from documents.services import external as externals
from documents.services import reader as readers
from documents.services import record as records
from documents.services import reference as references
from documents.services import saved_view as views
from qms.agencies.models import Agency
from qms.vault import services as vault


def build(agency: Agency, people: dict[str, Any], things: dict[str, Any]) -> dict[str, Any]:
    quality, office = people["quality"], agency.units.get(name="Văn phòng")
    today = timezone.localdate()

    def external(number: str, title: str, **said: Any) -> Any:
        facts = externals.Said(
            number=number, title=title, issuer="Chính phủ", group=ExternalGroup.A, unit=office,
            valid_from=today - dt.timedelta(days=900), **said,
        )  # fmt: skip
        file = vault.keep(b"%PDF-1.4 x", media_type="application/pdf", name="van-ban.pdf")
        return externals.create(agency, by=quality, said=facts, file=file)

    fresh = external("30/2020/NĐ-CP", "Công tác văn thư", link="https://vanban.example/30")
    ended = external("110/2004/NĐ-CP", "Công tác văn thư (cũ)")
    externals.repeal(ended, by=quality, valid_to=today, replaced_by=fresh, reason="Nghị định mới.")
    series = records.create(agency, by=quality, said=records.Said(
        name="Hồ sơ soát xét tài liệu", retention_years=1, since=dt.date(2020, 1, 1), unit=office,
        document=things["in_force"].document, place="Tủ 2", legal_basis="Thông tư 10/2022/TT-BNV",
    ))  # fmt: skip

    def file(title: str) -> Any:
        said = records.FileSaid(title, dt.date(2020, 1, 1), dt.date(2020, 12, 31), "Hộp 1")
        return records.open_file(series, by=quality, said=said)

    due, held, listed = file("Năm 2020"), file("Bị giữ"), file("Đã đề nghị")
    records.hold(held, by=quality, reason="Thanh tra đang xem.")
    readers.grant(
        things["approved"].document, by=quality, reader=people["owner"], reason="Phối hợp."
    )
    references.link(things["draft"])
    Reference.objects.create(
        version=things["in_force"], to_external=ended, as_written="110/2004/NĐ-CP"
    )
    return {
        "external": fresh, "ended": ended, "series": series, "due": due, "held": held,
        "disposal": disposals.propose(agency, by=quality, files=[listed], note="Hết hạn."),
        "view": views.save(RegisterName.MASTER, by=quality, name="Văn phòng", query="q=qt"),
    }  # fmt: skip
