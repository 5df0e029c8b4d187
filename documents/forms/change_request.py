"""What people type to ask for a change, and what is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms import AUTHORED_KINDS
from documents.models import ChangeRequest, Document, Wish
from documents.permissions import WRITING, holders, visible_documents
from documents.services.change_request import Asked
from qms.agencies.models import Agency, User
from qms.web.forms import TextField

LINES = 5


class CreateForm(forms.Form):
    """Form BM.01.01: why, and for each document what is wished of it; an empty line is none."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Cơ quan"), empty_label=None
    )
    reason = TextField(
        label=gettext_lazy("Lý do"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    impact = TextField(
        label=gettext_lazy("Ảnh hưởng đến công việc, tài liệu khác"), required=False,
        max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.filter(pk__in=by.standing.agencies)
        field = self.fields["agency"]
        field.queryset = agencies  # type: ignore[attr-defined]  # a ModelChoiceField
        if agencies.count() == 1:
            field.initial = agencies[0]
            field.widget = forms.HiddenInput()
        documents = visible_documents(by).filter(agency__in=agencies).order_by("code_key")
        for n in range(1, LINES + 1):
            self.fields[f"wish_{n}"] = forms.ChoiceField(
                choices=Wish.choices, initial=Wish.AMEND, required=False,
                label=_("Đề nghị với tài liệu %d") % n,
            )  # fmt: skip
            self.fields[f"document_{n}"] = forms.ModelChoiceField(
                documents, required=False, label=_("Tài liệu %d") % n,
                empty_label=_("Không chọn"), initial=chosen if n == 1 else None,
            )  # fmt: skip
            self.fields[f"title_{n}"] = TextField(
                required=False, max_length=500, label=_("Tên tài liệu mới %d") % n,
                help_text=_("Chỉ khi đề nghị ban hành mới."),
            )  # fmt: skip
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                choices=[("", _("Không chọn")), *AUTHORED_KINDS], required=False,
                label=_("Loại tài liệu mới %d") % n,
                help_text=_("Chỉ khi đề nghị ban hành mới."),
            )  # fmt: skip
            self.fields[f"what_{n}"] = TextField(
                required=False, max_length=4000, label=_("Nội dung đề nghị %d") % n,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("reason", "impact")]

    @property
    def line_fields(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each line, for the page to frame."""
        names = ("wish", "document", "title", "kind", "what")
        return [(n, [self[f"{name}_{n}"] for name in names]) for n in range(1, LINES + 1)]

    def lines(self) -> list[Asked]:
        said, lines = self.cleaned_data, []
        for n in range(1, LINES + 1):
            document: Document | None = said[f"document_{n}"]
            wish, title = said[f"wish_{n}"], said[f"title_{n}"]
            kind, what = said[f"kind_{n}"], said[f"what_{n}"]
            if document or title or kind or what:
                lines.append(Asked(wish, what, document, title, kind))
        return lines


class AcceptForm(forms.Form):
    """Whose the drafts will be, and a remark."""

    author = forms.ModelChoiceField(
        User.objects.none(), required=False, label=gettext_lazy("Giao soạn thảo cho"),
        empty_label=gettext_lazy("Chính tôi"),
    )  # fmt: skip
    answer = TextField(
        required=False, label=gettext_lazy("Ý kiến xem xét"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, request: ChangeRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writers = {p.pk for role in WRITING for p in holders(request.agency, role)}
        field = self.fields["author"]
        field.queryset = User.objects.filter(pk__in=writers).order_by("full_name")  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    answer = TextField(
        label=gettext_lazy("Lý do không chấp nhận"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
