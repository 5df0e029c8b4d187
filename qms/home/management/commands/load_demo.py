"""The demonstration province: agencies, people, documents, library, audits; loaded once."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from qms.agencies.models import Membership, Province, Role, User
from qms.home.demo import audits, calendar, library, papers, province, readings, registers

EDITOR = "duong.dtt"


class Command(BaseCommand):
    help = "Load the demonstration data into an empty installation; print its accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--print-accounts", action="store_true")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if Province.current() is None:
            with transaction.atomic():  # all of it or nothing: a stop half way begins anew
                self._load()
            call_command("rebuild_index", verbosity=0, stdout=self.stdout)
        if options["print_accounts"]:
            self._print(options["port"])

    def _load(self) -> None:
        call_command("load_standards", verbosity=0)
        province.load()
        self.stdout.write("  cơ quan, phòng, người: xong")
        call_command("load_library", by=EDITOR, publish=True, stdout=self.stdout)
        self.stdout.write(f"  tài liệu: {papers.load()} tệp")
        self.stdout.write(f"  phân phối, xác nhận đọc: {readings.load()} người")
        self.stdout.write(f"  đánh giá: {audits.load()} cuộc")
        self.stdout.write(f"  phiếu yêu cầu, soát xét: {calendar.load()} dòng")
        self.stdout.write(f"  mẫu đã áp dụng: {library.load()} bản nháp")
        self.stdout.write(f"  danh mục, hồ sơ: {registers.load()} dòng")

    def _print(self, port: int) -> None:
        base = f"http://127.0.0.1:{port}"
        self.stdout.write(f"\nĐịa chỉ: {base}/ (đăng nhập) · {base}/library/ (thư viện công khai)")
        self.stdout.write(f"Mật khẩu của mọi tài khoản minh họa: {province.PASSWORD}\n")
        for role in Role:
            row = (
                Membership.objects.filter(role=role, user__is_active=True)
                .select_related("user", "agency")
                .order_by("pk")
                .first()
            )
            if row is not None:
                who = f"{row.user.username:<12} {row.user.full_name}"
                self.stdout.write(f"  {role.label!s:<28} {who}, {row.agency.short_name}")
        self.stdout.write(f"  ({User.objects.filter(is_active=True).count()} tài khoản)\n")
