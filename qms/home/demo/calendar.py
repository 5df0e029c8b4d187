"""Change requests and periodic reviews of the demonstration, made by the services people use."""

import datetime as dt

from django.utils import timezone

from documents.models import Document, PeriodicReview, Version, Wish
from documents.services import change_request as requests
from qms.agencies.models import Agency, Role, User

ASKED = (
    ("QT.01", Wish.AMEND, "Sở đã chuyển sang ký số toàn bộ văn bản đi.",
     "Bỏ bước in và ký tay ở mục 5.3; ghi rõ ai gắn chữ ký số của cơ quan."),
    ("QT.05", Wish.AMEND, "Phòng chuyên môn nhận thấy thang điểm rủi ro khó dùng.",
     "Rút thang điểm từ 25 ô còn 9 ô, kèm ví dụ cho mỗi mức."),
)  # fmt: skip


def load() -> int:
    """Two requests that wait at the department, one review that was concluded; how many rows."""
    agency = Agency.objects.get(code="SKHCN")
    by = _holder(agency, Role.REVIEWER)
    made = 0
    for code, wish, reason, what in ASKED:
        document = Document.objects.filter(agency=agency, code=code).first()
        if document is not None:
            asked = requests.Asked(wish, what, document)
            requests.create(agency, by=by, reason=reason, lines=[asked])
            made += 1
    return made + _looked_at(agency)


def _looked_at(agency: Agency) -> int:
    """A year ago somebody looked at a document and kept it."""
    version = Version.objects.in_force().filter(document__agency=agency).order_by("pk").first()
    if version is None:
        return 0
    quality = _holder(agency, Role.QUALITY)
    on = timezone.localdate() - dt.timedelta(days=30)
    PeriodicReview.objects.create(
        document=version.document, version=version, due_on=on, on=on, verdict="keep",
        remark="Nội dung còn phù hợp với quy định hiện hành.", by=quality, by_name=str(quality),
        by_position=quality.standing.position_at(agency.pk), by_agency=agency.name,
    )  # fmt: skip
    return 1


def _holder(agency: Agency, role: Role) -> User:
    people = User.objects.filter(memberships__agency=agency, memberships__role=role)
    return people.order_by("pk")[0]
