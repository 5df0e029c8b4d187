"""What people type when they hand in files, and when they confirm what was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from documents.forms import AgencyForm
from qms.web.forms import DateField, FilesField, TextField

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
        label=gettext_lazy("Tệp Word, PDF hoặc một tệp ZIP"),
        help_text=gettext_lazy(
            "Chọn một hoặc nhiều tệp .docx, .doc, .odt, .pdf, mỗi tệp tối đa 20 MB; "
            "hoặc nén cả thư mục thành một tệp .zip."
        ),
        accept=".docx,.doc,.odt,.pdf,.zip",
    )
    register = forms.BooleanField(
        required=False,
        label=gettext_lazy("Đã được phê duyệt và ban hành trên giấy"),
        help_text=gettext_lazy(
            "Ghi nhận hiệu lực từ ngày ban hành trên trang bìa. Chỉ Thư ký ISO làm được việc này."
        ),
    )


class ConfirmForm(forms.Form):
    """What was read from a file, as it was read, to be left or corrected."""

    code = TextField(max_length=60, label=gettext_lazy("Mã hiệu"))
    title = TextField(max_length=500, label=gettext_lazy("Tên tài liệu"))
    issue_no = forms.IntegerField(
        min_value=1, max_value=999, label=gettext_lazy("Lần ban hành"),
        error_messages={"min_value": gettext_lazy("Lần ban hành bắt đầu từ 1.")},
    )  # fmt: skip
    amendment_no = forms.IntegerField(
        min_value=0, max_value=999, label=gettext_lazy("Lần sửa đổi")
    )
    issued_on = DateField(required=False, label=gettext_lazy("Ngày ban hành"))
