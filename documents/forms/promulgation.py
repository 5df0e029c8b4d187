"""What people type into a decision of promulgation, and the number that Văn thư gave it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Capacity, Version
from documents.services.promulgation import Wording
from qms.kernel.text import one_line
from qms.web.forms import DateField, TextField

if TYPE_CHECKING:
    from documents.models import Promulgation, VersionQuerySet

ARTICLES = 5
LONGEST_KEY = 18
_SYMBOL = re.compile(r"[A-ZĐ]{1,6}(-[0-9A-ZĐ.&]+)+")


class VersionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when run
    """Versions to choose, each called by code, number and title."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Keys that no database holds name nothing, instead of overflowing it."""
        if isinstance(value, list | tuple) and any(len(str(one)) > LONGEST_KEY for one in value):
            raise forms.ValidationError(self.error_messages["required"], code="invalid_choice")
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.title} · {obj.number}"


def lines_of(text: str) -> list[str]:
    """Every line counts for itself; empty ones are left out."""
    return [line for line in map(one_line, text.splitlines()) if line]


class PromulgationForm(forms.Form):
    """The documents, and the wording of the decision."""

    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False, initial=0)
    versions = VersionsField(
        Version.objects.none(),
        label=gettext_lazy("Tài liệu ban hành"),
        error_messages={"required": gettext_lazy("Chọn ít nhất một tài liệu để ban hành.")},
    )
    subject = TextField(max_length=300, label=gettext_lazy("Trích yếu"))
    symbol = TextField(
        max_length=40,
        label=gettext_lazy("Ký hiệu"),
        help_text=gettext_lazy("Phần sau dấu gạch chéo, ví dụ QĐ-SNV. Số để Văn thư cấp."),
    )
    place = TextField(max_length=80, label=gettext_lazy("Địa danh"))
    issuer = TextField(
        max_length=200,
        label=gettext_lazy("Thẩm quyền ban hành"),
        help_text=gettext_lazy("Dòng in hoa đứng trên căn cứ, ví dụ GIÁM ĐỐC SỞ NỘI VỤ"),
    )
    grounds = TextField(
        max_length=6000,
        label=gettext_lazy("Căn cứ"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Mỗi căn cứ một dòng. Dấu cuối dòng được đặt tự động."),
    )
    recipients = TextField(
        max_length=2000,
        label=gettext_lazy("Nơi nhận"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mỗi nơi nhận một dòng, dòng cuối là Lưu: VT."),
    )
    signing_capacity = forms.ChoiceField(
        choices=Capacity.choices, required=False, label=gettext_lazy("Thẩm quyền ký")
    )
    collective = TextField(
        max_length=160,
        required=False,
        label=gettext_lazy("Tập thể ký thay mặt (TM.)"),
        help_text=gettext_lazy("Ví dụ Ủy ban nhân dân; để trống nếu ký theo chế độ thủ trưởng"),
    )
    head_position = TextField(
        max_length=120,
        required=False,
        label=gettext_lazy("Chức danh người đứng đầu"),
        help_text=gettext_lazy("Cần khi ký KT., TL. hoặc TUQ., ví dụ Giám đốc"),
    )
    signer_position = TextField(max_length=120, label=gettext_lazy("Chức vụ người ký"))
    signer_name = TextField(
        max_length=120,
        label=gettext_lazy("Họ và tên người ký"),
        help_text=gettext_lazy("Không ghi học hàm, học vị"),
    )

    def __init__(self, *args: Any, versions: VersionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versions"].queryset = versions  # type: ignore[attr-defined]
        for n in range(1, ARTICLES + 1):
            self.fields[f"article_{n}"] = TextField(
                max_length=2000,
                required=n == 1,
                label=_("Điều %d") % n,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        last = ["recipients", "signing_capacity", "collective", "head_position"]
        articles = [f"article_{n}" for n in range(1, ARTICLES + 1)]
        first = ["versions", "subject", "symbol", "place", "issuer", "grounds"]
        self.order_fields([*first, *articles, *last])

    def clean_symbol(self) -> str:
        symbol: str = self.cleaned_data["symbol"].upper().replace(" ", "")
        if not _SYMBOL.fullmatch(symbol):
            raise forms.ValidationError(_("Nhập ký hiệu như QĐ-SNV, không có số và dấu cách."))
        return symbol

    def wording(self) -> Wording:
        said = self.cleaned_data
        articles = [one_line(said[f"article_{n}"]) for n in range(1, ARTICLES + 1)]
        return Wording(
            subject=one_line(said["subject"]),
            issuer=one_line(said["issuer"]),
            symbol=said["symbol"],
            place=one_line(said["place"]),
            grounds=lines_of(said["grounds"]),
            articles=[article for article in articles if article],
            recipients=lines_of(said["recipients"]),
            signing_capacity=said["signing_capacity"],
            collective=one_line(said["collective"]),
            head_position=one_line(said["head_position"]),
            signer_position=one_line(said["signer_position"]),
            signer_name=one_line(said["signer_name"]),
        )


def typed(promulgation: Promulgation) -> dict[str, Any]:
    """What the form shows of a decision that is there already."""
    names = (
        "revision", "subject", "symbol", "place", "issuer", "signing_capacity", "collective",
        "head_position", "signer_position", "signer_name",
    )  # fmt: skip
    return {
        **{name: getattr(promulgation, name) for name in names},
        "grounds": "\n".join(promulgation.grounds),
        "recipients": "\n".join(promulgation.recipients),
        **{f"article_{n}": said for n, said in enumerate(promulgation.articles, 1)},
        "versions": [line.version_id for line in promulgation.lines.all()],
    }


class NumberForm(forms.Form):
    number = forms.IntegerField(
        min_value=1,
        max_value=99_999,
        label=gettext_lazy("Số Văn thư đã cấp"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
    )
    dated_on = DateField(label=gettext_lazy("Ngày ký"))

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("Ngày ký còn ở tương lai. Ghi số sau khi Văn thư đã cấp.")
            )
        return day
