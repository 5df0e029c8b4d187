"""The full-text index, one small one per scope: the only module that imports whoosh.

It is a cache of the database: it may be lost and built anew, may be late about text, and
never decides who sees what: that is asked inside the query (`audiences`) and again when the
hits are read back. It knows nothing of documents.
"""

import fcntl
import json
import shutil
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from whoosh import index as whoosh_index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from qms.search import ranking, words
from qms.search.snippet import Part, snippet

_SPACED = SpaceSeparatedTokenizer()
SCHEMA = Schema(
    key=ID(stored=True, unique=True),
    audiences=KEYWORD,
    shown=STORED,
    **{name: TEXT(analyzer=_SPACED, phrase=False) for name in ranking.FIELDS},
)
# Written beside every index; another number means another schema, so the index is built anew.
FORM = 1
BATCH = 500
# A reader that comes while a writer is putting its files in place waits so long for it.
PATIENCE = 2.0  # seconds
# Files may be replaced under a reader who has just begun to open them; then he opens the new ones.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of one thing. `audiences` are words that a reader may hold."""

    key: str
    scope: str
    audiences: tuple[str, ...]
    code: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer."""

    key: str
    scope: str
    score: float
    body: str
    wanted: frozenset[str]

    def snippet(self) -> tuple[Part, ...]:
        """Text and whether it matched; worked out when asked, for the few hits that are shown."""
        return snippet(self.body, self.wanted)


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits, and the scopes whose index is missing or damaged and so said nothing."""

    hits: list[Hit]
    broken: frozenset[str]


def put(entries: Iterable[Entry]) -> None:
    """Add or replace entries; a second writer of the same scope waits for the first.

    Raises `IndexBroken` where there is no whole index to add to: begun anew with these
    entries alone, it would look whole and have lost the others. `rebuild` is the way.
    """
    for scope, group in groupby(sorted(entries, key=attrgetter("scope")), attrgetter("scope")):
        with _locked(scope):
            if not _healthy(scope):
                raise IndexBroken(scope)
            # A writer replaces only what was committed before it began.
            _write(_folder(scope), {entry.key: entry for entry in group}.values())


def drop(scope: str, keys: Collection[str]) -> None:
    """Forget entries; not an error when there are none."""
    with _locked(scope):
        if not _healthy(scope):
            return
        writer = whoosh_index.open_dir(_folder(scope)).writer()
        for key in keys:
            writer.delete_by_term("key", key)
        writer.commit()
        _sign(_folder(scope))


def find(query: str, reach: Mapping[str, Collection[str]], *, limit: int = 10) -> Answer:
    """The best `limit` entries among the scopes and audiences of `reach`, best first.

    Only entries that name one of the audiences given for their scope are looked at at all.
    """
    question = ranking.Question.of(query)
    hits: list[Hit] = []
    broken = set()
    for scope, audiences in reach.items():
        try:
            hits += _find(scope, question, audiences, limit)
        except IndexBroken:
            broken.add(scope)
    hits.sort(key=lambda hit: -hit.score)
    return Answer(hits[:limit], frozenset(broken))


def rebuild(
    scope: str, entries: Iterable[Entry], *, on_progress: Callable[[int], None] = lambda n: None
) -> int:
    """Build the scope's index beside the old one, which serves until the swap; entries written."""
    fresh = _folder(f".new-{scope}")
    with _locked(scope):
        shutil.rmtree(fresh, ignore_errors=True)
        _create(fresh)
        written = _write(fresh, entries, on_progress)
        old = _folder(f".old-{scope}")
        shutil.rmtree(old, ignore_errors=True)
        if _folder(scope).exists():
            _folder(scope).rename(old)
        fresh.rename(_folder(scope))
        shutil.rmtree(old, ignore_errors=True)
    return written


def healthy(scope: str) -> bool:
    """Whether the scope's index is there, whole, and of today's form.

    Between a writer's last file and its signature the index only looks damaged, so while
    somebody writes, the answer may take `PATIENCE`.
    """
    until = time.monotonic() + PATIENCE
    while not _healthy(scope):
        if _nobody_writes(scope):
            return _healthy(scope)
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


class IndexBroken(Exception):  # a state of the index, turned into an answer above
    """The index of a scope is missing or damaged."""


