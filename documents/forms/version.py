"""What people type to move a version on, or to give it words."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import CommentForm
from documents.models import Version
from documents.permissions import holders
from qms.agencies.models import Role, User
from qms.web.forms import DateField, TextField, UploadField


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


class UploadForm(forms.Form):
    file = UploadField(label=gettext_lazy("Bản Word đã sửa"), accept=".docx,.doc,.odt")
    revision = forms.IntegerField(widget=forms.HiddenInput())


class CodeForm(forms.Form):
    code = TextField(
        max_length=60,
        label=gettext_lazy("Mã hiệu"),
        error_messages={"required": gettext_lazy("Nhập mã hiệu của tài liệu.")},
    )
