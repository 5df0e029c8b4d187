"""What people type about reading: that they read it, and what was signed on paper."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from documents.models import Version
from qms.agencies.models import User
from qms.web.forms import DateField, UploadField


class AcknowledgeForm(forms.Form):
    """One button; the hash says which text was on the page."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput())


class RecordPaperForm(forms.Form):
    """A scanned sheet and the people who signed it, among those who have still to read."""

    file = UploadField(
        label=gettext_lazy("Phiếu đã ký, quét hoặc chụp"),
        accept=".pdf,.jpg,.jpeg,.png",
        help_text=gettext_lazy("PDF, JPG hoặc PNG."),
    )
    signed_on = DateField(label=gettext_lazy("Ngày ký trên phiếu"))
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Những người đã ký"),
        error_messages={"required": gettext_lazy("Chọn những người đã ký trên phiếu.")},
    )

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = version.readings.open().values("person")
        people = User.objects.filter(pk__in=waiting).order_by("full_name")
        self.fields["people"].queryset = people  # type: ignore[attr-defined]  # as its kind says
        self.fields["signed_on"].initial = timezone.localdate
