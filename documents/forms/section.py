"""What people type into one section of a draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from documents.services.section import Wording
from qms.standards.models import Clause, StandardEdition
from qms.web.forms import TextField, UploadField

MOST_LETTERS = 2_000_000


class SectionForm(forms.Form):
    """A section as its page shows it; `was_…` name it when its row has been replaced since."""

    revision = forms.IntegerField(widget=forms.HiddenInput())
    was_number = TextField(required=False, widget=forms.HiddenInput())
    was_title = TextField(required=False, widget=forms.HiddenInput())
    number = TextField(max_length=20, required=False, label=gettext_lazy("Số mục"))
    title = TextField(
        max_length=300, label=gettext_lazy("Tên mục"),
        error_messages={"required": gettext_lazy("Nhập tên mục.")},
    )  # fmt: skip
    html = TextField(
        required=False, max_length=MOST_LETTERS, label=gettext_lazy("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 14, "data-editor-source": "", "spellcheck": "false"}),
        error_messages={
            "max_length": gettext_lazy("Mục này quá dài. Tách thành nhiều mục rồi lưu lại.")
        },
    )  # fmt: skip
    clauses = forms.ModelMultipleChoiceField(
        Clause.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Điều khoản của tiêu chuẩn mà mục này đáp ứng"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = StandardEdition.objects.filter(is_default=True).first()
        offered = Clause.objects.none()
        if edition is not None:
            offered = Clause.objects.of(edition).auditable()
        self.fields["clauses"].queryset = offered  # type: ignore[attr-defined]

    @property
    def wording(self) -> Wording:
        said = self.cleaned_data
        return Wording(said["number"], said["title"], said["html"], list(said["clauses"]))

    @property
    def typed(self) -> Wording:
        """What was typed, whether it is valid or not."""
        data = self.data
        return Wording(data.get("number", ""), data.get("title", ""), data.get("html", ""))


class PlaceForm(forms.Form):
    """From which save a section is moved, removed or numbered, and in which direction."""

    revision = forms.IntegerField()
    up = forms.BooleanField(required=False)


class PictureForm(forms.Form):
    picture = UploadField(accept=".png,.jpg,.jpeg,.gif")
