"""README names every command; the suite runs on the database it was told to run on."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
OURS = ("qms", "documents", "audits")


def test_readme_lists_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ours = {name for name, app in get_commands().items() if str(app).split(".")[0] in OURS}
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert {name for name in ours if f"`{name}" not in readme} == set()
    assert {name for name in targets if f"`make {name}" not in readme} == set()


def test_readme_names_every_room():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [f"qms/{p.name}" for p in (ROOT / "qms").iterdir() if (p / "__init__.py").exists()]

    assert [room for room in rooms if room not in readme] == []


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for():
    """`.ci/run` asks for PostgreSQL the second time; a silent SQLite would prove nothing."""
    wanted = os.environ.get("QMS_EXPECT_VENDOR", connection.vendor)

    assert connection.vendor == wanted


def test_no_file_is_longer_than_a_room_should_be():
    long = [
        path.relative_to(ROOT).as_posix()
        for app in OURS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        and len(path.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []
