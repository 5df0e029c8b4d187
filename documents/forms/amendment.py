"""What the author types into the amendment sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from qms.kernel.content import Amendment
from qms.web.forms import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LINES = 60


class AmendForm(forms.Form):
    """The lines of this revision's amendment sheet; an empty line is none."""

    SPARE = 2

    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, lines: Sequence[Amendment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("rows", ""))
        self.rows = min(int(asked), MOST_LINES) if asked.isdecimal() else len(lines) + self.SPARE
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput(), initial=self.rows)
        for n in range(1, self.rows + 1):
            line = lines[n - 1] if n <= len(lines) else None
            for name, label, size, tall in (
                ("place", _("Dòng %d: trang, phần liên quan"), 300, 1),
                ("description", _("Dòng %d: mô tả nội dung sửa đổi"), 4000, 3),
                ("request", _("Dòng %d: yêu cầu sửa đổi, bổ sung"), 1000, 1),
            ):
                self.fields[f"{name}_{n}"] = TextField(
                    label=label % n, max_length=size, required=False,
                    initial=getattr(line, name, ""),
                    widget=forms.Textarea(attrs={"rows": tall}) if tall > 1 else None,
                )  # fmt: skip

    def lines(self, number: str, on: str) -> list[Amendment]:
        said = self.cleaned_data
        rows = [
            Amendment(
                said[f"request_{n}"], said[f"place_{n}"], said[f"description_{n}"], number, on
            )
            for n in range(1, self.rows + 1)
        ]
        return [row for row in rows if row.request or row.place or row.description]
