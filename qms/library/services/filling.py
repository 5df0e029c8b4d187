"""What an agency puts into the open places of a text: its own data, its answers, its codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from qms.agencies.models import Agency, Membership, Province, Role
from qms.library import fields
from qms.library.models import Adoption, Answer, Slot


@dataclass(frozen=True, slots=True)
class Question:
    """One open place that the agency must say something to. `name` is the token's inside."""

    name: str
    label: str
    help: str = ""
    example: str = ""
    multiline: bool = False
    answer: str = ""


def values_for(agency: Agency, *, code: str = "") -> dict[str, str]:
    """What the agency's data and earlier answers say, as plain text; what they lack is left out.

    Its own data comes first: an answer given once never hides a name that changed since.
    """
    people = _holders(agency)
    head, head_position = people.get(Role.APPROVER, ("", ""))
    reviewer, reviewer_position = people.get(Role.REVIEWER, ("", ""))
    province = Province.current()
    values = {
        "ten_co_quan": agency.name,
        "ten_viet_tat": agency.short_name,
        "co_quan_chu_quan": agency.parent.name if agency.parent else "",
        "ten_tinh": province.name if province else "",
        "dia_danh": agency.place,
        "dia_chi": agency.address,
        "chuc_danh_nguoi_dung_dau": head_position,
        "ten_nguoi_dung_dau": head,
        "chuc_danh_soat_xet": reviewer_position,
        "ten_nguoi_soat_xet": reviewer,
        "thu_ky_iso": people.get(Role.QUALITY, ("", ""))[0],
        "tien_to_ma": "QT.",
        "ma_tai_lieu": code,
        "nam": str(timezone.localdate().year),
    }
    own = {name: value for name, value in values.items() if value}
    return answers_of(agency) | own


def answers_of(agency: Agency) -> dict[str, str]:
    """What the agency answered so far, by the token's inside."""
    return dict(Answer.objects.filter(agency=agency).values_list("name", "text"))


def codes_for(agency: Agency, codes: Iterable[str]) -> dict[str, str]:
    """`ma:M-QT-04` → the code the agency gave to that template, or would most likely give."""
    taken = Adoption.objects.filter(agency=agency, template__document__code__in=[*codes])
    given = dict(taken.values_list("template__document__code", "document__code"))
    return {f"ma:{code}": given.get(code) or code.removeprefix("M-") for code in codes}


def questions(agency: Agency, texts: Iterable[str], values: Mapping[str, str]) -> list[Question]:
    """What must still be asked before `texts` can be filled for the agency, and all slots they
    use: what was answered before stands there to be looked at again."""
    texts = list(texts)
    lacking = fields.used(texts) - values.keys() - fields.LATER.keys() - {"ma_tai_lieu"}
    asked = [
        Question(name, str(label)) for name, label in fields.FIELDS.items() if name in lacking
    ]
    slots = Slot.objects.filter(name__in=fields.slots_in(texts))
    return asked + [
        Question(
            f"?{slot.name}", slot.label, slot.help, slot.example, slot.multiline,
            values.get(f"?{slot.name}", ""),
        )
        for slot in slots
    ]  # fmt: skip


def missing(agency: Agency, texts: Iterable[str]) -> list[str]:
    """Labels of what must still be asked before `texts` can be filled for the agency."""
    asked = questions(agency, texts, values_for(agency))
    return [question.label for question in asked if not question.answer]


def _holders(agency: Agency) -> dict[str, tuple[str, str]]:
    """Role → name and position of the person who has held it longest."""
    current = Membership.objects.current(timezone.localdate()).filter(
        agency=agency, role__in=[Role.APPROVER, Role.REVIEWER, Role.QUALITY]
    )
    found: dict[str, tuple[str, str]] = {}
    for row in current.select_related("user").order_by("starts_on", "pk"):
        found.setdefault(row.role, (str(row.user), row.position))
    return found
