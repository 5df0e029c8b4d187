"""What the quality office types about the year's programme."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.forms.choices import OwnAgencyForm, long_text
from audits.models import Method
from qms.agencies.models import Unit
from qms.standards.models import Clause


class ProgrammeForm(OwnAgencyForm):
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2015, max_value=2100)
    objectives = long_text(gettext_lazy("Mục tiêu"))
    criteria = long_text(gettext_lazy("Chuẩn mực đánh giá"))
    scope = long_text(gettext_lazy("Phạm vi"))
    method = forms.ChoiceField(
        label=gettext_lazy("Phương pháp"), choices=Method, widget=forms.RadioSelect
    )
    risks = long_text(gettext_lazy("Rủi ro của chương trình"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year
        self.fields["method"].initial = Method.ON_SITE
        units = Unit.objects.filter(agency=self.chosen, valid_to=None)
        months = [("", _("Không đánh giá"))] + [(str(n), _("Tháng %d") % n) for n in range(1, 13)]
        self.unit_fields = {}
        for unit in units:
            name = f"unit_{unit.pk}"
            self.unit_fields[name] = unit
            self.fields[name] = forms.ChoiceField(
                label=_("%s: tháng đánh giá") % unit, choices=months, required=False
            )

    def lines(self) -> list[tuple[Unit, int, list[Clause]]]:
        """Units with the month chosen for each."""
        return [
            (unit, int(self.cleaned_data[name]), [])
            for name, unit in self.unit_fields.items()
            if self.cleaned_data.get(name)
        ]

    def said(self) -> dict[str, str]:
        wanted = ("objectives", "criteria", "scope", "method", "risks")
        return {name: self.cleaned_data[name] for name in wanted}
