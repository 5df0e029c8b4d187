"""What was read without being sure of it: which field, how it was found, each in a sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILE_NAME, FROM_PDF = "file_name", "pdf"
SENTENCES: dict[tuple[str, str], str | Promise] = {
    ("code", "header"): _("Cần xác nhận mã hiệu: lấy từ tiêu đề trang, trang bìa không có."),
    ("code", "contradicts"): _("Cần xác nhận mã hiệu: trang bìa và tiêu đề trang ghi khác nhau."),
    ("code", "act"): _("Cần xác nhận mã hiệu: lấy từ số văn bản, không có dòng mã hiệu."),
    ("code", "unlabelled"): _("Cần xác nhận mã hiệu: nhận ra theo dạng chữ, không có nhãn."),
    ("code", FILE_NAME): _("Cần xác nhận mã hiệu: lấy từ tên tệp, trong tài liệu không có."),
    ("code", "cut"): _("Cần xác nhận mã hiệu: mã trong tệp quá dài nên đã bị cắt bớt."),
    ("code", FROM_PDF): _("Cần xác nhận mã hiệu: lấy từ lớp chữ của tệp PDF."),
    ("title", "header"): _("Cần xác nhận tên tài liệu: lấy từ tiêu đề trang, trang bìa không có."),
    ("title", "heading"): _("Cần xác nhận tên tài liệu: lấy từ dòng nổi bật đầu tiên."),
    ("title", "properties"): _("Cần xác nhận tên tài liệu: lấy từ thuộc tính của tệp."),
    ("title", FILE_NAME): _("Cần xác nhận tên tài liệu: lấy từ tên tệp, trong tài liệu không có."),
    ("title", "cut"): _("Cần xác nhận tên tài liệu: tên trong tệp quá dài nên đã bị cắt bớt."),
    ("title", FROM_PDF): _("Cần xác nhận tên tài liệu: lấy từ lớp chữ của tệp PDF."),
    ("issue_no", "header"): _("Cần xác nhận lần ban hành: lấy từ tiêu đề hoặc chân trang."),
    ("issue_no", "sheet"): _("Cần xác nhận lần ban hành: lấy từ bảng theo dõi sửa đổi."),
    ("issue_no", "assumed"): _("Cần xác nhận lần ban hành: không tìm thấy nên tạm ghi 01."),
    ("issue_no", FROM_PDF): _("Cần xác nhận lần ban hành: lấy từ lớp chữ của tệp PDF."),
    ("amendment_no", "header"): _("Cần xác nhận lần sửa đổi: lấy từ tiêu đề hoặc chân trang."),
    ("amendment_no", "sheet"): _(
        "Cần xác nhận lần sửa đổi: bảng theo dõi sửa đổi ghi lần mới hơn trang bìa."
    ),
    ("amendment_no", FROM_PDF): _("Cần xác nhận lần sửa đổi: lấy từ lớp chữ của tệp PDF."),
    ("issued_on", "header"): _("Cần xác nhận ngày ban hành: lấy từ tiêu đề hoặc chân trang."),
    ("issued_on", "effective"): _(
        "Cần xác nhận ngày ban hành: trang bìa chỉ có ngày hiệu lực nên tạm lấy ngày đó."
    ),
    ("issued_on", "future"): _("Cần xác nhận ngày ban hành: ngày đọc được còn ở tương lai."),
    ("issued_on", "after_amendment"): _(
        "Cần xác nhận ngày ban hành: bảng sửa đổi có ngày trước ngày ban hành lần đầu."
    ),
    ("issued_on", "before_issue"): _(
        "Cần xác nhận ngày ban hành: ngày hiệu lực trên trang bìa đứng trước ngày ban hành."
    ),
    ("issued_on", FROM_PDF): _("Cần xác nhận ngày ban hành: lấy từ lớp chữ của tệp PDF."),
}


def sentence(field: str, how: str) -> str:
    """Why a person must confirm `field`."""
    return str(SENTENCES[field, how])
