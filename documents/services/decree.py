"""What a decision of promulgation says: its first wording, and its rows as a `Decree`."""

import datetime as dt

from django.utils import timezone

from documents.models import Capacity, Promulgation
from documents.permissions import holders
from qms.agencies.models import Agency, AgencyKind, Role
from qms.kernel.decree import Decree, ended
from qms.kernel.text import fold

ANNEX = "DANH MỤC TÀI LIỆU HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG"
HEAD = ("TT", "Mã hiệu", "Tên tài liệu", "Lần ban hành", "Lần sửa đổi", "Ngày hiệu lực")
_LAW = (
    "ngày 05 tháng 3 năm 2014 của Thủ tướng Chính phủ về việc áp dụng Hệ thống quản lý chất lượng "
    "theo Tiêu chuẩn quốc gia TCVN ISO 9001:2008 vào hoạt động của các cơ quan, tổ chức thuộc hệ "
    "thống hành chính nhà nước"
)
COUNCILS = (AgencyKind.COMMUNE, AgencyKind.WARD)
HEADS = {
    AgencyKind.DEPARTMENT: "Giám đốc",
    AgencyKind.SUB_DEPARTMENT: "Chi cục trưởng",
    AgencyKind.PUBLIC_UNIT: "Giám đốc",
    AgencyKind.COMMUNE: "Chủ tịch",
    AgencyKind.WARD: "Chủ tịch",
}


def decree_of(
    promulgation: Promulgation, *, number: int | None = None, dated_on: dt.date | None = None
) -> Decree:
    """The decision ready for paper; with the number and date it has, or is about to get."""
    agency = promulgation.agency
    number, dated_on = number or promulgation.number, dated_on or promulgation.dated_on
    day = dated_on or timezone.localdate()
    return Decree(
        parent_name=_parent(agency, day),
        agency_name=agency.name_on(day),
        symbol=promulgation.symbol,
        number=number,
        place=promulgation.place,
        dated_on=dated_on,
        subject=promulgation.subject,
        issuer=promulgation.issuer.upper(),
        grounds=ended(promulgation.grounds),
        articles=tuple(promulgation.articles),
        signer=promulgation.signer,
        signer_name=promulgation.signer_name,
        recipients=ended(promulgation.recipients),
        annex_title=ANNEX,
        head=HEAD,
        rows=tuple(
            (str(n), line.code, line.title, f"{line.issue_no:02d}", f"{line.amendment_no:02d}",
             f"{line.effective_on:%d/%m/%Y}")
            for n, line in enumerate(promulgation.lines.all(), 1)
        ),
    )  # fmt: skip


def first_wording(agency: Agency) -> dict[str, object]:
    """What usually stands in such a decision of this agency, to be changed as needed."""
    is_council = agency.kind in COUNCILS
    head = HEADS.get(AgencyKind(agency.kind), "Thủ trưởng")
    return {
        "subject": "Về việc ban hành tài liệu Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015",
        "issuer": f"{head} {agency.name}".upper(),
        "symbol": "QĐ-UBND" if is_council else f"QĐ-{agency.code}",
        "place": agency.place,
        "grounds": "\n".join(_grounds(agency, is_council=is_council)),
        "article_1": (
            "Ban hành kèm theo Quyết định này các tài liệu của Hệ thống quản lý chất lượng theo "
            f"TCVN ISO 9001:2015 áp dụng tại {agency.name} (có Danh mục kèm theo)."
        ),
        "article_2": (
            "Quyết định này có hiệu lực kể từ ngày ký. Mỗi tài liệu có hiệu lực từ ngày ghi "
            "trong Danh mục và thay thế bản ban hành trước đó của tài liệu cùng mã hiệu."
        ),
        "article_3": (
            "Thư ký Ban Chỉ đạo ISO, trưởng các phòng, đơn vị và toàn thể cán bộ, công chức, viên "
            f"chức, người lao động của {agency.name} chịu trách nhiệm thi hành Quyết định này."
        ),
        "recipients": "Như Điều 3\nBan Chỉ đạo ISO\nLưu: VT",
        **_signer(agency, head),
    }


def _grounds(agency: Agency, *, is_council: bool) -> list[str]:
    own = (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày … tháng … năm …"
        if is_council
        else f"Căn cứ Quyết định số … ngày … quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ "
        f"chức của {agency.name}"
    )
    return [
        own,
        f"Căn cứ Quyết định số 19/2014/QĐ-TTg {_LAW}",
        (
            "Căn cứ Thông tư số 26/2014/TT-BKHCN ngày 10 tháng 10 năm 2014 của Bộ trưởng Bộ Khoa "
            f"học và Công nghệ quy định chi tiết thi hành Quyết định số 19/2014/QĐ-TTg {_LAW}"
        ),
        "Theo đề nghị của Thư ký Ban Chỉ đạo ISO",
    ]


def _signer(agency: Agency, head: str) -> dict[str, str]:
    """Whoever approves at the agency; a deputy signs for the head."""
    person = holders(agency, Role.APPROVER).first()
    if person is None:
        return {"signing_capacity": Capacity.OWN, "signer_position": head}
    position = person.standing.position_at(agency.pk) or head
    is_deputy = fold(position).startswith("pho")
    return {
        "signing_capacity": Capacity.FOR_HEAD if is_deputy else Capacity.OWN,
        "head_position": head if is_deputy else "",
        "signer_position": position,
        "signer_name": str(person),
    }


def _parent(agency: Agency, day: dt.date) -> str:
    """The agency above; a people's committee bears its own name alone."""
    if agency.parent is None or agency.kind in COUNCILS:
        return ""
    return agency.parent.name_on(day)
