"""What the quality office types after looking at a document again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from documents.forms.version import replacements_for
from documents.models import Document, ReviewVerdict, Version
from qms.agencies.models import User
from qms.web.forms import TextField


class ConcludeForm(forms.Form):
    """The verdict and why; where it is withdrawn, also which document takes its place."""

    verdict = forms.ChoiceField(
        choices=ReviewVerdict.choices, widget=forms.RadioSelect, label=gettext_lazy("Kết luận")
    )
    remark = TextField(
        label=gettext_lazy("Nhận xét"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    replaced_by = forms.ModelChoiceField(
        Document.objects.none(), required=False, label=gettext_lazy("Tài liệu thay thế"),
        empty_label=gettext_lazy("Không có tài liệu thay thế"),
        help_text=gettext_lazy("Chỉ khi kết luận bãi bỏ."),
    )  # fmt: skip

    def __init__(self, *args: Any, version: Version, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = replacements_for(version, by)  # type: ignore[attr-defined]
