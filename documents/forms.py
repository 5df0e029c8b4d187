"""What people type about documents, and whether it makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import DocumentKind, Version
from documents.permissions import WRITING, holders
from qms.agencies.models import Agency, Role, User
from qms.kernel.content import Amendment
from qms.web.forms import DateField, FilesField, TextField, UploadField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.base import File

AUTHORED_KINDS = [
    (kind.value, kind.label) for kind in DocumentKind if kind != DocumentKind.GUIDANCE
]


CHECK_LETTERS = 8
MOST_LINES = 60


class AnyFilesField(FilesField):
    """Files of whatever kind and size: each is judged on its own, so that the others go on."""

    def _refuse_kind(self, file: File[Any]) -> None:
        """Left to the reader, which looks inside."""

    def _refuse_size(self, file: File[Any]) -> None:
        """Left to the reader."""


class AgencyForm(forms.Form):
    """A form about one of the agencies the person writes for."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Cơ quan"), empty_label=None
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(pk__in=by.standing.agencies_with(*WRITING))
        field = self.fields["agency"]
        field.queryset = agencies  # type: ignore[attr-defined]  # a ModelChoiceField
        if agencies.count() == 1:
            field.initial = agencies[0]
            field.widget = forms.HiddenInput()


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


class CreateForm(AgencyForm):
    kind = forms.ChoiceField(choices=AUTHORED_KINDS, label=gettext_lazy("Loại tài liệu"))
    code = TextField(
        max_length=60, label=gettext_lazy("Mã hiệu"), help_text=gettext_lazy("Ví dụ: QT-03")
    )
    title = TextField(max_length=500, label=gettext_lazy("Tên tài liệu"))


class SubmitForm(forms.Form):
    """Who reviews and who approves; nobody chosen means whoever holds the role."""

    reviewer = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Người soát xét"),
        empty_label=gettext_lazy("Bất kỳ ai có vai trò soát xét"),
    )
    approver = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Người phê duyệt"),
        empty_label=gettext_lazy("Bất kỳ ai có vai trò phê duyệt"),
    )

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = version.document.agency
        for name, role in (("reviewer", Role.REVIEWER), ("approver", Role.APPROVER)):
            people = holders(agency, role).exclude(pk=version.author_id)
            self.fields[name].queryset = people  # type: ignore[attr-defined]  # as above


class CommentForm(forms.Form):
    comment = TextField(
        required=False,
        label=gettext_lazy("Nội dung ý kiến"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
    )


class ApproveForm(CommentForm):
    effective_on = DateField(
        label=gettext_lazy("Ngày hiệu lực"),
        help_text=gettext_lazy("Từ hôm nay trở đi, dạng ngày/tháng/năm."),
    )
    field_order = ["effective_on", "comment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = timezone.localdate

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(
                _("Ngày hiệu lực phải từ hôm nay (%s) trở đi.") % today.strftime("%d/%m/%Y")
            )
        return day


class ReasonForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("Lý do"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Nêu lý do để người khác biết cần làm gì tiếp.")},
    )


class UploadForm(forms.Form):
    file = UploadField(label=gettext_lazy("Bản Word đã sửa"), accept=".docx")
    revision = forms.IntegerField(widget=forms.HiddenInput())


class CodeForm(forms.Form):
    code = TextField(
        max_length=60,
        label=gettext_lazy("Mã hiệu"),
        error_messages={"required": gettext_lazy("Nhập mã hiệu của tài liệu.")},
    )


class AmendForm(forms.Form):
    """The lines of this revision's amendment sheet; an empty line is none."""

    SPARE = 2

    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, lines: Sequence[Amendment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("rows", ""))
        self.rows = min(int(asked), MOST_LINES) if asked.isdecimal() else len(lines) + self.SPARE
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput(), initial=self.rows)
        for n in range(1, self.rows + 1):
            line = lines[n - 1] if n <= len(lines) else None
            for name, label, size, tall in (
                ("place", _("Dòng %d: trang, phần liên quan"), 300, 1),
                ("description", _("Dòng %d: mô tả nội dung sửa đổi"), 4000, 3),
                ("request", _("Dòng %d: yêu cầu sửa đổi, bổ sung"), 1000, 1),
            ):
                self.fields[f"{name}_{n}"] = TextField(
                    label=label % n, max_length=size, required=False,
                    initial=getattr(line, name, ""),
                    widget=forms.Textarea(attrs={"rows": tall}) if tall > 1 else None,
                )  # fmt: skip

    def lines(self, number: str, on: str) -> list[Amendment]:
        said = self.cleaned_data
        rows = [
            Amendment(
                said[f"request_{n}"], said[f"place_{n}"], said[f"description_{n}"], number, on
            )
            for n in range(1, self.rows + 1)
        ]
        return [row for row in rows if row.request or row.place or row.description]


class RegisterForm(forms.Form):
    on = DateField(label=gettext_lazy("Có hiệu lực ngày"))


class CheckForm(forms.Form):
    """The code that stands on a copy, however it was typed."""

    code = TextField(
        max_length=20,
        label=gettext_lazy("Mã kiểm tra"),
        help_text=gettext_lazy("Ví dụ: 7KQM-2XWD"),
    )

    def clean_code(self) -> str:
        letters = "".join(c for c in self.cleaned_data["code"].upper() if c.isalnum())
        if len(letters) != CHECK_LETTERS:
            raise forms.ValidationError(_("Mã kiểm tra có 8 chữ và số, in trên trang bìa."))
        return f"{letters[:4]}-{letters[4:]}"


class CopyForm(forms.Form):
    file = UploadField(label=gettext_lazy("Tệp PDF cần so"), accept=".pdf")


class EmptyForm(forms.Form):
    """A button without anything to fill in."""
