"""What the lead auditor types: the plan of an audit, its timetable, its conclusion."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.choices import OwnAgencyForm, groups, long_text, people_of
from audits.lifecycles import ProgrammeState
from audits.models import Audit, AuditKind, Programme
from audits.permissions import ASKING
from qms.agencies.models import Role, Unit, User
from qms.standards.models import Clause
from qms.web.forms import DateField, TextField

_HOUR = gettext_lazy("Dạng giờ:phút, ví dụ 08:30")


class AuditForm(OwnAgencyForm):
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=AuditKind)
    title = TextField(label=gettext_lazy("Tên cuộc đánh giá"), max_length=300)
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=gettext_lazy("Theo chương trình"),
        required=False,
        empty_label=gettext_lazy("Ngoài chương trình"),
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Đơn vị được đánh giá"),
        widget=forms.CheckboxSelectMultiple,
    )
    clauses = forms.ModelMultipleChoiceField(
        Clause.objects.none(),
        label=gettext_lazy("Điều khoản"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Câu hỏi lấy từ ngân hàng câu hỏi theo điều khoản đã chọn."),
    )
    starts_on = DateField(label=gettext_lazy("Từ ngày"))
    ends_on = DateField(label=gettext_lazy("Đến ngày"))
    lead = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Trưởng đoàn"), empty_label=None
    )
    auditors = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("Đánh giá viên"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    decision_no = TextField(
        label=gettext_lazy("Quyết định thành lập đoàn"), max_length=60, required=False
    )
    objectives = long_text(gettext_lazy("Mục tiêu"))
    scope = long_text(gettext_lazy("Phạm vi"))
    criteria = long_text(gettext_lazy("Chuẩn mực đánh giá"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["clauses"].queryset = groups()
        fields["units"].queryset = Unit.objects.filter(agency=self.chosen, valid_to=None)
        fields["programme"].queryset = Programme.objects.filter(
            agency=self.chosen, state=ProgrammeState.APPROVED
        )
        if self.chosen is not None:
            fields["lead"].queryset = people_of(self.chosen, Role.LEAD_AUDITOR)
            fields["auditors"].queryset = people_of(self.chosen, Role.AUDITOR, Role.LEAD_AUDITOR)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return said


class MeetingForm(forms.Form):
    """One line of the timetable: when, which unit about what, who asks, who answers."""

    day = DateField(label=gettext_lazy("Ngày"))
    from_time = forms.TimeField(label=gettext_lazy("Từ giờ"), help_text=_HOUR)
    to_time = forms.TimeField(label=gettext_lazy("Đến giờ"), help_text=_HOUR)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Đơn vị"), empty_label=None
    )
    auditor = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Đánh giá viên"), empty_label=None
    )
    auditee = TextField(label=gettext_lazy("Người được phỏng vấn"), max_length=120, required=False)
    clauses = forms.ModelMultipleChoiceField(
        Clause.objects.none(), label=gettext_lazy("Điều khoản"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, audit: Audit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["day"].initial = audit.starts_on
        fields["unit"].queryset = Unit.objects.filter(agency=audit.agency_id, valid_to=None)
        fields["auditor"].queryset = User.objects.filter(
            pk__in=audit.team.filter(duty__in=ASKING).values("user")
        )
        asked = {
            ".".join(number.split(".")[:2])
            for number in audit.items.values_list("clause__number", flat=True)
        }
        fields["clauses"].queryset = groups().filter(number__in=asked)


class ConclusionForm(forms.Form):
    conclusion = long_text(gettext_lazy("Kết luận của cuộc đánh giá"), rows=4)
