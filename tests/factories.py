"""Agencies and people for tests, made the way the system makes them."""

import datetime as dt

from qms.agencies.models import (
    Agency,
    AgencyKind,
    AgencyPeriod,
    Membership,
    Province,
    Role,
    Unit,
    User,
)

PASSWORD = "mat-khau-de-thu"
LONG_AGO = dt.date(2025, 7, 1)


def make_agency(code: str = "SNV", name: str = "Sở Nội vụ", **fields: object) -> Agency:
    """An agency that has stood since the new province began."""
    values = {
        "name": name,
        "short_name": name,
        "kind": AgencyKind.DEPARTMENT,
        "place": "Đồng Tháp",
        "valid_from": LONG_AGO,
    } | fields
    agency = Agency.objects.create(code=code, **values)
    AgencyPeriod.objects.create(
        agency=agency,
        name=agency.name,
        kind=agency.kind,
        parent=agency.parent,
        valid_from=agency.valid_from,
    )
    return agency


def make_unit(agency: Agency, name: str = "Văn phòng") -> Unit:
    return Unit.objects.create(agency=agency, name=name, valid_from=LONG_AGO)


def make_province(agency: Agency) -> Province:
    return Province.objects.create(name="tỉnh Đồng Tháp", oversight_body=agency)


def hire(
    agency: Agency,
    username: str,
    *roles: Role,
    full_name: str = "",
    unit: Unit | None = None,
    position: str = "Chuyên viên",
) -> User:
    """A person with these roles at the agency; the same person again when hired twice."""
    user, created = User.objects.get_or_create(
        username=username, defaults={"full_name": full_name or username.title()}
    )
    if created:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    for role in roles:
        Membership.objects.create(
            user=user,
            agency=agency,
            unit=unit,
            position=position,
            role=role,
            starts_on=LONG_AGO,
        )
    return User.objects.get(pk=user.pk)