def _find(
    scope: str, question: ranking.Question, audiences: Collection[str], limit: int
) -> list[Hit]:
    failure: Exception | None = None
    for _attempt in range(TRIES):
        if not healthy(scope):
            break
        try:
            with whoosh_index.open_dir(_folder(scope)).searcher() as searcher:
                return [
                    Hit(row["key"], scope, score, row["shown"]["body"], question.plain_words)
                    for row, score in ranking.best(searcher, question, audiences, limit)
                ]
        except Exception as error:  # noqa: BLE001  # whatever a damaged file raises
            failure = error
    raise IndexBroken(scope) from failure


def _write(
    folder: Path, entries: Iterable[Entry], on_progress: Callable[[int], None] = lambda n: None
) -> int:
    writer = whoosh_index.open_dir(folder).writer(limitmb=64)
    written = 0
    try:
        for written, entry in enumerate(entries, 1):
            writer.update_document(**_fields(entry))
            if written % BATCH == 0:
                on_progress(written)
    except BaseException:
        writer.cancel()  # or its lock and its files stay open
        raise
    writer.commit()
    _sign(folder)
    return written


def _fields(entry: Entry) -> dict[str, Any]:
    title, body = words.exact(entry.title), words.exact(entry.body)
    plain_title, plain_body = words.folded(entry.title), words.folded(entry.body)
    return {
        "key": entry.key,
        "audiences": " ".join(entry.audiences),
        "shown": {"title": entry.title, "body": entry.body[:200_000]},
        "title": " ".join(title),
        "title_pairs": " ".join(words.pairs(title)),
        "body": " ".join(body),
        "body_pairs": " ".join(words.pairs(body)),
        "plain_title": " ".join(plain_title),
        "plain_title_pairs": " ".join(words.pairs(plain_title)),
        "plain_body": " ".join(plain_body),
        "plain_body_pairs": " ".join(words.pairs(plain_body)),
    }


# ── files ────────────────────────────────────────────────────────────────────────────────

_checked: dict[Path, str] = {}


def _folder(scope: str) -> Path:
    return Path(settings.INDEX_DIR) / scope


def _create(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    whoosh_index.create_in(folder, SCHEMA)
    _sign(folder)


@contextmanager
def _locked(scope: str) -> Iterator[None]:
    """One writer per scope, on this machine; the next one waits."""
    Path(settings.INDEX_DIR).mkdir(parents=True, exist_ok=True)
    with (Path(settings.INDEX_DIR) / f".lock-{scope}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _nobody_writes(scope: str) -> bool:
    try:
        with (Path(settings.INDEX_DIR) / f".lock-{scope}").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # nobody ever wrote here
        return True
    return True


def _sign(folder: Path) -> None:
    """Write down what the files of a finished index are, so that damage can be seen."""
    sums = {path.name: zlib.crc32(path.read_bytes()) for path in _files(folder)}
    manifest = {"form": FORM, "files": sums}
    beside = folder / ".manifest.new"
    beside.write_text(json.dumps(manifest), encoding="utf-8")
    beside.replace(folder / ".manifest")


def _healthy(scope: str) -> bool:
    """Every signed file there and unchanged; the bytes are summed once per state of the folder.

    What a writer has begun and not put in place is nobody's concern; a table of contents that
    is not signed is, because readers would follow it.
    """
    folder = _folder(scope)
    try:
        text = (folder / ".manifest").read_text(encoding="utf-8")
        manifest = json.loads(text)
        signed = manifest["files"]
        files = [p for p in _files(folder) if p.name in signed or p.suffix == ".toc"]
        state = text + "".join(f"{p.name}{(s := p.stat()).st_size}{s.st_mtime_ns}" for p in files)
        if _checked.get(folder) == state:
            return True
        if manifest["form"] != FORM:
            return False
        sums = {path.name: zlib.crc32(path.read_bytes()) for path in files}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if sums != signed:
        return False
    _checked[folder] = state
    return True


def _files(folder: Path) -> list[Path]:
    return sorted(
        p
        for p in folder.iterdir()
        if p.is_file()
        and not p.name.startswith(".")
        and p.suffix != ".lock"
        and not p.name.endswith("WRITELOCK")
    )
