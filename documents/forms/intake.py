"""What people type when they hand in Word files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from documents.forms import AgencyForm
from qms.web.forms import FilesField

if TYPE_CHECKING:
    from django.core.files.base import File


class AnyFilesField(FilesField):
    """Files of whatever kind and size: each is judged on its own, so that the others go on."""

    def _refuse_kind(self, file: File[Any]) -> None:
        """Left to the reader, which looks inside."""

    def _refuse_size(self, file: File[Any]) -> None:
        """Left to the reader."""


class IntakeForm(AgencyForm):
    documents = AnyFilesField(
        label=gettext_lazy("Tệp Word"),
        help_text=gettext_lazy("Chọn một hoặc nhiều tệp .docx, mỗi tệp tối đa 20 MB."),
        accept=".docx",
    )
    register = forms.BooleanField(
        required=False,
        label=gettext_lazy("Đã được phê duyệt và ban hành trên giấy"),
        help_text=gettext_lazy(
            "Ghi nhận hiệu lực từ ngày ban hành trên trang bìa. Chỉ Thư ký ISO làm được việc này."
        ),
    )
