"""What people type into a distribution list, and how they say how much a version changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.permissions import staff_of
from documents.services.distribution import Line
from qms.agencies.models import Role, Unit
from qms.agencies.roles import PROVINCIAL_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.models import DistributionLine
    from qms.agencies.models import Agency

MOST_LINES = 60
EVERYBODY = "everybody"
WEIGHTS = [
    ("1", gettext_lazy("Thay đổi cách làm: mọi người trong danh sách đọc lại")),
    ("0", gettext_lazy("Chỉ sửa câu chữ, trình bày: ai đã xác nhận bản trước không phải đọc lại")),
]


class AssignForm(forms.Form):
    """The lines of a list; an empty line is none. "Everybody" must be chosen, never left over."""

    SPARE = 3

    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, agency: Agency, lines: Sequence[DistributionLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("rows", ""))
        self.rows = min(int(asked), MOST_LINES) if asked.isdecimal() else len(lines) + self.SPARE
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput(), initial=self.rows)
        roles = [("", "–"), (EVERYBODY, _("Mọi người"))]
        roles += [(r.value, str(r.label)) for r in Role if r not in PROVINCIAL_ROLES]
        units, people = Unit.objects.filter(agency=agency, valid_to=None), staff_of(agency)
        choices = {
            "role": roles,
            "unit": [("", _("Toàn cơ quan")), *((str(u.pk), u.name) for u in units)],
            "person": [("", "–"), *((str(p.pk), str(p)) for p in people)],
        }
        self.units = {str(unit.pk): unit for unit in units}
        self.people = {str(person.pk): person for person in people}
        for n in range(1, self.rows + 1):
            said = _initial(lines[n - 1]) if n <= len(lines) else {}
            for name, label in (
                ("role", _("Dòng %d: vai trò")),
                ("unit", _("Dòng %d: phòng, đơn vị")),
                ("person", _("Dòng %d: hoặc một người")),
            ):
                self.fields[f"{name}_{n}"] = forms.ChoiceField(
                    label=label % n, choices=choices[name], required=False,
                    initial=said.get(name, ""),
                )  # fmt: skip

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The three boxes of each line, to be drawn beside each other."""
        return [
            [self[f"{name}_{n}"] for name in ("role", "unit", "person")]
            for n in range(1, self.rows + 1)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for n in range(1, self.rows + 1):
            other = said.get(f"role_{n}") or said.get(f"unit_{n}")
            if said.get(f"person_{n}") and other:
                self.add_error(
                    f"person_{n}",
                    _("Dòng nêu tên người không kèm vai trò hoặc phòng. Tách thành hai dòng."),
                )
        return said

    def lines(self) -> list[Line]:
        said, found = self.cleaned_data, []
        for n in range(1, self.rows + 1):
            role, unit, person = (said[f"{name}_{n}"] for name in ("role", "unit", "person"))
            if person:
                found.append(Line(person=self.people[person]))
            elif role or unit:
                place = self.units[unit] if unit else None
                found.append(Line(role="" if role == EVERYBODY else role, unit=place))
        return found


class WeighForm(forms.Form):
    is_substantive = forms.TypedChoiceField(
        choices=WEIGHTS,
        coerce=lambda word: word == "1",
        widget=forms.RadioSelect,
        label=gettext_lazy("Mức độ thay đổi so với bản trước"),
    )


def _initial(line: DistributionLine) -> dict[str, str]:
    if line.person_id is not None:
        return {"person": str(line.person_id)}
    unit = str(line.unit_id) if line.unit_id is not None else ""
    return {"role": line.role or EVERYBODY, "unit": unit}
