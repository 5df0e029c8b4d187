"""Search as one person would, and print what he would find."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents import lookup
from qms.agencies.models import User

MOST = 1000


class Command(BaseCommand):
    help = "Search documents with the eyes of USERNAME."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", metavar="QUERY")
        parser.add_argument("--by", required=True, metavar="USERNAME")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Không có người dùng {options['by']}.")
        limit = min(max(options["limit"], 1), MOST)
        results = lookup.search(options["query"], by=by, limit=limit)
        if results.degraded:
            self.stderr.write("Chỉ mục tìm kiếm đang hỏng, kết quả lấy từ cơ sở dữ liệu.")
        rows = [
            {
                "code": found.version.code,
                "title": found.version.title,
                "agency": found.version.document.agency.name,
                "score": round(found.score, 4),
                "snippet": found.plain_snippet,
            }
            for found in results.found
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row['score']:8.2f}  {row['code']}  {row['title']}")
