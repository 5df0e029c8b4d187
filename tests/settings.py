"""Settings of a test run: the project's own, with a key, folders and samples of the run."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QMS_SECRET_KEY", "test-only-" + "k" * 50)
os.environ["QMS_DATA"] = tempfile.mkdtemp(prefix="qms-tests-")
os.environ.setdefault("QMS_SAMPLES", str(ROOT.parent / "shared" / "samples"))

from qms.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir()  # noqa: F405  # WhiteNoise warns about a folder that is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A real file, as in life: threads and processes meet at its locks, not in shared memory.
    # Not synced: a test database that a power cut takes is no loss.
    DATABASES["default"] = SQLITE | {  # noqa: F405
        "TEST": {"NAME": str(Path(os.environ["QMS_DATA"]) / "test.sqlite3")},
        "OPTIONS": SQLITE["OPTIONS"]  # noqa: F405
        | {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
        },
    }
