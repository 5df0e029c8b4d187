"""What people type about records: series, files, holds, disposals."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import AgencyForm
from documents.models import Document, DocumentKind, RecordFile
from documents.permissions import visible_documents
from documents.services.record import FileSaid, Said
from qms.agencies.models import Agency, Unit, User
from qms.web.forms import DateField, TextField

WORDS = (
    "name", "document", "source", "unit", "place", "retention_years", "legal_basis", "since",
    "until",
)  # fmt: skip


class SeriesForm(forms.Form):
    """One line of the list of records."""

    name = TextField(max_length=300, label=gettext_lazy("Tên hồ sơ"))
    document = forms.ModelChoiceField(
        Document.objects.none(), label=gettext_lazy("Thuộc quy trình"), required=False,
        empty_label=gettext_lazy("Không gắn với quy trình nào"),
    )  # fmt: skip
    source = TextField(
        max_length=120, required=False, label=gettext_lazy("Mã hiệu khác"),
        help_text=gettext_lazy("Chỉ nhập khi quy trình không có trong hệ thống."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Bộ phận lưu"), required=False,
        empty_label=gettext_lazy("Chưa phân công"),
    )  # fmt: skip
    place = TextField(max_length=200, required=False, label=gettext_lazy("Nơi lưu"))
    retention_years = forms.IntegerField(
        min_value=1, max_value=200, required=False, label=gettext_lazy("Thời gian lưu (năm)"),
        help_text=gettext_lazy("Để trống nếu lưu vĩnh viễn."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    legal_basis = TextField(
        max_length=300, required=False, label=gettext_lazy("Căn cứ thời hạn lưu")
    )
    since = DateField(label=gettext_lazy("Lập từ ngày"))
    until = DateField(label=gettext_lazy("Ngừng lập từ ngày"), required=False)

    def __init__(self, *args: Any, reader: User, agencies: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency__in=agencies).order_by("agency", "name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField
        documents = visible_documents(reader).filter(agency__in=agencies)
        field = self.fields["document"]
        field.queryset = documents.exclude(kind=DocumentKind.GUIDANCE)  # type: ignore[attr-defined]
        self.fields["since"].initial = timezone.localdate

    @property
    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in WORDS})


class CreateForm(SeriesForm, AgencyForm):
    field_order = ["agency", *WORDS]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        agencies = list(by.standing.agencies)
        super().__init__(*args, by=by, reader=by, agencies=agencies, **kwargs)


class ChangeForm(SeriesForm):
    revision = forms.IntegerField(widget=forms.HiddenInput())


class FileForm(forms.Form):
    """One file of a series; closed when the last paper is in it."""

    title = TextField(max_length=300, label=gettext_lazy("Tiêu đề hồ sơ"))
    opened_on = DateField(label=gettext_lazy("Ngày mở"))
    closed_on = DateField(
        label=gettext_lazy("Ngày kết thúc"), required=False,
        help_text=gettext_lazy("Thời hạn lưu tính từ ngày này."),
    )  # fmt: skip
    place = TextField(max_length=200, required=False, label=gettext_lazy("Hộp, giá, nơi để"))

    @property
    def said(self) -> FileSaid:
        words = ("title", "opened_on", "closed_on", "place")
        return FileSaid(**{name: self.cleaned_data[name] for name in words})


class ChangeFileForm(FileForm):
    revision = forms.IntegerField(widget=forms.HiddenInput())


class ProposeForm(forms.Form):
    """Files whose time is over, ticked."""

    files = forms.ModelMultipleChoiceField(  # type: ignore[assignment]  # not the uploads
        RecordFile.objects.none(), label=gettext_lazy("Hồ sơ đề nghị hủy"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Chọn ít nhất một hồ sơ đã hết thời hạn lưu.")},
    )  # fmt: skip
    note = TextField(
        max_length=2000, required=False, label=gettext_lazy("Lý do đề nghị"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = RecordFile.objects.disposable(timezone.localdate()).filter(series__agency=agency)
        field = self.fields["files"]
        field.queryset = due.select_related("series")  # type: ignore[attr-defined]  # as above
        field.label_from_instance = _file_words  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    number = TextField(
        max_length=60, label=gettext_lazy("Số quyết định"),
        help_text=gettext_lazy("Số do Văn thư cấp, ví dụ 12/QĐ-SNV"),
    )  # fmt: skip
    decided_on = DateField(label=gettext_lazy("Ngày quyết định"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate


def _file_words(file: RecordFile) -> str:
    return _("%(title)s · %(series)s · hết hạn %(day)s") % {
        "title": file.title, "series": file.series.name, "day": f"{file.due_on:%d/%m/%Y}",
    }  # fmt: skip
