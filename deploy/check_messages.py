"""Every string of every page has its English; nothing fuzzy, nothing stale, all compiles.

The source language is Vietnamese, so the pages need no Vietnamese catalogue.
"""

import re
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdi]|%[sdi]|\{\w*\}")


def main() -> int:
    before = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    committed = CATALOGUE.read_bytes()
    try:
        _collect()
        entries = [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]
    finally:
        CATALOGUE.write_bytes(committed)
    faults = [f"not in the catalogue: {e.msgid!r}" for e in entries if e.msgid not in before]
    faults += [
        f"no English: {e.msgid!r}" for e in entries if not e.translated() and e.msgid in before
    ]
    faults += [f"fuzzy: {e.msgid!r}" for e in entries if e.fuzzy]
    faults += [f"placeholders differ: {e.msgid!r}" for e in entries if _differ(e)]
    for fault in faults[:50]:
        print(fault)
    if faults:
        print(f"{len(faults)} strings are not complete: run `make messages` and translate.")
        return 1
    _run("compilemessages", "--verbosity=0", "--ignore=.venv", "--ignore=node_modules")
    print(f"{len(entries)} strings, all in English.")
    return 0


def _differ(entry: polib.POEntry) -> bool:
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    wanted = sorted(PLACEHOLDER.findall(entry.msgid))
    return any(sorted(PLACEHOLDER.findall(text)) != wanted for text in texts if text)


def _collect() -> None:
    _run(
        "makemessages", "--locale=en", "--no-obsolete", "--no-wrap", "--add-location=file",
        "--ignore=.venv", "--ignore=node_modules", "--ignore=var", "--verbosity=0",
    )  # fmt: skip


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
