"""The clock's round: due versions, files to read, readings, reminders, mail, reactions, indexes."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from documents.reactions import mend_indexes
from documents.reminders import remind
from documents.services.batch import work_off
from documents.services.dissemination import distribute_due
from documents.services.reading_reminders import remind_readers
from documents.services.record import warn_due
from documents.services.version import put_due_in_force
from qms.agencies.models import User
from qms.library.services.update import compare_waiting, tell_agencies
from qms.notices.services import mail_owed
from qms.trail.services import deliver_owed

# Seconds: between two looks at the queue of files, and for files within one round.
LOOK_AGAIN, LONGEST = 2.0, 60.0


class Command(BaseCommand):
    help = (
        "Put approved versions in force on their day, ask whoever joined a distribution list to "
        "read, remind and mail, retry what is still owed to events and "
        "rebuild a damaged search index; once, or every so many seconds."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        self._round(quiet=bool(options["every"]))
        while options["every"]:
            self._wait(options["every"])
            self._round(quiet=True)

    def _wait(self, seconds: int) -> None:
        """Until the next round: what was handed in meanwhile is read."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            close_old_connections()
            if not work_off(seconds=left):
                time.sleep(min(LOOK_AGAIN, left))
        close_old_connections()

    def _round(self, *, quiet: bool) -> None:
        for version in put_due_in_force(by=User.clock()):
            self.stdout.write(f"{version}: có hiệu lực.")
        asked = distribute_due(by=User.clock())
        if asked:
            self.stdout.write(f"Đã gửi {asked} việc đọc và xác nhận.")
        remind_readers()
        warn_due()
        for scope in mend_indexes():
            self.stdout.write(f"{scope}: đã dựng lại chỉ mục.")
        remind(timezone.localdate())
        if unsent := mail_owed():
            self.stdout.write(f"Còn {unsent} thông báo chưa gửi được thư.")
        compared = compare_waiting()
        if compared:
            self.stdout.write(f"Đã so sánh {compared} bản cập nhật của mẫu.")
        tell_agencies(timezone.localdate())
        read = work_off(seconds=LONGEST)
        if read:
            self.stdout.write(f"Đã đọc {read} tệp chờ nhập.")
        left = deliver_owed()
        if left or not quiet:
            self.stdout.write("Không còn việc nợ." if not left else f"Còn nợ {left} việc.")
