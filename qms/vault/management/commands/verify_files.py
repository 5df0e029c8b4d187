"""Read every kept file again and compare it with its hash; exit 1 and name the bad ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qms.kernel.refusals import Refusal
from qms.vault import services
from qms.vault.models import Blob


class Command(BaseCommand):
    help = "Verify that every kept file is on disk and unchanged."

    def handle(self, *args: Any, **options: Any) -> None:
        bad = 0
        for blob in Blob.objects.order_by("pk").iterator():
            try:
                services.read(blob)
            except Refusal as refusal:
                self.stderr.write(f"{blob.pk}: {refusal}")
                bad += 1
        if bad:
            raise CommandError(f"{bad} tệp không còn nguyên vẹn.")
        self.stdout.write(f"Nguyên vẹn: {Blob.objects.count()} tệp.")
