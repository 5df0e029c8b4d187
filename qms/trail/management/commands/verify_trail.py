"""Check every agency's chain of events; exit 1 and name the first broken event of each."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qms.agencies.models import Agency
from qms.trail.services import Fault, first_fault


class Command(BaseCommand):
    help = "Verify that no recorded event was edited, removed, swapped, inserted or cut off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", help="Check only the agency with this code.")

    def handle(self, *args: Any, **options: Any) -> None:
        agencies = Agency.objects.order_by("pk")
        if options["agency"]:
            agencies = agencies.filter(code=options["agency"])
            if not agencies.exists():
                raise CommandError(f"Không có cơ quan mang mã {options['agency']}.")
        faults = [fault for agency in agencies if (fault := first_fault(agency))]
        for fault in faults:
            self.stderr.write(_sentence(fault))
        if faults:
            raise CommandError(f"{len(faults)} chuỗi sự kiện không còn nguyên vẹn.")
        events = sum(agency.events.count() for agency in agencies)
        self.stdout.write(f"Nguyên vẹn: {events} sự kiện của {agencies.count()} cơ quan.")


def _sentence(fault: Fault) -> str:
    event = fault.event
    row = f", bản ghi {event.pk} ({event.name}, {event.at:%d/%m/%Y %H:%M})" if event else ""
    return f"{fault.agency.code}: sự kiện số {fault.sequence}{row}: {fault.what}"
