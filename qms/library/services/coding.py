"""Which code an adopted template gets: the agency's pattern, with the template's own number."""

import re

from documents.models import Document, DocumentKind
from documents.services.coding import LETTERS, pattern_for
from documents.services.draft import free_code
from qms.agencies.models import Agency
from qms.kernel.patterns import parent_part
from qms.kernel.refusals import Refusal
from qms.kernel.text import code_key, one_line
from qms.library.models import Adoption, Template

_NUMBER = re.compile(r"(\d+)(?!.*\d)")


class LocalCodes:
    """Codes for what is adopted together, so that no two are the same and forms follow their
    procedure's code."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency
        self._given: dict[int, str] = dict(
            Adoption.objects.filter(agency=agency).values_list("template_id", "document__code")
        )
        settled = Document.objects.filter(agency=agency, code_settled=True)
        self._taken = set(settled.values_list("code_key", flat=True))

    def propose(self, template: Template, typed: str = "") -> str:
        """The code typed, as it is; else the pattern's with the template's number; else the
        template's own without "M-"; in both cases the next free one when it is taken."""
        code = one_line(typed) or self._free(self._by_pattern(template) or self._own(template))
        self._taken.add(code_key(code))
        self._given[template.pk] = code
        return code

    def _free(self, code: str) -> str:
        while code_key(code) in self._taken:
            code = free_code(self._agency, code, besides=self._taken)
        return code

    def _own(self, template: Template) -> str:
        return template.document.code.removeprefix("M-")

    def _by_pattern(self, template: Template) -> str:
        kind = DocumentKind(template.target_kind)
        own = self._own(template)
        number = _NUMBER.search(own)
        if number is None or template.paper:
            return ""
        parent = self._given.get(template.parent_id or 0, "")
        values = {
            "type": LETTERS[kind], "agency": self._agency.code, "field": _letters(own),
            "parent": parent_part(parent) if parent else "", "year": "",
        }  # fmt: skip
        try:
            return pattern_for(self._agency, kind).code(int(number[1]), values)
        except Refusal:
            return ""


def _letters(code: str) -> str:
    """What a pattern's `{field}` takes of `TT-HT.01`: the letters before the number."""
    return re.split(r"[\d.]", code)[0].strip("-. ").split("-")[-1]
