"""Documents in several states, from the documents' own fixtures."""

import pytest

from documents.models import DocumentKind
from documents.services import draft as drafts
from tests.documents.conftest import draft, in_approval, in_force, in_review, write  # noqa: F401


@pytest.fixture
def draft_two(agency, cast, write):  # noqa: F811
    return write(
        drafts.create(
            agency,
            by=cast["author"],
            kind=DocumentKind.SYSTEM_PROCEDURE,
            code="QT-09",
            title="Hai",
        )
    )
