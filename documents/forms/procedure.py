"""What the author types about a TTHC procedure: the formality, the times, the step table."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Level, Online
from documents.services.procedure import MOST_STEPS, NATIONAL_CODE
from qms.kernel.content import Procedure, Step
from qms.kernel.durations import Duration, Unit, in_words, parse
from qms.web.forms import DateField, TextField

NOTHING = Procedure("", "", "", "", "", None, 0, Unit.DAY, ())


class TimeField(TextField):
    """Working time as people write it; empty is none."""

    default_error_messages = {
        "invalid_time": gettext_lazy(
            "Nhập thời gian kèm đơn vị, ví dụ 4 giờ, 0,5 ngày, 1/2 ngày hoặc 1 ngày 4 giờ"
        )
    }

    def clean(self, value: Any) -> Duration | None:
        text = super().clean(value)
        if not text.strip():
            return None
        found = parse(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_time"])
        return found


class ChangeForm(forms.Form):
    """The formality, the whole time, and one row for each step; an empty row is none."""

    SPARE = 3

    revision = forms.IntegerField(widget=forms.HiddenInput())
    national_code = TextField(
        max_length=40, required=False, label=gettext_lazy("Mã thủ tục"),
        help_text=gettext_lazy("Mã trên Cơ sở dữ liệu quốc gia về TTHC, ví dụ 1.001234"),
    )  # fmt: skip
    field = TextField(max_length=200, required=False, label=gettext_lazy("Lĩnh vực"))
    level = forms.ChoiceField(
        choices=[("", gettext_lazy("Chưa chọn")), *Level.choices], required=False,
        label=gettext_lazy("Cấp giải quyết"),
    )  # fmt: skip
    online = forms.ChoiceField(
        choices=[("", gettext_lazy("Chưa chọn")), *Online.choices], required=False,
        label=gettext_lazy("Dịch vụ công trực tuyến"),
    )  # fmt: skip
    act_number = TextField(
        max_length=60, required=False, label=gettext_lazy("Số quyết định công bố"),
        help_text=gettext_lazy("Ví dụ: 1234/QĐ-UBND"),
    )  # fmt: skip
    act_on = DateField(required=False, label=gettext_lazy("Ngày quyết định công bố"))
    total = TimeField(
        max_length=60, required=False, label=gettext_lazy("Tổng thời gian giải quyết"),
        help_text=gettext_lazy("Giờ hoặc ngày làm việc, một ngày tám giờ. Ví dụ: 3 ngày"),
    )  # fmt: skip

    def __init__(self, *args: Any, said: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _initial(said) | dict(self.initial)
        asked = str(self.data.get("rows", ""))
        wanted = int(asked) if asked.isdecimal() else len(said.steps) + self.SPARE
        self.rows = min(wanted, MOST_STEPS)
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput(), initial=self.rows)
        for n in range(1, self.rows + 1):
            self._add_row(n, said.steps[n - 1] if n <= len(said.steps) else None)

    def _add_row(self, n: int, step: Step | None) -> None:
        time = in_words(step.minutes, step.unit) if step and step.minutes else ""
        self.fields[f"order_{n}"] = forms.IntegerField(
            label=_("Thứ tự"), required=False, min_value=1, max_value=999, initial=n,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
        )  # fmt: skip
        self.fields[f"name_{n}"] = TextField(
            label=_("Trình tự"), required=False, max_length=4000,
            initial=step.name if step else "", widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
        self.fields[f"responsible_{n}"] = TextField(
            label=_("Trách nhiệm"), required=False, max_length=300,
            initial=step.responsible if step else "",
        )  # fmt: skip
        self.fields[f"time_{n}"] = TimeField(
            label=_("Thời gian"), required=False, max_length=60, initial=time,
            help_text=_("Để trống nếu tính vào bước trước."),
        )  # fmt: skip
        self.fields[f"result_{n}"] = TextField(
            label=_("Biểu mẫu, kết quả"), required=False, max_length=2000,
            initial=step.result if step else "",
        )  # fmt: skip

    def plain(self) -> list[forms.BoundField]:
        """Everything above the step table."""
        return [self[name] for name in self.base_fields if name != "revision"]

    def step_rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        names = ("order", "name", "responsible", "time", "result")
        for n in range(1, self.rows + 1):
            yield n, [self[f"{name}_{n}"] for name in names]

    def clean_national_code(self) -> str:
        code: str = self.cleaned_data["national_code"].strip()
        if code and not NATIONAL_CODE.fullmatch(code):
            raise forms.ValidationError(
                _("Mã thủ tục có dạng 1.001234 như trên Cơ sở dữ liệu quốc gia về TTHC.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("act_on") and not said.get("act_number"):
            self.add_error("act_number", _("Nhập số của quyết định công bố, hoặc xóa ngày."))
        for n in range(1, self.rows + 1):
            others = ("responsible", "time", "result")
            if not said.get(f"name_{n}") and any(said.get(f"{o}_{n}") for o in others):
                self.add_error(f"name_{n}", _("Nói rõ việc phải làm ở bước này."))
        return said

    def said(self) -> Procedure:
        """As `services.procedure.change` takes it; rows in the order that was typed."""
        data = self.cleaned_data
        total = data["total"]
        rows = [n for n in range(1, self.rows + 1) if data[f"name_{n}"]]
        rows.sort(key=lambda n: (data[f"order_{n}"] or n, n))
        return Procedure(
            **{name: data[name] for name in (
                "national_code", "field", "level", "online", "act_number", "act_on",
            )},
            minutes=total.minutes if total else 0,
            unit=total.unit if total else Unit.DAY,
            steps=tuple(self._step(n) for n in rows),
        )  # fmt: skip

    def _step(self, n: int) -> Step:
        data = self.cleaned_data
        time: Duration | None = data[f"time_{n}"]
        return Step(
            data[f"name_{n}"], data[f"responsible_{n}"], time.minutes if time else 0,
            time.unit if time else Unit.DAY, data[f"result_{n}"],
        )  # fmt: skip


def _initial(said: Procedure) -> dict[str, Any]:
    names = ("national_code", "field", "level", "online", "act_number", "act_on")
    total = in_words(said.minutes, said.unit) if said.minutes else ""
    return {name: getattr(said, name) for name in names} | {"total": total}
