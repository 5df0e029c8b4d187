"""Build what is read out of the texts anew: the search indexes, the references between texts."""

from typing import Any

from django.core.management.base import BaseCommand

from documents.lifecycles import VersionState
from documents.models import Version
from documents.reactions import entries_of, scopes
from documents.services.reference import relink
from qms.search import index


class Command(BaseCommand):
    help = "Rebuild every search index, and the references between documents, from the database."

    def handle(self, *args: Any, **options: Any) -> None:
        for scope in scopes():
            self.stdout.write(f"{scope}: {index.rebuild(scope, entries_of(scope))}")
        versions = Version.objects.exclude(state=VersionState.DISCARDED)
        found = relink(
            versions.select_related("document")
            .prefetch_related("sections")
            .defer("text_folded")
            .iterator(chunk_size=200)
        )
        self.stdout.write(f"Viện dẫn giữa các tài liệu: {found}")
