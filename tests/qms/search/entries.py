"""Entries and questions for the tests of this floor."""

from pathlib import Path

from django.conf import settings as django_settings

from qms.search import index
from qms.search.index import Answer, Entry

SCOPE = "agency-1"


def entry(key, title, body="", *, audiences=("all",), scope=SCOPE) -> Entry:
    return Entry(key, scope, audiences, "", title, body)


def ask(query, *audiences, scope=SCOPE, **more) -> Answer:
    return index.find(query, {scope: set(audiences or ("all",))}, **more)


def keys(query, *audiences, **more) -> list[str]:
    return [hit.key for hit in ask(query, *audiences, **more).hits]


def folder(scope=SCOPE) -> Path:
    return Path(django_settings.INDEX_DIR) / scope


def files(scope=SCOPE) -> list[Path]:
    """What the index consists of; the lock of a writer holds nothing."""
    return sorted(
        p for p in folder(scope).iterdir() if not p.name.startswith(".") and "LOCK" not in p.name
    )
