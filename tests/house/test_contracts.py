"""The floors hold, and each contract fails when it is broken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# One sin for each contract of pyproject.toml: which line, put into which file, must be found out.
SINS = {
    "The house: data flows one way": ("qms/kernel/text.py", "import qms.agencies.models"),
    "Inside an app: pages call services, services change models":
        ("documents/models/document.py", "import documents.services.draft"),
    "Inside the library: pages call services, services change models":
        ("qms/library/source.py", "import qms.library.services.template"),
    "Inside the rooms over the library: pages call services, services change models":
        ("qms/news/services/__init__.py", "import qms.news.urls"),
    "Only qms.search opens whoosh": ("documents/lookup.py", "import whoosh"),
    "Only qms.paper opens weasyprint": ("audits/services/report.py", "import weasyprint"),
    "Only qms.word opens Word files and rich text": ("documents/views/file.py", "import docx"),
    "Only qms.sheets opens openpyxl": ("audits/views/programme.py", "import openpyxl"),
    "Only permissions modules (and the grant tables) open guardian":
        ("documents/views/version.py", "import guardian"),
    "Only services move state": ("documents/views/document.py", "import qms.kernel.moves"),
    "Only services write the trail": ("audits/views/audit.py", "import qms.trail.services.record"),
    "Upper apps read documents' models and call its services, not its pages":
        ("audits/views/programme.py", "import documents.views.version"),
}  # fmt: skip


def lint(folder: Path) -> tuple[int, str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    told = subprocess.run(  # noqa: S603  # our own linter
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, check=False,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return told.returncode, told.stdout


def test_every_contract_holds():
    status, told = lint(ROOT)

    assert status == 0, told


def test_every_contract_fails_when_it_is_broken(tmp_path):
    for package in ("qms", "documents", "audits"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in SINS.values():
        with (tmp_path / file).open("a", encoding="utf-8") as code:
            code.write(f"\n{line}\n")

    _status, told = lint(tmp_path)

    for contract in SINS:
        assert f"{contract} BROKEN" in told, told
    assert " KEPT" not in told, "a contract without a sin in SINS"
