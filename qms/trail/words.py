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
    "version.stepped_back": _("%(who)s trả về bước trước"),
    "version.commented": _("%(who)s góp ý"),
    "version.comment_resolved": _("%(who)s xử lý góp ý"),
    "version.recalled": _("%(who)s rút lại để sửa"),
    "version.put_in_force": _("%(who)s đưa vào hiệu lực"),
    "version.registered": _("%(who)s ghi nhận hiệu lực theo bản giấy"),
    "version.superseded": _("%(who)s thay bằng bản mới"),
    "version.withdrawn": _("%(who)s bãi bỏ"),
    "version.discarded": _("%(who)s hủy bản nháp"),
    "version.revised": _("%(who)s mở bản nháp để sửa đổi"),
    "version.uploaded": _("%(who)s tải lên bản Word đã sửa"),
    "version.amended": _("%(who)s ghi bảng sửa đổi"),
    "procedure_details.changed": _("%(who)s sửa thông tin thủ tục và trình tự giải quyết"),
    "document.attached": _("%(who)s gắn biểu mẫu vào quy trình"),
    "version.code_settled": _("%(who)s chốt mã hiệu"),
    "version.renumbered": _("%(who)s đổi lần ban hành, lần sửa đổi"),
    "control_settings.changed": _("%(who)s đổi thiết lập kiểm soát tài liệu"),
    "version.concluded": _("%(who)s kết luận soát xét định kỳ"),
    "change_request.created": _("%(who)s đề nghị thay đổi tài liệu"),
    "change_request.accepted": _("%(who)s chấp nhận đề nghị"),
    "change_request.refused": _("%(who)s không chấp nhận đề nghị"),
    "change_request.retracted": _("%(who)s rút lại đề nghị"),
    "change_request.finished": _("%(who)s đóng phiếu yêu cầu"),
    "route.created": _("%(who)s đặt tuyến phê duyệt"),
    "route.retired": _("%(who)s ngừng dùng một tuyến phê duyệt"),
    "delegation.created": _("%(who)s ủy quyền xử lý"),
    "delegation.ended": _("%(who)s kết thúc ủy quyền"),
    "template.created": _("%(who)s soạn mẫu mới"),
    "template.loaded": _("%(who)s nạp mẫu"),
    "programme.created": _("%(who)s lập chương trình đánh giá"),
    "programme.approved": _("%(who)s phê duyệt chương trình đánh giá"),
    "audit.created": _("%(who)s lập kế hoạch đánh giá"),
    "audit.scheduled": _("%(who)s thêm một buổi vào lịch đánh giá"),
    "audit.started": _("%(who)s bắt đầu đánh giá"),
    "audit.answered": _("%(who)s ghi kết quả một câu"),
    "audit.finding_raised": _("%(who)s lập phát hiện"),
    "audit.reported": _("%(who)s lập báo cáo"),
    "audit.closed": _("%(who)s đóng cuộc đánh giá"),
    "nonconformity.reported": _("%(who)s báo điểm không phù hợp"),
    "nonconformity.raised": _("%(who)s lập phiếu từ phát hiện đánh giá"),
    "nonconformity.accepted": _("%(who)s tiếp nhận và giao việc"),
    "nonconformity.planned": _("%(who)s trình nguyên nhân và biện pháp"),
    "nonconformity.sent_back": _("%(who)s trả lại biện pháp"),
    "nonconformity.plan_approved": _("%(who)s duyệt biện pháp"),
    "nonconformity.action_finished": _("%(who)s hoàn thành một hành động"),
    "nonconformity.completed": _("%(who)s báo đã làm xong"),
    "nonconformity.verified": _("%(who)s xác minh đạt, đóng phiếu"),
    "nonconformity.reissued": _("%(who)s xác minh không đạt, lập phiếu mới"),
}


def sentence(name: str, who: str) -> str:
    """The event in words; an event without words of its own is named as it is."""
    said = SENTENCES.get(name)
    return str(said) % {"who": who} if said else f"{who}: {name}"
