"""What the quality office types about how documents are controlled."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import AUTHORED_KINDS
from documents.forms.route import ControlledAgencyForm
from documents.models import ControlSettings
from documents.services.coding import example, usual
from qms.kernel.patterns import pattern_of
from qms.kernel.refusals import Unacceptable
from qms.web.forms import DaysField, TextField


def _days(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most)


class ChangeForm(ControlledAgencyForm):
    """Counters, people, days, and a code pattern for each kind."""

    counts_amendments = forms.BooleanField(
        required=False, label=gettext_lazy("Đếm cả lần sửa đổi"),
        help_text=gettext_lazy("Bỏ chọn nếu cơ quan chỉ đếm lần ban hành."),
    )  # fmt: skip
    needs_three_people = forms.BooleanField(
        required=False, label=gettext_lazy("Soạn thảo, soát xét, phê duyệt là ba người khác nhau"),
        help_text=gettext_lazy("Bỏ chọn ở cơ quan ít người; người soạn thảo vẫn không phê duyệt."),
    )  # fmt: skip
    decide_days = _days(gettext_lazy("Số ngày để cho ý kiến ở mỗi bước"), 1, 90)
    remind_days = _days(gettext_lazy("Nhắc trước hạn bao nhiêu ngày"), 0, 30)
    escalate_days = _days(gettext_lazy("Quá hạn bao nhiêu ngày thì báo cấp trên"), 0, 90)
    read_days = _days(gettext_lazy("Số ngày để đọc và xác nhận"), 1, 180)
    review_months = _days(gettext_lazy("Chu kỳ soát xét định kỳ (tháng)"), 1, 120)

    days_off = DaysField(
        label=gettext_lazy("Ngày nghỉ thêm"),
        help_text=gettext_lazy(
            "Mỗi dòng một ngày hoặc một khoảng, ví dụ 05/02/2027 - 11/02/2027. "
            "Ngày lễ đã công bố có sẵn; nhập ở đây lịch nghỉ Tết mới có và ngày nghỉ riêng."
        ),
    )
    days_worked = DaysField(
        label=gettext_lazy("Ngày làm bù"),
        help_text=gettext_lazy("Thứ Bảy, Chủ nhật hoặc ngày lễ mà cơ quan vẫn làm việc."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        settings = ControlSettings.of(self.chosen)
        for name in self.plain:
            self.fields[name].initial = getattr(settings, name)
        for kind, label in AUTHORED_KINDS:
            self.fields[f"pattern_{kind}"] = TextField(
                required=False, max_length=60, label=_("Mẫu mã hiệu: %s") % label,
                initial=settings.code_patterns.get(kind, ""),
                help_text=self._example(kind, settings.code_patterns.get(kind, "")),
            )  # fmt: skip

    plain = (
        "counts_amendments", "needs_three_people", "decide_days", "remind_days", "escalate_days",
        "read_days", "review_months", "days_off", "days_worked",
    )  # fmt: skip

    def _example(self, kind: str, kept: str) -> str:
        """What the pattern gives, as typed when it was typed and else as it is kept."""
        text = str(self.data.get(f"pattern_{kind}", "")) if self.is_bound else kept
        try:
            code = example(self.chosen, kind, pattern_of(text.strip() or usual(kind)))
        except Unacceptable as refusal:
            return str(refusal)
        return _("Ví dụ mã: %(code)s. Để trống để dùng mẫu chung.") % {"code": code}

    def clean(self) -> dict[str, Any]:
        """Every pattern makes a code, and says at its own field when it does not."""
        for kind, _label in AUTHORED_KINDS:
            name = f"pattern_{kind}"
            if self.cleaned_data.get(name):
                try:
                    pattern_of(self.cleaned_data[name])
                except Unacceptable as refusal:
                    self.add_error(name, str(refusal))
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """The choices as `services.control.change` takes them."""
        data = self.cleaned_data
        patterns = {kind: data[f"pattern_{kind}"] for kind, _label in AUTHORED_KINDS}
        return {name: data[name] for name in self.plain} | {
            "code_patterns": {kind: text for kind, text in patterns.items() if text}
        }
