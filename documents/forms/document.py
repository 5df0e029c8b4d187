"""What people type to start a document."""

from django import forms
from django.utils.translation import gettext_lazy

from documents.forms import AUTHORED_KINDS, AgencyForm
from qms.web.forms import TextField


class CreateForm(AgencyForm):
    kind = forms.ChoiceField(choices=AUTHORED_KINDS, label=gettext_lazy("Loại tài liệu"))
    code = TextField(
        max_length=60, label=gettext_lazy("Mã hiệu"), help_text=gettext_lazy("Ví dụ: QT-03")
    )
    title = TextField(max_length=500, label=gettext_lazy("Tên tài liệu"))
