"""The whole house in one small world, built once a module and never changed by a test."""

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from tests.house import world as worlds


@pytest.fixture(scope="module", autouse=True)
def _own_folders(tmp_path_factory):
    """As for every test, but kept for the module, since its world is."""
    before = (django_settings.FILES_DIR, django_settings.INDEX_DIR)
    folder = tmp_path_factory.mktemp("house")
    django_settings.FILES_DIR, django_settings.INDEX_DIR = folder / "files", folder / "index"
    yield
    django_settings.FILES_DIR, django_settings.INDEX_DIR = before


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, _own_folders):
    """People and things in every state, inside a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
