"""What each event is called on a page: who did what, in a whole sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "document.created": _("%(who)s tạo tài liệu"),
    "document.imported": _("%(who)s nhập tài liệu từ Word"),
    "document.adopted": _("%(who)s áp dụng mẫu của tỉnh"),
    "version.submitted": _("%(who)s trình soát xét"),
    "version.reviewed": _("%(who)s soát xét, đồng ý"),
    "version.approved": _("%(who)s phê duyệt"),
    "version.sent_back": _("%(who)s trả lại để sửa"),
    "version.put_in_force": _("%(who)s đưa vào hiệu lực"),
    "version.registered": _("%(who)s ghi nhận hiệu lực theo bản giấy"),
    "version.superseded": _("%(who)s thay bằng bản mới"),
    "version.withdrawn": _("%(who)s bãi bỏ"),
    "version.discarded": _("%(who)s hủy bản nháp"),
    "version.revised": _("%(who)s mở bản nháp để sửa đổi"),
    "version.uploaded": _("%(who)s tải lên bản Word đã sửa"),
    "version.code_settled": _("%(who)s chốt mã hiệu"),
}


def sentence(name: str, who: str) -> str:
    """The event in words; an event without words of its own is named as it is."""
    said = SENTENCES.get(name)
    return str(said) % {"who": who} if said else f"{who}: {name}"
