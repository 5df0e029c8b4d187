"""What people type about controlled copies, and what the register is narrowed by."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.lifecycles import CopyState
from documents.models import ControlledCopy, ControlledCopyQuerySet, Version
from documents.permissions import staff_of
from documents.services.controlled_copy import Holder
from qms.agencies.models import Agency, Unit, User
from qms.web.forms import DateField, TextField

MOST_HOLDERS = 100


class GiveForm(forms.Form):
    """Who gets a copy: units, one person, places in free words; one copy for each."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Phòng, đơn vị nhận"),
    )
    person = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Người nhận"),
        empty_label=gettext_lazy("Không giao cho riêng ai"),
    )
    others = TextField(
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Nơi nhận khác"),
        help_text=gettext_lazy("Mỗi dòng một nơi, ví dụ: Bộ phận Một cửa."),
    )
    given_on = DateField(label=gettext_lazy("Ngày giao"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency=agency, valid_to=None)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]  # as its kind says
        self.fields["person"].queryset = staff_of(agency)  # type: ignore[attr-defined]  # too
        self.fields["given_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        holders = [Holder(unit=unit) for unit in said.get("units") or ()]
        if said.get("person"):
            holders.append(Holder(person=said["person"]))
        lines = (said.get("others") or "").splitlines()
        holders += [Holder(words=line.strip()) for line in lines if line.strip()]
        if not holders and "others" in said:
            self.add_error(None, _("Chọn ít nhất một nơi nhận bản kiểm soát."))
        if len(holders) > MOST_HOLDERS:
            self.add_error("others", _("Giao mỗi lần tối đa %d bản.") % MOST_HOLDERS)
        said["holders"] = holders
        return said


class DayForm(forms.Form):
    day = DateField(label=gettext_lazy("Ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate


class RemarkForm(DayForm):
    remark = TextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Ghi chú"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RecallForm(RemarkForm):
    """Which of the copies that are out came back, and whether new ones go out for them."""

    copies = forms.ModelMultipleChoiceField(
        ControlledCopy.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Các bản đã nhận lại"),
        error_messages={"required": gettext_lazy("Chọn các bản đã nhận lại.")},
    )
    exchanged = forms.BooleanField(
        required=False,
        label=gettext_lazy("Đổi luôn lấy bản đang hiệu lực, giữ nguyên số bản"),
    )
    field_order = ["copies", "exchanged", "day", "remark"]

    def __init__(
        self, *args: Any, copies: ControlledCopyQuerySet, current: Version | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["copies"]
        field.queryset = copies  # type: ignore[attr-defined]  # as its kind says
        field.label_from_instance = _copy_words  # type: ignore[attr-defined]  # too
        if current is None:
            del self.fields["exchanged"]


def _copy_words(copy: ControlledCopy) -> str:
    return _("Bản số %(number)s, %(holder)s") % {"number": copy.label, "holder": copy.holder}


class LostForm(DayForm):
    remark = TextField(
        max_length=1000,
        label=gettext_lazy("Mất trong trường hợp nào"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Nêu bản bị mất trong trường hợp nào.")},
    )


class CopyRegisterForm(forms.Form):
    """The register's filters; a day asks what was out then."""

    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            *CopyState.choices,
            ("to_recall", gettext_lazy("Cần thu hồi")),
        ],
        label=gettext_lazy("Tình trạng"),
    )
    q = TextField(required=False, max_length=200, label=gettext_lazy("Mã, tên tài liệu, nơi giữ"))
    on = DateField(required=False, label=gettext_lazy("Đang giữ vào ngày"))
