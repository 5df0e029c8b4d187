"""Bring the shipped guidance texts into the province's library; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from documents.models import Duty, Signatory
from qms.agencies.models import Role, User
from qms.kernel.refusals import Refusal
from qms.library.permissions import oversight_body
from qms.library.services import template as services
from qms.library.services.filling import values_for
from qms.library.source import read_all, read_sets, read_slots


class Command(BaseCommand):
    help = "Load the shipped guidance templates; never overwrite what an editor changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, metavar="USERNAME")
        parser.add_argument("--only", nargs="+", metavar="CODE", help="Nothing but these.")
        parser.add_argument(
            "--publish", action="store_true",
            help="Put them in force as approved by the province outside the system.",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Không có người dùng {options['by']}.")
        loaded = 0
        try:
            services.load_frame(read_slots(), read_sets(), by=by)
            for source in read_all():
                if options["only"] and source.code not in options["only"]:
                    continue
                version = services.load(source, by=by)
                if version is None:
                    continue
                loaded += 1
                if options["publish"]:
                    version.issued_on = timezone.localdate()
                    version.save(update_fields=["issued_on"])
                    services.publish_shipped(version, by=by, signatories=_signatories())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Đã nạp {loaded} mẫu.")


def _signatories() -> list[Signatory]:
    """Whom the oversight body names for its papers today."""
    body = oversight_body()
    values = values_for(body) if body else {}
    return [
        Signatory(
            duty=Duty.AUTHOR, name=values.get("thu_ky_iso", ""), position=str(Role.QUALITY.label)
        ),
        Signatory(
            duty=Duty.REVIEWER,
            name=values.get("ten_nguoi_soat_xet", ""),
            position=values.get("chuc_danh_soat_xet", ""),
        ),
        Signatory(
            duty=Duty.APPROVER,
            name=values.get("ten_nguoi_dung_dau", ""),
            position=values.get("chuc_danh_nguoi_dung_dau", ""),
        ),
    ]
