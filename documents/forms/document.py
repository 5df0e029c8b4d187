"""What people type to start a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from documents.forms import AUTHORED_KINDS, AgencyForm
from documents.models import PROCEDURES, Document, DocumentKind
from documents.permissions import WRITING, visible_documents
from qms.agencies.models import User
from qms.web.forms import TextField


class AttachForm(forms.Form):
    """The procedure that a form belongs to."""

    parent = forms.ModelChoiceField(
        Document.objects.none(), required=False, label=gettext_lazy("Biểu mẫu của quy trình"),
        empty_label=gettext_lazy("Không thuộc quy trình nào"),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("parent", document.parent_id)
        procedures = visible_documents(by).filter(
            agency=document.agency_id, kind__in=PROCEDURES, code_settled=True
        )
        self.fields["parent"].queryset = procedures.order_by("code_key")  # type: ignore[attr-defined]


class CreateForm(AgencyForm):
    """A kind and a title; without a code the agency's pattern gives the next one."""

    kind = forms.ChoiceField(choices=AUTHORED_KINDS, label=gettext_lazy("Loại tài liệu"))
    parent = forms.ModelChoiceField(
        Document.objects.none(), required=False, label=gettext_lazy("Biểu mẫu của quy trình"),
        empty_label=gettext_lazy("Không thuộc quy trình nào"),
        help_text=gettext_lazy("Chỉ khi loại tài liệu là biểu mẫu."),
    )  # fmt: skip
    code = TextField(
        max_length=60, required=False, label=gettext_lazy("Mã hiệu"),
        help_text=gettext_lazy("Để trống để lấy số tiếp theo của cơ quan. Ví dụ: QT-03"),
    )  # fmt: skip
    field = TextField(
        max_length=20, required=False, label=gettext_lazy("Ký hiệu lĩnh vực"),
        help_text=gettext_lazy("Chỉ khi mẫu mã hiệu của cơ quan có lĩnh vực. Ví dụ: HCTP"),
    )  # fmt: skip
    title = TextField(max_length=500, label=gettext_lazy("Tên tài liệu"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        procedures = visible_documents(by).filter(
            agency__in=by.standing.agencies_with(*WRITING), kind__in=PROCEDURES
        )
        self.fields["parent"].queryset = procedures.order_by("code_key")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("kind") != DocumentKind.FORM:
            self.cleaned_data["parent"] = None
        return self.cleaned_data
