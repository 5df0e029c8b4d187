"""Build the search index anew from the database; the old one serves until the new one stands."""

from typing import Any

from django.core.management.base import BaseCommand

from documents.reactions import entries_of, scopes
from qms.search import index


class Command(BaseCommand):
    help = "Rebuild every search index from the database."

    def handle(self, *args: Any, **options: Any) -> None:
        for scope in scopes():
            self.stdout.write(f"{scope}: {index.rebuild(scope, entries_of(scope))}")
