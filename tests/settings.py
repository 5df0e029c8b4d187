"""Settings of a test run: the project's own, with a key, folders and samples of the run."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QMS_SECRET_KEY", "test-only-" + "k" * 50)
os.environ["QMS_DATA"] = tempfile.mkdtemp(prefix="qms-tests-")
os.environ.setdefault("QMS_SAMPLES", str(ROOT.parent / "shared" / "samples"))

from qms.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
