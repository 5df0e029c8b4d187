"""What those who report, own, approve and verify a nonconformity type."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.choices import OwnAgencyForm, groups, long_text, people_of
from audits.models import Nonconformity, Source
from qms.agencies.models import Unit, User
from qms.standards.models import Clause
from qms.web.forms import DateField

ACTION_ROWS = 3


class ReportForm(OwnAgencyForm):
    """The first part of the form: anybody reports a nonconformity."""

    source = forms.ChoiceField(
        label=gettext_lazy("Nguồn"),
        choices=[(s.value, s.label) for s in Source if s != Source.AUDIT],
        initial=Source.REPORT,
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Đơn vị"), required=False,
        empty_label=gettext_lazy("Chưa rõ"),
    )  # fmt: skip
    clause = forms.ModelChoiceField(
        Clause.objects.none(), label=gettext_lazy("Điều khoản"), required=False,
        empty_label=gettext_lazy("Chưa rõ"),
    )  # fmt: skip
    description = long_text(
        gettext_lazy("Mô tả sự việc"),
        help_text=gettext_lazy("Điều gì đã xảy ra, ở đâu, bao nhiêu trường hợp"),
    )
    requirement = long_text(gettext_lazy("Yêu cầu không đáp ứng"), rows=2)
    evidence = long_text(gettext_lazy("Bằng chứng"), rows=2)
    is_major = forms.BooleanField(
        label=gettext_lazy("Không phù hợp nặng"), required=False,
        help_text=gettext_lazy("Ảnh hưởng đến kết quả cho người dân, hoặc lặp lại nhiều lần."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].queryset = Unit.objects.filter(agency=self.chosen, valid_to=None)
        fields["clause"].queryset = groups()


class AcceptForm(forms.Form):
    owner = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Người chịu trách nhiệm"), empty_label=None
    )

    def __init__(self, *args: Any, case: Nonconformity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_of(case.agency)  # type: ignore[attr-defined]  # as above


class PlanForm(forms.Form):
    """Correction, cause, and up to three actions; empty rows are no actions."""

    correction = long_text(
        gettext_lazy("Khắc phục ngay"), help_text=gettext_lazy("Việc đã làm để sửa sự việc này.")
    )
    cause = long_text(
        gettext_lazy("Nguyên nhân gốc rễ"),
        help_text=gettext_lazy("Hỏi vì sao nhiều lần, đến điều mà nếu khác đi thì không xảy ra."),
    )

    def __init__(self, *args: Any, case: Nonconformity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(case.agency)
        for n in range(1, ACTION_ROWS + 1):
            first = n == 1
            self.fields[f"action_{n}"] = long_text(
                _("Hành động khắc phục %d") % n, rows=2, required=first
            )
            self.fields[f"owner_{n}"] = forms.ModelChoiceField(
                people, label=_("Người thực hiện %d") % n, required=first
            )
            self.fields[f"due_{n}"] = DateField(label=_("Hạn %d") % n, required=first)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for n in range(1, ACTION_ROWS + 1):
            row = [said.get(f"{name}_{n}") for name in ("action", "owner", "due")]
            if any(row) and not all(row) and not self.errors.get(f"action_{n}"):
                self.add_error(f"action_{n}", _("Nêu đủ việc, người thực hiện và hạn."))
            due: dt.date | None = said.get(f"due_{n}")
            if due and due < timezone.localdate():
                self.add_error(f"due_{n}", _("Hạn của hành động phải từ hôm nay trở đi."))
        return said

    def rows(self) -> list[tuple[str, User, dt.date]]:
        said = self.cleaned_data
        numbers = [n for n in range(1, ACTION_ROWS + 1) if said.get(f"action_{n}")]
        return [(said[f"action_{n}"], said[f"owner_{n}"], said[f"due_{n}"]) for n in numbers]


class ReasonForm(forms.Form):
    reason = long_text(gettext_lazy("Lý do"), rows=2)


class NoteForm(forms.Form):
    note = long_text(
        gettext_lazy("Đã kiểm tra gì, thấy gì"), rows=3,
        help_text=gettext_lazy("Nêu hồ sơ, khoảng thời gian và kết quả kiểm tra lại."),
    )  # fmt: skip


class ResultForm(forms.Form):
    result = long_text(gettext_lazy("Kết quả, bằng chứng"), rows=2)
