from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from documents.models import DocumentKind, Version
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import version as services
from qms.kernel.content import Section
from tests.signing import approve


@pytest.fixture
def write():
    """Return `write(version, text)`: make a draft say something."""

    def write(version: Version, text: str = "Kiểm soát tài liệu của cơ quan.") -> Version:
        base = contents.content_of(version)
        sections = tuple(
            Section(str(n), title, f"<p>{text} {n}</p>")
            for n, title in enumerate(drafts.STANDARD_SECTIONS, 1)
        )
        contents.write(version, type(base)(**{
            name: getattr(base, name) for name in base.__slots__ if name != "sections"
        }, sections=sections))  # fmt: skip
        return version

    return write


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
