from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from documents.models import DocumentKind
from documents.services import draft as drafts
from documents.services import version as services
from tests.signing import approve
from tests.words import say


@pytest.fixture
def write():
    """`write(version, text)`: make a draft say something."""
    return say


@pytest.fixture
def draft(agency, cast, write):
    version = drafts.create(
        agency,
        by=cast["author"],
        kind=DocumentKind.SYSTEM_PROCEDURE,
        code="QT-03",
        title="Kiểm soát thông tin dạng văn bản",
    )
    return write(version)


@pytest.fixture
def in_review(draft, cast):
    """A version that got here the way real ones do: through the service."""
    services.submit(draft, by=cast["author"])
    return draft


@pytest.fixture
def in_approval(in_review, cast):
    services.review(in_review, by=cast["reviewer"], comment="Rõ.")
    return in_review


@pytest.fixture
def in_force(in_approval, cast):
    approve(in_approval, by=cast["approver"], effective_on=timezone.localdate())
    return in_approval


@pytest.fixture
def without_sealed_triggers(db):
    """The database's guards are gone until the test ends, as for a hostile administrator."""
    sealed = import_module("documents.migrations.0002_sealed")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        sealed.allow(None, SimpleNamespace(connection=connection, execute=cursor.execute))
