"""Why a Word file is not taken, each reason with its sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qms.kernel.refusals import Unacceptable

SENTENCES: dict[str, str | Promise] = {
    "empty": _("Tệp rỗng. Chọn lại tệp Word có nội dung."),
    "too_large": _("Tệp vượt mức 20 MB. Nén ảnh trong tệp Word rồi thử lại."),
    "encrypted": _("Tệp được đặt mật khẩu. Bỏ mật khẩu trong Word rồi thử lại."),
    "legacy_doc": _(
        "Tệp thuộc định dạng Word cũ (.doc). Mở bằng Word, lưu dạng .docx rồi thử lại."
    ),
    "not_docx": _("Tệp không phải tệp Word .docx. Mở bằng Word, lưu dạng .docx rồi thử lại."),
    "damaged": _("Tệp bị hỏng nên không đọc được. Mở bằng Word, lưu lại rồi thử lại."),
    "zip_bomb": _("Tệp nén bên trong lớn bất thường nên bị từ chối."),
    "external_entity": _("Tệp có khai báo lạ trong XML mà Word không tạo ra nên bị từ chối."),
    "macro": _("Tệp có macro. Lưu dạng .docx không có macro rồi thử lại."),
    "timeout": _("Đọc tệp quá lâu nên đã dừng. Chia nhỏ tệp hoặc bỏ bớt định dạng rồi thử lại."),
    "memory": _("Đọc tệp cần quá nhiều bộ nhớ nên đã dừng. Chia nhỏ tệp rồi thử lại."),
}


class Unreadable(Unacceptable):
    """A Word file that cannot be taken; `reason` is the stable code."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(SENTENCES[reason]))
        self.reason = reason
