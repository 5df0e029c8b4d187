"""Fixtures used by more than one app's tests, and what a transactional test must clean up."""

import shutil
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase
from guardian.shortcuts import clear_ct_cache

from qms.agencies.models import Role
from qms.standards.loading import load_standards
from tests.factories import hire, make_agency, make_province, make_unit


def pytest_report_header() -> str:
    return f"database: {django_settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    """Every test has files and index of its own."""
    settings.FILES_DIR = tmp_path / "files"
    settings.INDEX_DIR = tmp_path / "index"
    yield
    shutil.rmtree(Path(settings.FILES_DIR), ignore_errors=True)


@pytest.fixture(autouse=True)
def _cold_content_types():
    """Query counts must not depend on which test warmed the cache first."""
    ContentType.objects.clear_cache()
    clear_ct_cache()


@pytest.fixture(scope="session", autouse=True)
def _emptying_what_is_kept_for_ever():
    """Trail and sealed versions refuse DELETE, also of a test runner: the triggers rest meanwhile."""
    names = ("qms.trail.migrations.0002_append_only", "documents.migrations.0002_sealed")
    migrations = [import_module(name) for name in names]
    empty = TransactionTestCase._fixture_teardown

    def emptied(self):
        with connection.schema_editor() as editor:
            for migration in migrations:
                migration.allow(None, editor)
        empty(self)
        with connection.schema_editor() as editor:
            for migration in migrations:
                migration.forbid(None, editor)

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture
def clauses(db):
    """The editions, clauses and questions that every installation has."""
    load_standards()


@pytest.fixture
def agency(db):
    return make_agency()


@pytest.fixture
def province(agency):
    office = make_agency("SKHCN", "Sở Khoa học và Công nghệ")
    return make_province(office)


@pytest.fixture
def unit(agency):
    return make_unit(agency)


@pytest.fixture
def cast(agency):
    """One person for every duty at the agency, by name of the duty."""
    return {
        "reader": hire(agency, "an", Role.READER, full_name="Trần Văn An"),
        "author": hire(agency, "binh", Role.AUTHOR, full_name="Lê Thị Bình"),
        "reviewer": hire(
            agency, "chi", Role.REVIEWER, full_name="Phạm Thị Chi", position="Trưởng phòng"
        ),
        "approver": hire(
            agency, "dung", Role.APPROVER, full_name="Nguyễn Văn Dũng", position="Giám đốc"
        ),
        "quality": hire(agency, "em", Role.QUALITY, full_name="Võ Thị Em", position="Thư ký ISO"),
    }


@pytest.fixture
def stranger(db):
    """A person with every duty, at another agency."""
    elsewhere = make_agency("SYT", "Sở Y tế")
    return hire(
        elsewhere, "la", *[r for r in Role if r not in {"library_editor", "overseer", "inspector"}]
    )
