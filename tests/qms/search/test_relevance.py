"""Citizens' own questions against the real procedures: the right one is on the first page."""

import json
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from qms.kernel.text import fold
from qms.search import index
from qms.search.index import Entry
from qms.word.reading import read
from qms.word.richtext import plain_text
from tests.samples import samples

EVERY = 4  # of the questions, to be quick


@pytest.fixture(scope="module")
def procedures(tmp_path_factory):
    """The 18 procedures in an index of their own; folded title by key."""
    before = django_settings.INDEX_DIR
    django_settings.INDEX_DIR = tmp_path_factory.mktemp("index")
    titles, entries = {}, []
    for folder in ("chung_thuc", "nuoi_con_nuoi"):
        for path in sorted(samples(f"docx/{folder}").glob("*.docx")):
            reading = read(path.read_bytes(), name=path.name)
            body = "\n".join(f"{s.title}\n{plain_text(s.html)}" for s in reading.sections)
            entries.append(
                Entry(path.name, "agency-1", ("all",), reading.code, reading.title, body)
            )
            titles[path.name] = fold(reading.title).removeprefix("quy trinh ")
    index.rebuild("agency-1", entries)
    yield Path(django_settings.INDEX_DIR), titles
    django_settings.INDEX_DIR = before


@pytest.mark.parametrize("spell", ["as asked", "without accents"])
def test_questions_find_their_procedure(spell, procedures):
    folder, titles = procedures
    django_settings.INDEX_DIR = folder
    first = found = asked = 0
    for question in _questions(titles)[::EVERY]:
        text = question["question"]
        text = fold(text) if spell == "without accents" else unicodedata.normalize("NFC", text)
        hits = index.find(text, {"agency-1": {"all"}}, limit=10).hits
        ranks = [i for i, hit in enumerate(hits) if titles[hit.key] == question["wanted"]]
        asked += 1
        first += ranks[:1] == [0]
        found += bool(ranks)

    assert asked >= 50
    assert found / asked >= 0.93, f"{found}/{asked}"
    assert first / asked >= 0.55, f"{first}/{asked}"


def _questions(titles) -> list[dict]:
    """Those that name what they ask about and belong to one procedure."""
    rows = json.loads(samples("text/legalrag_questions_dev.json").read_text(encoding="utf-8"))
    owners: dict[str, set[str]] = {}
    for row in rows:
        owners.setdefault(fold(row["question"]), set()).add(fold(row["title"]))
    known = set(titles.values())
    kept = []
    for row in rows:
        wanted = fold(row["title"])
        if (
            len(owners[fold(row["question"])]) == 1
            and wanted in known
            and " nay" not in fold(row["question"])
        ):
            kept.append(row | {"wanted": wanted})
    return kept
