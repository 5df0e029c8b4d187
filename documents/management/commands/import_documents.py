"""Take files, folders and ZIP archives of them in as documents of one agency."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.models import BatchFile, FileState
from documents.services import archive
from documents.services import batch as batches
from documents.services.batch import Handed
from documents.services.intake import Row
from qms.agencies.models import Agency, User
from qms.kernel.refusals import Unacceptable

# Read from a folder; anything named on the command line is tried whatever its ending.
ENDINGS = {".docx", ".docm", ".doc", ".dotx", ".odt", ".rtf", ".pdf", ".zip"}


class Command(BaseCommand):
    help = "Import controlled documents from files, folders and ZIP archives; one row of the report each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--agency", required=True, metavar="CODE")
        parser.add_argument("--by", required=True, metavar="USERNAME")
        parser.add_argument("--report", type=Path, metavar="FILE.json")
        parser.add_argument(
            "--publish", action="store_true",
            help="Register each as in force since the issue date on its cover (approved on paper).",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        agency, by = _agency(options["agency"]), _user(options["by"])
        _require_writable(options["report"])
        names: list[str] = []
        try:
            batch = batches.create(
                agency, by=by, files=_named(_handed(options["paths"]), names),
                name=_name(options["paths"]), register=options["publish"],
            )  # fmt: skip
            rows = [
                self._done(file, names[file.order - 1]) for file in batch.files.order_by("order")
            ]
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from None
        except Unacceptable as refusal:
            if names:
                raise CommandError(str(refusal)) from None
            rows = []
        if options["report"]:
            report = json.dumps([row.as_report() for row in rows], ensure_ascii=False, indent=1)
            options["report"].write_text(report, encoding="utf-8")
        imported = sum(row.status == "imported" for row in rows)
        self.stdout.write(f"Đã nhập {imported}/{len(rows)} tệp vào {agency}.")

    def _done(self, file: BatchFile, name: str) -> Row:
        """The row of one file, worked off now unless it was refused at the door."""
        row = batches.work(file) if file.state == FileState.QUEUED else None
        if row is None:
            file.refresh_from_db()
            row = Row(file=name, status=file.state, reason=file.reason)
        row.file = name  # as it is called here, however long
        self.stdout.write(f"{row.status:9} {row.seconds:6.2f} s  {row.file}  {row.reason}")
        for said in [*row.warnings, *row.unsure]:
            self.stdout.write(f"          - {said}")
        return row


def _handed(paths: list[Path]) -> Iterator[Handed]:
    """Every file named, in the folders named and in the archives among them."""
    for path in _files(paths):
        if path.suffix.lower() == ".zip" and path.is_file():
            yield from _in_archive(path)
        else:
            yield _of_path(path)


def _named(files: Iterable[Handed], names: list[str]) -> Iterator[Handed]:
    """The same files; `names` learns what each is called."""
    for handed in files:
        names.append(handed.name)
        yield handed


def _of_path(path: Path) -> Handed:
    if not path.is_file():
        return Handed(str(path), 1, bytes, "Không có tệp này.")
    return Handed(str(path), path.stat().st_size, partial(_bytes, path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unacceptable(f"Không đọc được tệp: {error.strerror}.") from None


def _in_archive(path: Path) -> Iterator[Handed]:
    """The files of an archive under its own name; a hostile archive is one refused row."""
    with path.open("rb") as file:
        try:
            for handed in archive.handed_in(file):
                yield replace(handed, name=f"{path}/{handed.name}")
        except Unacceptable as refusal:
            yield Handed(str(path), 1, bytes, str(refusal))


def _name(paths: list[Path]) -> str:
    return ", ".join(path.name or str(path) for path in paths)


def _agency(code: str) -> Agency:
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise CommandError(f"Không có cơ quan mang mã {code}.")
    return agency


def _user(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"Không có người dùng {username}.")
    return user


def _require_writable(report: Path | None) -> None:
    """A report that cannot be written is told before anything is imported."""
    if report is None:
        return
    try:
        report.touch()
    except OSError as error:
        raise CommandError(f"Không ghi được báo cáo {report}: {error.strerror}.") from None


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and the documents in the folders named, each once and in order."""
    seen: set[Path] = set()
    for path in (inner for named in paths for inner in _below(named)):
        if path.resolve() not in seen:
            seen.add(path.resolve())
            yield path


def _below(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for inner in sorted(path.rglob("*")):
        hidden = inner.name.startswith((".", "~$"))
        if inner.is_file() and inner.suffix.lower() in ENDINGS and not hidden:
            yield inner
