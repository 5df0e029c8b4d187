"""What people type to comment on a version, and to settle a comment."""

from django import forms
from django.utils.translation import gettext_lazy

from qms.web.forms import TextField


class CreateForm(forms.Form):
    """A remark; the hidden fields say what it is about."""

    text = TextField(
        label=gettext_lazy("Góp ý"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Nhập nội dung góp ý.")},
    )
    place = TextField(required=False, max_length=330, widget=forms.HiddenInput())
    change_key = forms.RegexField(r"^[0-9a-f]{40}$", required=False, widget=forms.HiddenInput())
    quote = TextField(required=False, max_length=300, widget=forms.HiddenInput())


class ResolveForm(forms.Form):
    answer = TextField(
        required=False,
        label=gettext_lazy("Cách xử lý"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
    )


class MarkForm(forms.Form):
    """Which change, and whether it was looked at."""

    key = forms.RegexField(r"^[0-9a-f]{40}$")
    seen = forms.BooleanField(required=False)
