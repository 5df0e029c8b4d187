"""What a register is asked for. Every choice is a word in the address, and none is needed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from documents.models import DocumentKind, ExternalGroup, ExternalState
from qms.agencies.models import Unit, User
from qms.standards.models import Clause
from qms.web.forms import DateField, TextField


class RegisterForm(forms.Form):
    """A day and the choices of one register; `day` is today when none is given."""

    NAMES: ClassVar[dict[str, str]] = {}

    on = DateField(label=_("Tính đến ngày"), required=False)
    agency = forms.ChoiceField(label=_("Cơ quan"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Bộ phận"), required=False, empty_label=_("Tất cả")
    )
    q = TextField(label=_("Từ cần tìm"), required=False, max_length=200)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if not self.data.get("on"):
            self.data = {**_plain(self.data), "on": f"{timezone.localdate():%d/%m/%Y}"}
        names = by.standing.names
        self.fields["agency"].choices = [("", _("Tất cả")), *names.items()]  # type: ignore[attr-defined]
        if len(names) < 2:  # nothing to choose among one
            del self.fields["agency"]
        units = Unit.objects.filter(agency__in=by.standing.agencies).order_by("agency", "name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def day(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"] or timezone.localdate()
        return day

    @property
    def agencies(self) -> frozenset[int]:
        """The chosen one of the person's agencies, or all of them."""
        chosen = self.cleaned_data.get("agency")
        return frozenset({int(chosen)}) if chosen else self.by.standing.agencies

    @property
    def query(self) -> str:
        """The choices as words of an address, to save; today's day is left out."""
        kept = {name: self.data.get(name, "").strip() for name in self.fields}
        if self.day == timezone.localdate():
            del kept["on"]
        return urlencode({name: value[:200] for name, value in kept.items() if value})

    @property
    def chosen(self) -> tuple[str, ...]:
        """The choices in words, for a paper that shows only a part."""
        said = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if name == "on" or value in (None, ""):
                continue
            choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
            shown = choices.get(value) or choices.get(_number(value)) or value
            said.append(f"{field.label}: {shown}")
        return tuple(said)


class MasterForm(RegisterForm):
    kind = forms.ChoiceField(
        label=_("Loại tài liệu"), required=False,
        choices=[("", _("Tất cả")), *(
            (k.value, k.label) for k in DocumentKind if k != DocumentKind.GUIDANCE
        )],
    )  # fmt: skip
    clause = forms.ModelChoiceField(
        Clause.objects.none(), label=_("Điều khoản"), required=False, empty_label=_("Tất cả"),
        to_field_name="number",
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Hiệu lực"), required=False,
        choices=[("", _("Tất cả")), ("in_force", _("Đang hiệu lực")), ("expired", _("Đã hết hiệu lực"))],
    )  # fmt: skip
    field_order = ["on", "agency", "unit", "kind", "clause", "state", "q"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clauses = Clause.objects.filter(edition__is_default=True).filter(
            Q(parent=None) | Q(parent__parent=None) | Q(parent__parent__parent=None)
        )
        self.fields["clause"].queryset = clauses  # type: ignore[attr-defined]  # as above


class ExternalForm(RegisterForm):
    group = forms.ChoiceField(
        label=_("Nhóm"), required=False, choices=[("", _("Tất cả")), *ExternalGroup.choices]
    )
    state = forms.ChoiceField(
        label=_("Hiệu lực"), required=False,
        choices=[("", _("Tất cả")), *ExternalState.choices],
    )  # fmt: skip
    field_order = ["on", "agency", "unit", "group", "state", "q"]


class RecordsForm(RegisterForm):
    keep = forms.ChoiceField(
        label=_("Thời hạn lưu"), required=False,
        choices=[("", _("Tất cả")), ("years", _("Có thời hạn")), ("ever", _("Vĩnh viễn"))],
    )  # fmt: skip
    field_order = ["on", "agency", "unit", "keep", "q"]


class SaveViewForm(forms.Form):
    """The name under which one's own view is found again."""

    name = TextField(label=_("Tên cách xem"), max_length=80)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The last value of each word, as a form reads them."""
    return {name: data.get(name) for name in data}


def _number(value: str) -> int | str:
    return int(value) if value.isdecimal() else value
