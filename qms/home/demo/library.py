"""What two agencies of the demonstration took from the province's library."""

from qms.agencies.models import Agency, User
from qms.library.models import Template
from qms.library.services import adoption as adoptions
from qms.library.services import waiver as waivers

ANSWERS = {
    "co_quan_chu_quan": "Ủy ban nhân dân tỉnh Đồng Tháp",
    "dia_chi": "số 01 đường 30 tháng 4",
    "?so_dien_thoai": "0277 3 000 111",
    "?hop_thu": "lienhe@dongthap.example",
    "?trang_thong_tin": "coquan.dongthap.example",
    "?noi_tiep_nhan": "Trung tâm Phục vụ hành chính công",
    "?gio_tiep_nhan": "thứ Hai đến thứ Sáu, 7 giờ 00 - 11 giờ 30, 13 giờ 30 - 17 giờ 00",
}  # fmt: skip
# Who adopts what, and what the agency does without and why.
ADOPTED = (
    ("UBND-29869", "nghia.lt", ("M-QT-05", "M-QT-06", "M-TT-05")),
    ("SNV", "thai.dq", ("M-QT-05", "M-QT-06")),
)
WAIVED = (("SNV", "thai.dq", "M-QT-08", "Sở thực hiện theo quy chế lưu trữ đã ban hành."),)


def load() -> int:
    """Drafts adopted by two agencies, and one waiver; how many drafts."""
    made = 0
    for code, username, templates in ADOPTED:
        agency, person = Agency.objects.get(code=code), User.objects.get(username=username)
        for one in templates:
            template = Template.objects.get(document__code=one)
            adoptions.adopt(template, agency, by=person, answers=ANSWERS)
            made += 1
    for code, username, one, reason in WAIVED:
        agency, person = Agency.objects.get(code=code), User.objects.get(username=username)
        template = Template.objects.get(document__code=one)
        waivers.waive(template, agency, by=person, reason=reason)
    return made
