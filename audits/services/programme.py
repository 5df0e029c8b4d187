"""The year's programme: written by the quality office, approved by the head."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audits import permissions
from audits.lifecycles import PROGRAMME_LIFECYCLE
from audits.models import Programme, ProgrammeLine
from qms.agencies.models import Agency, Unit, User
from qms.kernel.moves import move
from qms.kernel.refusals import Unacceptable
from qms.standards.models import Clause
from qms.trail.services import record

Line = tuple[Unit, int, Iterable[Clause]]


@transaction.atomic
def create(
    agency: Agency, *, by: User, year: int, lines: Iterable[Line] = (), **said: str
) -> Programme:
    """Write the programme of one year. Refuses a second one for the same year."""
    permissions.require_role(by, agency, *permissions.ORGANISING)
    lines = list(lines)
    permissions.require_units(agency, {unit for unit, _month, _clauses in lines})
    try:
        with transaction.atomic():
            programme = Programme.objects.create(agency=agency, year=year, created_by=by, **said)
    except IntegrityError:
        raise Unacceptable(_("Cơ quan đã có chương trình đánh giá năm %d.") % year) from None
    for unit, month, clauses in lines:
        line = ProgrammeLine.objects.create(programme=programme, unit=unit, month=month)
        line.clauses.set(clauses)
    record(by, "programme.created", programme, agency=agency, year=year)
    return programme


@transaction.atomic
def approve(programme: Programme, *, by: User) -> None:
    """The head agrees to the year. Refuses who wrote it."""
    permissions.require(by, "programme", "approve", programme)
    move(
        programme, "approve", PROGRAMME_LIFECYCLE, approved_by=by, approved_at=timezone.now()
    )  # fmt: skip
    record(by, PROGRAMME_LIFECYCLE.event("approve"), programme, agency=programme.agency)


def uncovered(programme: Programme) -> list[Unit]:
    """Units of the agency that the year leaves out; each should be audited at least once."""
    covered = programme.lines.values("unit")
    units = Unit.objects.filter(agency=programme.agency, valid_to=None)
    return list(units.exclude(pk__in=covered))
