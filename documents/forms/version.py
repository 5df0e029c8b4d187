"""What people type to move a version on, or to give it words."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import CommentForm, ReasonForm
from documents.forms.distribution import WEIGHTS
from documents.lifecycles import VersionState
from documents.models import (
    Capacity,
    ControlSettings,
    Counting,
    Document,
    DocumentKind,
    Duty,
    RunStep,
    Version,
)
from documents.permissions import visible_documents
from documents.permissions.deciding import turn_of
from documents.services import run as runs
from documents.services.dissemination import said_weight, version_before
from qms.agencies.models import User
from qms.agencies.proof import Proof, prove
from qms.web.forms import DateField, TextField, UploadField


class SubmitForm(forms.Form):
    """How much a revision changes; who decides, where the route leaves it open, or the role."""

    reviewer = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Người soát xét"),
        empty_label=gettext_lazy("Bất kỳ ai được hỏi ở bước này"),
    )
    approver = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Người phê duyệt"),
        empty_label=gettext_lazy("Bất kỳ ai được hỏi ở bước này"),
    )

    is_substantive = forms.TypedChoiceField(
        choices=WEIGHTS, coerce=lambda word: word == "1", empty_value=None, required=False,
        widget=forms.RadioSelect, label=gettext_lazy("Mức độ thay đổi so với bản trước"),
    )  # fmt: skip

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody is asked to read a template of the province.
        guidance = version.document.kind == DocumentKind.GUIDANCE
        if guidance or version_before(version) is None:
            del self.fields["is_substantive"]
        else:
            self.initial["is_substantive"] = int(said_weight(version) is not False)
        open_to = runs.choices(version)
        for name, duty in (("reviewer", Duty.REVIEWER), ("approver", Duty.APPROVER)):
            if duty in open_to:
                people = User.objects.filter(pk__in=[p.pk for p in open_to[duty]])
                self.fields[name].queryset = people.order_by("full_name")  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class ApproveForm(CommentForm):
    """A signature: who signs types his password again; the last one says from which day."""

    effective_on = DateField(
        label=gettext_lazy("Ngày hiệu lực"),
        help_text=gettext_lazy("Từ hôm nay trở đi, dạng ngày/tháng/năm."),
    )
    capacity = forms.ChoiceField(
        choices=Capacity.choices, required=False, label=gettext_lazy("Ký với tư cách")
    )
    capacity_of = TextField(
        max_length=160,
        required=False,
        label=gettext_lazy("Chức vụ được ký thay"),
        help_text=gettext_lazy("Chỉ khi ký KT., TL., TUQ.; ví dụ: Giám đốc"),
    )
    password = forms.CharField(
        label=gettext_lazy("Mật khẩu của bạn"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        error_messages={"required": gettext_lazy("Nhập mật khẩu để ký. Chưa có gì thay đổi.")},
    )
    field_order = ["effective_on", "capacity", "capacity_of", "comment", "password"]

    def __init__(self, *args: Any, version: Version, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        turn = turn_of(by, version, Duty.APPROVER)
        if turn is None or runs.is_last(turn):
            self.fields["effective_on"].initial = timezone.localdate
        else:
            del self.fields["effective_on"]
        if turn and turn.for_whom:
            position = turn.for_whom.standing.position_at(version.document.agency_id)
            self.initial = {"capacity": Capacity.BY_AUTHORISATION, "capacity_of": position}

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(
                _("Ngày hiệu lực phải từ hôm nay (%s) trở đi.") % today.strftime("%d/%m/%Y")
            )
        return day

    def clean_password(self) -> Proof:
        try:
            return prove(self.by, self.cleaned_data["password"])
        except PermissionDenied as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        """What `services.version.approve` is to be told."""
        said = self.cleaned_data
        capacity, whose = said.pop("capacity", ""), said.pop("capacity_of", "")
        if capacity and not whose:
            self.add_error("capacity_of", _("Nhập chức vụ của người mà bạn ký thay."))
        said["signing_as"] = (capacity, whose if capacity else "")
        said["proof"] = said.pop("password", None)
        return said


class StepBackForm(ReasonForm):
    """To which station of its way the version goes back."""

    to = forms.ModelChoiceField(
        RunStep.objects.none(), label=gettext_lazy("Trả về bước"), empty_label=None
    )
    field_order = ["to", "reason"]

    def __init__(self, *args: Any, version: Version, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        duty = Duty.APPROVER if version.state == VersionState.IN_APPROVAL else Duty.REVIEWER
        turn = turn_of(by, version, duty)
        behind = runs.behind(turn) if turn else []
        field = self.fields["to"]
        field.queryset = RunStep.objects.filter(pk__in=[s.pk for s in behind])  # type: ignore[attr-defined]
        field.label_from_instance = runs.in_words  # type: ignore[attr-defined]


class ReviseForm(forms.Form):
    """Which counter goes up; agencies with one counter are not asked."""

    counting = forms.ChoiceField(
        choices=Counting.choices, widget=forms.RadioSelect, initial=Counting.AMENDMENT,
        required=False, label=gettext_lazy("Lần này là"),
    )  # fmt: skip

    def __init__(self, *args: Any, version: Version, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ControlSettings.of(version.document.agency).counts_amendments:
            del self.fields["counting"]


class RenumberForm(ReviseForm):
    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:
        super().__init__(*args, version=version, **kwargs)
        if "counting" in self.fields:
            issue = Counting.AMENDMENT if version.amendment_no else Counting.ISSUE
            self.fields["counting"].initial = issue

    def clean(self) -> dict[str, Any]:
        self.cleaned_data.setdefault("counting", Counting.ISSUE)
        return self.cleaned_data


class ReplacementForm(forms.Form):
    """Which document in force takes the place of one that is withdrawn."""

    replaced_by = forms.ModelChoiceField(
        Document.objects.none(), required=False, label=gettext_lazy("Tài liệu thay thế"),
        empty_label=gettext_lazy("Không có tài liệu thay thế"),
    )  # fmt: skip

    def __init__(self, *args: Any, version: Version, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = visible_documents(by).filter(
            agency=version.document.agency_id, versions__state=VersionState.IN_FORCE
        )
        field = self.fields["replaced_by"]
        field.queryset = others.exclude(pk=version.document_id).order_by("code_key")  # type: ignore[attr-defined]


class WithdrawForm(ReplacementForm, ReasonForm):
    """Why, and which document takes its place."""

    field_order = ["reason", "replaced_by"]


class UploadForm(forms.Form):
    file = UploadField(label=gettext_lazy("Bản Word đã sửa"), accept=".docx,.doc,.odt")
    revision = forms.IntegerField(widget=forms.HiddenInput())


class CodeForm(forms.Form):
    code = TextField(
        max_length=60,
        label=gettext_lazy("Mã hiệu"),
        error_messages={"required": gettext_lazy("Nhập mã hiệu của tài liệu.")},
    )
