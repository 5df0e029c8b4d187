"""What people type to name a deputy."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from documents.permissions import CONTROLLING
from qms.agencies.models import Agency, Membership, User
from qms.web.forms import DateField, TextField


class CreateForm(forms.Form):
    """A deputy for some days; who controls an agency's documents may name one for others."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Cơ quan"), empty_label=None
    )
    giver = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Người ủy quyền"), required=False,
        empty_label=gettext_lazy("Chính tôi"),
    )  # fmt: skip
    deputy = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Người được ủy quyền"), empty_label=None
    )
    starts_on = DateField(label=gettext_lazy("Từ ngày"))
    ends_on = DateField(label=gettext_lazy("Đến hết ngày"))
    reason = TextField(
        max_length=300, label=gettext_lazy("Căn cứ, lý do"),
        help_text=gettext_lazy("Ví dụ: Giấy ủy quyền số 12/GUQ ngày 20/11/2026; đi công tác"),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(pk__in=by.standing.agencies)
        today = timezone.localdate()
        colleagues = User.objects.filter(
            is_active=True,
            memberships__in=Membership.objects.current(today).filter(agency__in=agencies),
        ).distinct()
        self._choose_from("agency", agencies)
        if agencies.count() == 1:
            self.fields["agency"].initial = agencies[0]
            self.fields["agency"].widget = forms.HiddenInput()
        self._choose_from("deputy", colleagues.exclude(pk=by.pk).order_by("full_name"))
        self.fields["starts_on"].initial = self.fields["ends_on"].initial = timezone.localdate
        if by.standing.is_anywhere(*CONTROLLING):
            self._choose_from("giver", colleagues.exclude(pk=by.pk).order_by("full_name"))
        else:
            del self.fields["giver"]

    def _choose_from(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField
