"""Where the real input is, and a plain word when it is not there."""

import os
from pathlib import Path

import pytest


def samples(relative: str = "") -> Path:
    """The folder (or file) `relative` below QMS_SAMPLES; skips the test when absent."""
    path = Path(os.environ["QMS_SAMPLES"]) / relative
    if not path.exists():
        pytest.skip(f"Real input is absent: {path} (set QMS_SAMPLES)")
    return path
