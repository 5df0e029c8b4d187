"""What a person should look at in a file that was read, each kind with its sentence."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "no_code": _("Không tìm thấy mã hiệu."),
    "no_title": _("Không tìm thấy tên tài liệu."),
    "no_issue_no": _("Không tìm thấy lần ban hành, tạm ghi lần 01."),
    "no_issue_date": _("Không tìm thấy ngày ban hành."),
    "no_roles": _("Không tìm thấy bảng ký soạn thảo, soát xét, phê duyệt."),
    "role_unread": _("Bảng ký còn ghi “%(found)s” nhưng không rõ là của ai."),
    "date_contradicts": _(
        "Ngày %(found)s ở đầu hoặc chân trang khác ngày %(cover)s trên trang bìa."
    ),
    "title_contradicts": _("Tên ở đầu trang khác tên trên trang bìa: “%(found)s”."),
    "issue_contradicts": _("Lần ban hành %(found)s ở chân trang khác %(cover)s trên trang bìa."),
    "section_missing": _("Thiếu mục %(number)s (%(title)s)."),
    "section_order": _("Mục %(number)s đứng sai thứ tự."),
    "section_number": _(
        "Mục “%(title)s” ghi số %(found)s trùng mục trước, đã ghi lại là mục %(number)s."
    ),
    "toc_disagrees": _("Mục lục ghi “%(found)s” nhưng trong bài không có mục đó."),
    "toc_lacks": _("Mục lục thiếu mục %(number)s. %(title)s."),
    "no_sections": _("Không nhận ra các mục 1 đến 7, toàn bộ nội dung được giữ trong một mục."),
    "unreadable_image": _("Có hình không đọc được (EMF, WMF), đã thay bằng chữ [hình]."),
    "embedded": _(
        "Tệp có đối tượng nhúng (bảng tính, hình vẽ Visio), chỉ hình đại diện được giữ lại."
    ),
    "external_link": _("Tệp gọi đến nội dung ở nơi khác. Nội dung đó không được tải về."),
    "converted": _("Tệp định dạng cũ được chuyển đổi tự động. Đối chiếu với tệp gốc."),
    "pdf_text": _(
        "Nội dung lấy từ lớp chữ của PDF, bảng và hình có thể bị mất. Đối chiếu với tệp gốc."
    ),
    "pdf_no_text": _(
        "Tệp PDF không có lớp chữ (bản quét) nên không trích được nội dung. Nhận dạng chữ hoặc "
        "tải lên bản Word trước khi trình."
    ),
    "pdf_too_long": _(
        "Tệp PDF quá dài nên không trích được nội dung. Tải lên bản Word trước khi trình."
    ),
    "legacy_font": _("Có chữ dùng phông cũ (TCVN3, VNI), chữ có thể hiển thị sai."),
}


def sentence(warning: Mapping[str, str]) -> str:
    """The sentence of a warning as the worker said it: its code and its values."""
    return str(SENTENCES[warning["code"]]) % {k: v for k, v in warning.items() if k != "code"}
