"""What the forms of this app share: whose agency, whom to choose among, long texts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from qms.agencies.models import Agency, Membership, Role, User
from qms.standards.models import Clause, StandardEdition
from qms.web.forms import TextField


def long_text(label: Any, *, rows: int = 3, **kwargs: Any) -> TextField:
    return TextField(
        label=label, max_length=8000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


def people_of(agency: Agency, *roles: Role) -> Any:
    """Active people who hold one of `roles` (any role when none is named) today."""
    rows = Membership.objects.current(timezone.localdate()).filter(agency=agency)
    if roles:
        rows = rows.filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("full_name")


def groups() -> Any:
    """Clauses one may audit as a whole: those of the second level of the default edition."""
    return Clause.objects.of(StandardEdition.default()).filter(
        number__regex=r"^(4|5|6|7|8|9|10)\.\d+$"
    )


class OwnAgencyForm(forms.Form):
    """A form about one of the person's agencies: the one asked for, else the first.

    What can be chosen depends on the agency, so the page offers the others as links.
    """

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Cơ quan"), widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, agencies: frozenset[int], wanted: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.own = list(Agency.objects.filter(pk__in=agencies))
        wanted = self.data.get("agency") or wanted
        named = [agency for agency in self.own if str(agency.pk) == wanted]
        self.chosen = next(iter(named or self.own), None)
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=agencies)
        field.initial = self.chosen


class EmptyForm(forms.Form):
    """A button without anything to fill in."""
