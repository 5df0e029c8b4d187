"""Load the shipped standard editions, clause maps and question bank; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qms.kernel.refusals import Refusal
from qms.standards.loading import load_standards


class Command(BaseCommand):
    help = "Load ISO 9001 editions, clauses, the map between them and the audit questions."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_standards()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Đã nạp: {loaded.editions} ấn bản, {loaded.clauses} điều, "
            f"{loaded.maps} dòng đối chiếu, {loaded.questions} câu hỏi."
        )
