"""Take Word files, or folders of them, in as documents of one agency."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.services import intake
from documents.services.intake import Row
from qms.agencies.models import Agency, User

# Read from a folder; anything named on the command line is tried whatever its ending.
ENDINGS = {".docx", ".docm", ".doc", ".dotx", ".odt", ".rtf", ".pdf"}


class Command(BaseCommand):
    help = "Import controlled documents from Word files; one row of the report per file."

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
        rows = []
        for path in _files(options["paths"]):
            row = self._take_in(path, agency, by, register=options["publish"])
            self.stdout.write(f"{row.status:9} {row.seconds:6.2f} s  {row.file}  {row.reason}")
            for warning in row.warnings:
                self.stdout.write(f"          - {warning}")
            rows.append(row)
        if options["report"]:
            report = json.dumps([row.as_report() for row in rows], ensure_ascii=False, indent=1)
            options["report"].write_text(report, encoding="utf-8")
        imported = sum(row.status == "imported" for row in rows)
        self.stdout.write(f"Đã nhập {imported}/{len(rows)} tệp vào {agency}.")

    def _take_in(self, path: Path, agency: Agency, by: User, *, register: bool) -> Row:
        if not path.is_file():
            return Row(file=str(path), reason="Không có tệp này.")
        if path.stat().st_size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // 1024**2
            return Row(file=str(path), reason=f"Tệp lớn hơn mức {limit} MB.")
        try:
            return intake.create(
                agency, by=by, data=path.read_bytes(), name=str(path), register=register
            )
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            return Row(file=str(path), reason=f"Không đọc được tệp: {error.strerror}.")


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
