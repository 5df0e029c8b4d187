"""The year's programme: once a year, approved by another person, gaps named."""

import pytest
from django.core.exceptions import PermissionDenied

from audits.models import Programme
from audits.services import programme as services
from qms.agencies.models import Role, User
from qms.kernel.refusals import Unacceptable
from tests.audits.conftest import clause
from tests.factories import hire

pytestmark = pytest.mark.django_db
SAID = {
    "objectives": "Xem hiệu lực.", "criteria": "TCVN ISO 9001:2015", "scope": "Cả sở.",
    "method": "on_site",
}  # fmt: skip


@pytest.fixture
def programme(agency, team, audited, clauses):
    lines = [(audited, 5, [clause("7.5")])]
    return services.create(agency, by=team["quality"], year=2026, lines=lines, **SAID)


def test_a_year_has_one_programme(agency, team, programme):
    with pytest.raises(Unacceptable, match="2026"):
        services.create(agency, by=team["lead"], year=2026, **SAID)
    assert Programme.objects.count() == 1


def test_units_without_a_month_are_named(programme, unit):
    assert [str(u) for u in services.uncovered(programme)] == [str(unit)]


def test_who_wrote_it_does_not_approve_it(programme, team, agency):
    hire(agency, "em", Role.APPROVER)
    with pytest.raises(PermissionDenied):
        services.approve(programme, by=User.objects.get(username="em"))

    services.approve(programme, by=team["approver"])
    assert (programme.state, programme.approved_by) == ("approved", team["approver"])
