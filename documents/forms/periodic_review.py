"""What the quality office types after looking at a document again."""

from django import forms
from django.utils.translation import gettext_lazy

from documents.forms.version import ReplacementForm
from documents.models import ReviewVerdict
from qms.web.forms import TextField


class ConcludeForm(ReplacementForm):
    """The verdict, why, and what replaces a document that is withdrawn."""

    field_order = ["verdict", "remark", "replaced_by"]
    verdict = forms.ChoiceField(
        choices=ReviewVerdict.choices, widget=forms.RadioSelect, label=gettext_lazy("Kết luận")
    )
    remark = TextField(
        label=gettext_lazy("Nhận xét"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
