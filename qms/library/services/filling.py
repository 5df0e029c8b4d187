"""What an agency puts into the merge fields, from its own data."""

from collections.abc import Sequence

from django.utils import timezone

from qms.agencies.models import Agency, Membership, Role
from qms.library import fields


def values_for(agency: Agency, *, code: str = "") -> dict[str, str]:
    """The fields that the agency's data can fill, as plain text; what it lacks is left out."""
    people = _holders(agency)
    head, head_position = people.get(Role.APPROVER, ("", ""))
    reviewer, reviewer_position = people.get(Role.REVIEWER, ("", ""))
    values = {
        "ten_co_quan": agency.name,
        "ten_viet_tat": agency.short_name,
        "co_quan_chu_quan": agency.parent.name if agency.parent else "",
        "dia_danh": agency.place,
        "dia_chi": agency.address,
        "chuc_danh_nguoi_dung_dau": head_position,
        "ten_nguoi_dung_dau": head,
        "chuc_danh_soat_xet": reviewer_position,
        "ten_nguoi_soat_xet": reviewer,
        "thu_ky_iso": people.get(Role.QUALITY, ("", ""))[0],
        "tien_to_ma": "QT.",
        "ma_tai_lieu": code,
    }
    return {name: value for name, value in values.items() if value}


def missing(agency: Agency, texts: Sequence[str]) -> list[str]:
    """Labels of the fields that `texts` use, the agency should know, and has no data for."""
    lacking = fields.used(texts) - values_for(agency, code="-").keys() - fields.LATER
    return [str(fields.FIELDS[name]) for name in fields.FIELDS if name in lacking]


def _holders(agency: Agency) -> dict[str, tuple[str, str]]:
    """Role → name and position of the person who has held it longest."""
    current = Membership.objects.current(timezone.localdate()).filter(
        agency=agency, role__in=[Role.APPROVER, Role.REVIEWER, Role.QUALITY]
    )
    found: dict[str, tuple[str, str]] = {}
    for row in current.select_related("user").order_by("starts_on", "pk"):
        found.setdefault(row.role, (str(row.user), row.position))
    return found
