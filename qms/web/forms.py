"""What every form is made of: how it is drawn, and the fields that mean the same everywhere.

What a particular form asks is said in the apps' own `forms`.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qms.kernel.text import nfc

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.forms.utils import ErrorList

MEGABYTE = 1024 * 1024
TEXT_LIKE = (
    forms.TextInput,
    forms.Textarea,
    forms.Select,
    forms.NumberInput,
    forms.DateInput,
    forms.PasswordInput,
)


class Field(BoundField):
    """A field of a form on the page: label, hint, error and control, tied together by ids.

    Required controls say `aria-required` and never `required`: the server answers in whole
    Vietnamese sentences, the browser in its own language.
    """

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        required = built.pop("required", False)
        if isinstance(widget, TEXT_LIKE) and not isinstance(widget, forms.RadioSelect):
            own = widget.attrs.get("class", "")
            built["class"] = f"input {own}".strip()
            if required:
                built["aria-required"] = "true"
        return built

    @property
    def errors(self) -> ErrorList:
        """What is wrong; an empty required field is named, not called "this field"."""
        found = self.form.errors.get(self.name)
        if not found:
            return self.form.error_class(renderer=self.form.renderer)
        usual = str(forms.Field.default_error_messages["required"])
        said = [self._wanted() if message == usual else str(message) for message in found]
        return self.form.error_class(said, renderer=self.form.renderer)

    def _wanted(self) -> str:
        label = str(self.label)
        label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        if self.layout == "options" or isinstance(self.field, forms.ChoiceField):
            return _("Chọn %(label)s") % {"label": label}
        return _("Nhập %(label)s") % {"label": label}

    @property
    def layout(self) -> str:
        """Which of the four shapes in c/field.html: checkbox, options, file or text."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "options"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "file" if isinstance(widget, forms.FileInput) else "text"

    @property
    def is_optional(self) -> bool:
        """Whether the label says so; a checkbox and a set of options speak for themselves."""
        return not self.field.required and self.layout in ("text", "file")

    @property
    def target(self) -> str:
        """The id that a link in the error summary leads to."""
        return f"{self.auto_id}_0" if self.layout == "options" else self.id_for_label


class Renderer(TemplatesSetting):
    """Draws every form of the house with the templates of `templates/c`."""

    form_template_name = "c/form.html"
    field_template_name = "c/field.html"
    bound_field_class = Field


class TextField(forms.CharField):
    """Text as typed, in NFC."""

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value) or "")


class DateField(forms.DateField):
    """A day typed as dd/mm/yyyy (or the ISO way); never the browser's own date control.

    `type=date` shows the order of the browser's language, so 11/12 would be read two ways.
    """

    FORMATS: ClassVar = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
    default_error_messages = {
        "invalid": gettext_lazy("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 23/11/2026"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", self.FORMATS)
        kwargs.setdefault("widget", DateInput())
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        return super().to_python(value.strip() if isinstance(value, str) else value)


class DaysField(TextField):
    """Days, one a line, or from one day to another; `cleaned_data` holds ISO dates in order."""

    MOST = 200
    _BETWEEN = re.compile(r"\s+(?:-|–|đến)\s+")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "class": "num"}))
        super().__init__(required=False, max_length=4000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{dt.date.fromisoformat(day):%d/%m/%Y}" for day in value)

    def clean(self, value: Any) -> list[str]:
        found: set[dt.date] = set()
        for line in super().clean(value).splitlines():
            if line.strip():
                found |= self._days(line.strip())
        if len(found) > self.MOST:
            raise forms.ValidationError(_("Nhập nhiều nhất %d ngày.") % self.MOST)
        return [day.isoformat() for day in sorted(found)]

    def _days(self, line: str) -> set[dt.date]:
        read = DateField(required=True)
        try:
            ends = [read.clean(part) for part in self._BETWEEN.split(line)]
        except forms.ValidationError:
            ends = []
        if len(ends) not in (1, 2) or not 0 <= (ends[-1] - ends[0]).days < self.MOST:
            raise forms.ValidationError(
                _('Dòng "%s" không phải một ngày dạng ngày/tháng/năm hay một khoảng ngày.') % line
            )
        return {ends[0] + dt.timedelta(n) for n in range((ends[-1] - ends[0]).days + 1)}


class DateInput(forms.DateInput):
    """A text box with a number pad on phones and digits of equal width."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": "dd/mm/yyyy",
            "class": "num input--date",
        }
        super().__init__(own | (attrs or {}), format="%d/%m/%Y")


class UploadField(forms.FileField):
    """One file, of an accepted kind, no larger than the house takes."""

    widget = forms.FileInput
    default_error_messages = {
        "required": gettext_lazy("Chọn một tệp để tải lên"),
        "missing": gettext_lazy("Chọn một tệp để tải lên"),
        "empty": gettext_lazy("Tệp rỗng. Mở lại tệp trên máy rồi lưu trước khi tải lên"),
    }

    def __init__(self, *, accept: str = "", **kwargs: Any) -> None:
        self.accept = tuple(part.strip().lower() for part in accept.split(",") if part.strip())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accept = {"accept": ",".join(self.accept)} if self.accept else {}
        return super().widget_attrs(widget) | accept

    def to_python(self, data: File[Any] | None) -> File[Any] | None:
        file = super().to_python(data)
        if file is None:
            return None
        file.name = nfc(file.name or "")
        self._refuse_kind(file)
        self._refuse_size(file)
        return file

    def _refuse_kind(self, file: File[Any]) -> None:
        suffix = PurePath(file.name or "").suffix.lower()
        if not self.accept or suffix in self.accept:
            return
        raise forms.ValidationError(
            _("Tệp %(name)s không dùng được ở đây. Chọn tệp có đuôi %(kinds)s")
            % {"name": file.name, "kinds": ", ".join(self.accept)}
        )

    def _refuse_size(self, file: File[Any]) -> None:
        limit, size = settings.UPLOAD_LIMIT, file.size or 0
        if size <= limit:
            return
        raise forms.ValidationError(
            _(
                "Tệp %(name)s nặng %(size)d MB, vượt mức %(limit)d MB. "
                "Nén ảnh trong tệp rồi thử lại"
            )
            % {"name": file.name, "size": -(-size // MEGABYTE), "limit": limit // MEGABYTE}
        )


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(UploadField):
    """One or more files; `cleaned_data` holds the list of them."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[File[Any]]:
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files or [None]]
        return [file for file in cleaned if file]


class LogInForm(AuthenticationForm):
    """Who comes in. One sentence for every failure, so nobody learns which names exist."""

    error_messages = {
        "invalid_login": gettext_lazy(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. "
            "Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại"
        ),
        "inactive": gettext_lazy("Tài khoản đã ngừng dùng. Liên hệ quản trị cơ quan"),
    }
    username = UsernameField(
        label=gettext_lazy("Tên đăng nhập"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": gettext_lazy("Nhập tên đăng nhập")},
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Nhập mật khẩu")},
    )
