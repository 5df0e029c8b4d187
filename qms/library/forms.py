"""What an editor of the library and an adopter type."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.forms import AUTHORED_KINDS
from qms.agencies.models import AgencyKind
from qms.library.matrix import STATES
from qms.library.models import TemplateSet
from qms.library.services.filling import Question
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


class AnswersForm(forms.Form):
    """One box for each open place; what was answered before stands there."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names: dict[str, str] = {}
        for question in questions:
            box = _box(question.name)
            self._names[box] = question.name
            self.fields[box] = _field(question)

    def answers(self) -> dict[str, str]:
        """Token's inside → text, of a valid form."""
        return {name: self.cleaned_data[box] for box, name in self._names.items()}


class AdoptForm(AnswersForm):
    """The code of one template, and what its text still leaves open."""

    code = TextField(
        label=_("Mã hiệu của cơ quan"), max_length=60, required=False,
        help_text=_("Để trống thì theo mẫu mã hiệu của cơ quan."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = TextField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class MatrixForm(forms.Form):
    """How the adoption matrix is narrowed."""

    set = forms.ModelChoiceField(
        TemplateSet.objects.all(), required=False, label=_("Bộ mẫu"), empty_label=_("Tất cả")
    )
    agency_kind = forms.ChoiceField(
        choices=[("", _("Tất cả")), *AgencyKind.choices], required=False, label=_("Loại cơ quan")
    )
    target_kind = forms.ChoiceField(
        choices=[("", _("Tất cả")), *AUTHORED_KINDS], required=False, label=_("Loại tài liệu")
    )
    state = forms.ChoiceField(
        choices=[("", _("Tất cả")), *((word, said[0]) for word, said in STATES.items())],
        required=False, label=_("Tình trạng"),
    )  # fmt: skip
    forms = forms.BooleanField(required=False, label=_("Cả biểu mẫu, văn bản"))


class ChoicesForm(forms.Form):
    """One choice for each conflict of a merge, by its key."""

    def __init__(self, *args: Any, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in keys:
            self.fields[f"c_{key}"] = forms.ChoiceField(
                choices=[("ours", ""), ("province", "")], required=False
            )

    def choices(self) -> dict[str, str]:
        said = {name[2:]: value for name, value in self.cleaned_data.items()}
        return {key: value for key, value in said.items() if value}


def _box(name: str) -> str:
    return f"slot_{name[1:]}" if name.startswith("?") else f"field_{name}"


def _field(question: Question) -> forms.Field:
    said = [question.help] if question.help else []
    if question.example:
        said.append(str(_("Ví dụ: %s.")) % question.example.rstrip("."))
    rows = {"rows": 3} if question.multiline else {}
    widget = forms.Textarea(attrs=rows) if question.multiline else forms.TextInput()
    return TextField(
        label=question.label, max_length=1000, initial=question.answer, widget=widget,
        help_text=" ".join(said),
    )  # fmt: skip
