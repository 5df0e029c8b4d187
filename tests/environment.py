"""The environment of a test run; loaded before Django's settings are (see addopts)."""

import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QMS_SECRET_KEY", "test-only-" + "k" * 50)
os.environ["QMS_DATA"] = tempfile.mkdtemp(prefix="qms-tests-")
os.environ.setdefault("QMS_SAMPLES", str(ROOT.parent / "shared" / "samples"))
