"""What an auditor types on the sheet: one form a question."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.choices import long_text
from audits.models import GRADES, ChecklistItem, Grade
from qms.web.forms import TextField


class AnswerForm(forms.Form):
    """One question of the sheet; a nonconforming grade asks for the finding as well."""

    grade = forms.ChoiceField(
        choices=Grade, widget=forms.RadioSelect, label=gettext_lazy("Kết quả"),
        error_messages={"required": gettext_lazy("Chọn kết quả của câu này.")},
    )  # fmt: skip
    evidence = long_text(gettext_lazy("Bằng chứng"), rows=2, required=False)
    statement = long_text(
        gettext_lazy("Mô tả sự việc"), rows=2, required=False,
        help_text=gettext_lazy("Điều gì đã xảy ra, ở đâu, bao nhiêu trường hợp"),
    )  # fmt: skip
    criterion = TextField(
        label=gettext_lazy("Yêu cầu không đáp ứng"), max_length=1000, required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("grade") in GRADES:
            for name, sentence in (
                ("statement", _("Mô tả sự việc để người khác hiểu được.")),
                ("evidence", _("Nhập số hiệu hồ sơ, ngày hoặc nơi đã thấy.")),
                ("criterion", _("Nêu điều khoản hoặc tài liệu không được đáp ứng.")),
            ):
                if not said.get(name, "").strip():
                    self.add_error(name, sentence)
        return said


def answer_form(item: ChecklistItem, data: Any = None) -> AnswerForm:
    """The form of one question, filled with what was recorded."""
    found, kept = getattr(item, "answer", None), getattr(item, "finding", None)
    initial: dict[str, Any] = {"revision": 0, "criterion": _("Điều %s") % item.clause.number}
    if found is not None:
        initial |= {"grade": found.grade, "evidence": found.evidence, "revision": found.revision}
    if kept is not None:
        initial |= {"statement": kept.statement, "criterion": kept.criterion}
    return AnswerForm(data, initial=initial, auto_id=f"q{item.pk}_%s", prefix=f"q{item.pk}")
