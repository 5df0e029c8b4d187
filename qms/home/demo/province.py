"""The demonstration province: its real agencies, and invented people who work in three of them."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from qms.agencies.models import Agency, AgencyPeriod, Membership, Province, Role, Unit, User

PASSWORD = "dong-thap-2026"  # noqa: S105  # of the demonstration, printed by `make demo`
AGENCIES = settings.BASE_DIR / "qms" / "agencies" / "data" / "dong_thap.json"
PEOPLE = Path(__file__).resolve().parent / "people.json"


@transaction.atomic
def load() -> None:
    """Agencies, units and people; only into an installation that has no province yet."""
    said = json.loads(AGENCIES.read_text(encoding="utf-8"))
    since = dt.date.fromisoformat(said["since"])
    for row in said["agencies"]:
        _agency(row, since)
    body = Agency.objects.get(code=said["province"]["oversight_body"])
    Province.objects.create(name=said["province"]["name"], oversight_body=body)
    people = json.loads(PEOPLE.read_text(encoding="utf-8"))
    for code, names in people["units"].items():
        agency = Agency.objects.get(code=code)
        Unit.objects.bulk_create(
            Unit(agency=agency, name=name, valid_from=since) for name in names
        )
    secret = make_password(PASSWORD)
    for row in people["people"]:
        _person(row, since, secret)
    User.clock()


def _agency(row: dict[str, Any], since: dt.date) -> None:
    parent = Agency.objects.get(code=row["parent"]) if row["parent"] else None
    agency = Agency.objects.create(
        code=row["code"], name=row["name"], short_name=row["short_name"], kind=row["kind"],
        place=row["place"], parent=parent, valid_from=since,
    )  # fmt: skip
    AgencyPeriod.objects.create(
        agency=agency, name=agency.name, kind=agency.kind, parent=parent, valid_from=since
    )


def _person(row: dict[str, Any], since: dt.date, secret: str) -> None:
    user = User.objects.create(
        username=row["username"], full_name=row["full_name"], email=row["email"], password=secret
    )
    for place in row["memberships"]:
        agency = Agency.objects.get(code=place["agency"])
        unit = Unit.objects.get(agency=agency, name=place["unit"]) if place.get("unit") else None
        Membership.objects.bulk_create(
            Membership(
                user=user, agency=agency, unit=unit, position=place["position"], role=Role(role),
                starts_on=since,
            )
            for role in place["roles"]
        )  # fmt: skip
