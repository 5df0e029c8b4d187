"""Whether the shipped guidance texts hold together; the run fails when one does not."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qms.kernel.refusals import Refusal
from qms.library.checking import Library, check
from qms.library.source import FOLDER, read_all, read_sets, read_slots
from qms.standards.loading import clause_numbers


class Command(BaseCommand):
    help = "Check the guidance texts: fields, clauses, sections, references, forms, terms, times."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER)
        parser.add_argument("--json", action="store_true", help="Faults as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = options["folder"]
            library = Library(
                read_all(folder), read_slots(folder), read_sets(folder), clause_numbers()
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        found = check(library)
        if options["json"]:
            rows = [{"code": f.code, "sentence": f.sentence} for f in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for fault in found:
                self.stdout.write(f"{fault.code or 'thư viện'}: {fault.sentence}")
        kinds = Counter(source.kind for source in library.sources)
        said = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
        self.stderr.write(f"{len(library.sources)} mẫu ({said}), {len(found)} lỗi.")
        if found:
            raise CommandError("Thư viện mẫu có lỗi.")
