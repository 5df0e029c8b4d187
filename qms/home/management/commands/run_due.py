"""The clock's round, to be run every minute: due versions, and reactions still owed."""

from typing import Any

from django.core.management.base import BaseCommand

from documents.services.version import put_due_in_force
from qms.agencies.models import User
from qms.trail.services import deliver_owed


class Command(BaseCommand):
    help = "Put approved versions in force on their day; retry what is still owed to events."

    def handle(self, *args: Any, **options: Any) -> None:
        for version in put_due_in_force(by=User.clock()):
            self.stdout.write(f"{version}: có hiệu lực.")
        left = deliver_owed()
        self.stdout.write("Không còn việc nợ." if not left else f"Còn nợ {left} việc.")
