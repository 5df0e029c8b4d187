"""A chain to harm, and the hands of somebody who has the database's own password."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from qms.trail.services import record


@pytest.fixture
def write(cast):
    """Return `write(agency, n)`: n facts at the agency, one after the other."""

    def write(agency, n=1):
        with transaction.atomic():
            return [
                record(cast["author"], "agency.noted", agency, agency=agency,
                       reason=f"lý do {i}", number=i)
                for i in range(n)
            ]  # fmt: skip

    return write


@pytest.fixture
def chain(write, agency):
    return write(agency, 6)


@pytest.fixture
def without_triggers(chain):
    """The triggers are gone until the test's transaction is rolled back."""
    migration = import_module("qms.trail.migrations.0002_append_only")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        migration.allow(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    return chain
