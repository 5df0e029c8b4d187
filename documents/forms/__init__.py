"""Forms that several nouns share: about an agency, a reason, a remark, a bare button."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from documents.models import DocumentKind
from documents.permissions import WRITING
from qms.agencies.models import Agency, User
from qms.web.forms import TextField

AUTHORED_KINDS = [
    (kind.value, kind.label) for kind in DocumentKind if kind != DocumentKind.GUIDANCE
]


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


class CommentForm(forms.Form):
    comment = TextField(
        required=False,
        label=gettext_lazy("Nội dung ý kiến"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
    )


class ReasonForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("Lý do"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Nêu lý do để người khác biết cần làm gì tiếp.")},
    )


class EmptyForm(forms.Form):
    """A button without anything to fill in."""
