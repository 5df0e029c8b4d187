"""What an editor of the library and an adopter type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import AUTHORED_KINDS
from documents.permissions import WRITING
from qms.agencies.models import Agency, AgencyKind, User
from qms.web.forms import TextField


class TemplateForm(forms.Form):
    code = TextField(label=_("Mã mẫu"), max_length=60, help_text=_("Ví dụ: M-QT-07"))
    title = TextField(label=_("Tên mẫu"), max_length=500)
    target_kind = forms.ChoiceField(label=_("Khi áp dụng sẽ thành"), choices=AUTHORED_KINDS)
    summary = TextField(
        label=_("Tóm tắt"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Một hai câu để cơ quan biết mẫu này dùng làm gì."),
    )  # fmt: skip
    audience = forms.MultipleChoiceField(
        label=_("Dành cho"), choices=AgencyKind, widget=forms.CheckboxSelectMultiple
    )


class AdoptForm(forms.Form):
    """Which of the person's agencies adopts."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Cơ quan"), empty_label=None)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        agencies = Agency.objects.filter(pk__in=by.standing.agencies_with(*WRITING))
        field.queryset = agencies  # type: ignore[attr-defined]  # a ModelChoiceField
        if agencies.count() == 1:
            field.initial = agencies[0]
            field.widget = forms.HiddenInput()
