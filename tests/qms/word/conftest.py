import functools
import json
from pathlib import Path

import pytest

from qms.word.reading import Reading, read
from tests.samples import samples

PROCEDURES = 18


@functools.cache
def _reading(path: Path) -> Reading:
    return read(path.read_bytes(), name=path.name)


@pytest.fixture(params=range(PROCEDURES))
def real(request):
    """One real procedure: its path, what a careful reader found, what we read (once)."""
    truth = json.loads(samples("docx/truth.json").read_text(encoding="utf-8"))
    name = sorted(truth)[request.param]
    path = samples("docx") / name
    return path, truth[name], _reading(path)
