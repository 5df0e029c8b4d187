"""What people type about documents of others."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import AgencyForm, ReasonForm
from documents.models import CheckVerdict, ExternalDocument, ExternalGroup
from documents.services.external import Said
from qms.agencies.models import Unit
from qms.web.forms import DateField, TextField, UploadField

WORDS = ("number", "title", "issuer", "group", "issued_on", "valid_from", "link", "unit")


class SaidForm(forms.Form):
    """The facts of a document of others, with its file if there is one."""

    number = TextField(
        max_length=100, label=gettext_lazy("Số, ký hiệu"),
        help_text=gettext_lazy("Ví dụ: 30/2020/NĐ-CP"),
    )  # fmt: skip
    title = TextField(
        max_length=500, label=gettext_lazy("Trích yếu"), widget=forms.Textarea(attrs={"rows": 2})
    )
    issuer = TextField(max_length=200, label=gettext_lazy("Cơ quan ban hành"))
    group = forms.ChoiceField(choices=ExternalGroup.choices, label=gettext_lazy("Nhóm"))
    issued_on = DateField(label=gettext_lazy("Ngày ban hành"), required=False)
    valid_from = DateField(label=gettext_lazy("Có hiệu lực từ ngày"), required=False)
    link = forms.URLField(
        max_length=300, label=gettext_lazy("Địa chỉ trên mạng"), required=False,
        assume_scheme="https", widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Bộ phận giữ"), required=False,
        empty_label=gettext_lazy("Chưa phân công"),
    )  # fmt: skip
    file = UploadField(label=gettext_lazy("Tệp văn bản"), accept=".pdf,.docx,.doc", required=False)

    def __init__(self, *args: Any, agencies: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency__in=agencies).order_by("agency", "name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def said(self) -> Said:
        words = {name: self.cleaned_data[name] for name in WORDS}
        return Said(**words | {"group": ExternalGroup(words["group"])})


class CreateForm(SaidForm, AgencyForm):
    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, by=by, agencies=list(by.standing.agencies), **kwargs)

    field_order = ["agency", *WORDS, "file"]


class ChangeForm(SaidForm):
    revision = forms.IntegerField(widget=forms.HiddenInput())


class RepealForm(ReasonForm):
    valid_to = DateField(label=gettext_lazy("Hết hiệu lực từ ngày"))
    replaced_by = forms.ModelChoiceField(
        ExternalDocument.objects.none(), label=gettext_lazy("Văn bản thay thế"), required=False,
        empty_label=gettext_lazy("Không có văn bản thay thế"),
        help_text=gettext_lazy("Nhập văn bản mới vào danh mục trước, rồi chọn ở đây."),
    )  # fmt: skip
    field_order = ["valid_to", "replaced_by", "reason"]

    def __init__(self, *args: Any, external: ExternalDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Căn cứ")
        others = ExternalDocument.objects.filter(agency=external.agency_id)
        field = self.fields["replaced_by"]
        field.queryset = others.exclude(pk=external.pk)  # type: ignore[attr-defined]  # as above


class CheckForm(forms.Form):
    verdict = forms.ChoiceField(choices=CheckVerdict.choices, label=gettext_lazy("Kết luận"))
    note = TextField(
        max_length=1000, required=False, label=gettext_lazy("Ghi chú"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
