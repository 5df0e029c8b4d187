"""What somebody with a copy in hand types to check it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.web.forms import TextField, UploadField

CHECK_LETTERS = 8


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
    """A file to be told from the original and from the copies that were issued."""

    file = UploadField(label=gettext_lazy("Tệp PDF cần so"), accept=".pdf")
