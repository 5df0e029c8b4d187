"""The roles a person can hold. What each may do is said by the apps' `permissions`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    READER = "reader", _("Người đọc")
    AUTHOR = "author", _("Người soạn thảo")
    REVIEWER = "reviewer", _("Người soát xét")
    APPROVER = "approver", _("Người phê duyệt (lãnh đạo)")
    QUALITY = "quality", _("Thư ký ISO")
    AUDITOR = "auditor", _("Đánh giá viên")
    LEAD_AUDITOR = "lead_auditor", _("Trưởng đoàn đánh giá")
    ADMIN = "admin", _("Quản trị cơ quan")
    LIBRARY_EDITOR = "library_editor", _("Biên tập thư viện tỉnh")
    OVERSEER = "overseer", _("Cơ quan chủ trì theo dõi")
    INSPECTOR = "inspector", _("Kiểm tra viên của tỉnh")


PROVINCIAL_ROLES = frozenset({Role.LIBRARY_EDITOR, Role.OVERSEER, Role.INSPECTOR})
