"""The signing key: random and kept when none is given, never a short one."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings


def start(data, **more) -> subprocess.CompletedProcess:
    environment = {
        k: v for k, v in os.environ.items() if k not in {"QMS_SECRET_KEY", "DATABASE_URL"}
    }
    return subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=120,
        env=environment | {"QMS_DATA": str(data), "DJANGO_SETTINGS_MODULE": "qms.settings"} | more,
    )  # fmt: skip


def test_the_first_start_writes_a_key_and_the_next_keeps_it(tmp_path):
    """Any command runs on a fresh checkout, with nothing set."""
    data = tmp_path / "new" / "var"
    first = start(data)
    key = (data / "secret_key").read_text()

    assert first.returncode == 0, first.stderr
    assert len(key) >= 50
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert start(data).returncode == 0
    assert (data / "secret_key").read_text() == key
    assert list(data.glob(".key-*")) == []


@pytest.mark.parametrize("key", ["short", "x" * 49])
def test_a_short_key_stops_the_start(key, tmp_path):
    told = start(tmp_path, QMS_SECRET_KEY=key)

    assert told.returncode != 0
    assert not (tmp_path / "secret_key").exists()
