"""What is typed to name a reader of one document."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import ReasonForm
from qms.agencies.models import User
from qms.web.forms import TextField


class GrantForm(ReasonForm):
    """A person by user name, so that nobody is shown the people of other agencies; or a group."""

    username = TextField(
        label=gettext_lazy("Tên đăng nhập của người đọc"), max_length=150, required=False,
        help_text=gettext_lazy("Người của cơ quan khác cũng được."),
    )  # fmt: skip
    group = forms.ModelChoiceField(
        Group.objects.all(), label=gettext_lazy("Hoặc một nhóm"), required=False,
        empty_label=gettext_lazy("Không chọn nhóm"),
    )  # fmt: skip
    field_order = ["username", "group", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Group.objects.exists():
            del self.fields["group"]
            self.fields["username"].required = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        group, name = said.get("group"), said.get("username", "").strip()
        if bool(group) == bool(name):
            raise forms.ValidationError(_("Nêu một người, hoặc chọn một nhóm."))
        person = User.objects.filter(username=name, is_active=True).first() if name else None
        if name and person is None:
            self.add_error("username", _("Không có tài khoản nào mang tên %s.") % name)
        said["reader"] = person or group
        return said
