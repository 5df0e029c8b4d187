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
    "no_converter_doc": _(
        "Máy chủ chưa cài LibreOffice nên không đọc được tệp Word cũ (.doc). "
        "Mở bằng Word, lưu dạng .docx rồi thử lại."
    ),
    "no_converter_odt": _(
        "Máy chủ chưa cài LibreOffice nên không đọc được tệp .odt. "
        "Mở bằng LibreOffice, lưu dạng .docx rồi thử lại."
    ),
    "odt": _("Tệp thuộc định dạng OpenDocument. Đổi đuôi tệp thành .odt rồi thử lại."),
    "unconverted": _(
        "LibreOffice không chuyển được tệp này. Mở tệp trên máy, lưu dạng .docx rồi thử lại."
    ),
    "damaged": _("Tệp bị hỏng nên không đọc được. Mở bằng Word, lưu lại rồi thử lại."),
    "zip_bomb": _("Tệp nén bên trong lớn bất thường nên bị từ chối."),
    "image_bomb": _(
        "Tệp có hình quá lớn (hơn 100 triệu điểm ảnh). Thu nhỏ hình trong Word rồi thử lại."
    ),
    "external_entity": _("Tệp có khai báo lạ trong XML mà Word không tạo ra nên bị từ chối."),
    "macro": _("Tệp có macro. Lưu dạng .docx không có macro rồi thử lại."),
    "timeout": _("Đọc tệp quá lâu nên đã dừng. Chia nhỏ tệp hoặc bỏ bớt định dạng rồi thử lại."),
    "memory": _("Đọc tệp cần quá nhiều bộ nhớ nên đã dừng. Chia nhỏ tệp rồi thử lại."),
}


# Whose size is wrong, and whose kind; the others are of the right kind and cannot be used.
_STATUS = {
    "too_large": 413, "zip_bomb": 413, "image_bomb": 413, "legacy_doc": 415, "odt": 415, "not_docx": 415, "macro": 415,
    "no_converter_doc": 415, "no_converter_odt": 415,
}  # fmt: skip


class Unreadable(Unacceptable):
    """A Word file that cannot be taken; `reason` is the stable code."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(SENTENCES[reason]))
        self.reason = reason
        self.status = _STATUS.get(reason, Unacceptable.status)
