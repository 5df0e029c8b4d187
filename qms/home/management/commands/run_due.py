"""The clock's round: due versions, reactions still owed, damaged indexes; once, or for ever."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from documents.reactions import mend_indexes
from documents.services.record import warn_due
from documents.services.version import put_due_in_force
from qms.agencies.models import User
from qms.trail.services import deliver_owed


class Command(BaseCommand):
    help = (
        "Put approved versions in force on their day, retry what is still owed to events and "
        "rebuild a damaged search index; once, or every so many seconds."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        self._round(quiet=bool(options["every"]))
        while options["every"]:
            time.sleep(options["every"])
            close_old_connections()
            self._round(quiet=True)

    def _round(self, *, quiet: bool) -> None:
        for version in put_due_in_force(by=User.clock()):
            self.stdout.write(f"{version}: có hiệu lực.")
        warn_due()
        for scope in mend_indexes():
            self.stdout.write(f"{scope}: đã dựng lại chỉ mục.")
        left = deliver_owed()
        if left or not quiet:
            self.stdout.write("Không còn việc nợ." if not left else f"Còn nợ {left} việc.")
