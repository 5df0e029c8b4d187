"""A version in force that everybody at the agency is to read, and the version after it."""

import pytest
from django.utils import timezone

from documents.models import Version
from documents.services import distribution as lists
from documents.services import draft as drafts
from documents.services import version as versions
from documents.services.distribution import Line
from qms.agencies.models import User
from tests.signing import approve


@pytest.fixture
def given(in_force, cast):
    """In force, and all five people of the agency have been asked to read it."""
    lists.assign(in_force.document, by=cast["quality"], lines=[Line()])
    in_force.refresh_from_db()
    return in_force


@pytest.fixture
def replace(cast, write):
    """Return `replace(version)`: a revision of it, approved and in force today."""

    def replace(version: Version, text: str = "Kiểm soát tài liệu, hồ sơ.") -> Version:
        fresh = write(drafts.revise(version, by=cast["author"]), text)
        versions.submit(fresh, by=cast["author"])
        versions.review(fresh, by=cast["reviewer"])
        approve(fresh, by=cast["approver"], effective_on=timezone.localdate())
        version.refresh_from_db()
        return fresh

    return replace


@pytest.fixture
def clock(db):
    return User.clock()
