"""What a register is asked for."""

from django import forms
from django.utils.translation import gettext_lazy

from qms.web.forms import DateField


class RegisterForm(forms.Form):
    on = DateField(label=gettext_lazy("Có hiệu lực ngày"))
