"""What the quality office types to set a route."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import DocumentKind, Rule
from documents.models.route import DECIDING_DUTIES, SEAT_ROLES
from documents.permissions import CONTROLLING, holders
from documents.services.run import Asked, Planned
from qms.agencies.models import Agency, Role, Unit, User
from qms.web.forms import TextField

STATIONS = 6


class ControlledAgencyForm(forms.Form):
    """A form about one of the agencies whose documents the person controls."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Cơ quan"), empty_label=None
    )

    def __init__(self, *args: Any, by: User, chosen: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        field = self.fields["agency"]
        field.queryset = Agency.objects.filter(  # type: ignore[attr-defined]  # a ModelChoiceField
            pk__in=by.standing.agencies_with(*CONTROLLING)
        )
        field.initial = chosen
        field.widget = forms.HiddenInput()


class CreateForm(ControlledAgencyForm):
    """A route of up to six stations; a station that asks nobody is left out.

    Each asks the holders of a role (of one unit, when chosen), named people, or both.
    """

    name = TextField(max_length=120, label=gettext_lazy("Tên tuyến"))
    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Cho loại tài liệu"),
        choices=[("", gettext_lazy("Mọi loại chưa có tuyến riêng")), *DocumentKind.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [("", _("Cả cơ quan"))] + [
            (str(u.pk), u.name) for u in Unit.objects.filter(agency=self.chosen, valid_to=None)
        ]
        people: dict[int, User] = {}
        for role in (Role.REVIEWER, Role.APPROVER, Role.QUALITY):
            people |= {p.pk: p for p in holders(self.chosen, role)}
        self.people = people
        named = [(str(pk), str(p)) for pk, p in sorted(people.items(), key=lambda x: str(x[1]))]
        roles = [("", _("Không theo vai trò")), *SEAT_ROLES]
        for n in range(1, STATIONS + 1):
            self._add_station(n, units, roles, named)

    def _add_station(self, n: int, units: Any, roles: Any, named: Any) -> None:
        usual = {1: ("reviewer", "reviewer"), 2: ("approver", "approver")}.get(n, ("approver", ""))
        self.fields |= {
            f"duty_{n}": forms.ChoiceField(
                label=_("Việc"), choices=DECIDING_DUTIES, initial=usual[0]
            ),
            f"role_{n}": forms.ChoiceField(
                label=_("Hỏi người giữ vai trò"), choices=roles, required=False, initial=usual[1]
            ),
            f"unit_{n}": forms.ChoiceField(label=_("Thuộc"), choices=units, required=False),
            f"people_{n}": forms.MultipleChoiceField(
                label=_("Hoặc hỏi đích danh"), choices=named, required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            f"rule_{n}": forms.ChoiceField(label=_("Cần ai đồng ý"), choices=Rule.choices),
            f"needed_{n}": forms.IntegerField(
                label=_("Số người cần đồng ý"), min_value=1, max_value=50, initial=1,
                help_text=_("Chỉ dùng khi chọn “Ít nhất một số người”."),
            ),
            f"days_{n}": forms.IntegerField(
                label=_("Số ngày để cho ý kiến"), min_value=1, max_value=90, initial=3
            ),
            f"beside_{n}": forms.BooleanField(
                label=_("Cùng lúc với bước trên"), required=False
            ),
        }  # fmt: skip

    @property
    def stations(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each station, for the page to frame."""
        names = ("duty", "role", "unit", "people", "rule", "needed", "days", "beside")
        return [
            (n, [self[f"{name}_{n}"] for name in names if (name, n) != ("beside", 1)])
            for n in range(1, STATIONS + 1)
        ]

    def steps(self) -> list[Planned]:
        """The stations that ask somebody, numbered in their order."""
        said, order, steps = self.cleaned_data, 0, []
        units = {str(u.pk): u for u in Unit.objects.filter(agency=self.chosen)}
        for n in range(1, STATIONS + 1):
            seats = [Asked(self.people[int(pk)]) for pk in said[f"people_{n}"]]
            if said[f"role_{n}"]:
                seats.append(Asked(role=said[f"role_{n}"], unit=units.get(said[f"unit_{n}"])))
            if not seats:
                continue
            order += 0 if said[f"beside_{n}"] and order else 1
            steps.append(
                Planned(
                    order,
                    said[f"duty_{n}"],
                    said[f"rule_{n}"],
                    said[f"needed_{n}"],
                    said[f"days_{n}"],
                    tuple(seats),
                )
            )
        return steps
