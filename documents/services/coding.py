"""Which code a new document gets: the next number of its agency's pattern for the kind."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import ControlSettings, Document, DocumentKind
from qms.agencies.models import Agency
from qms.kernel.models import Counter
from qms.kernel.numbering import next_number
from qms.kernel.patterns import Pattern, parent_part, pattern_of
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import code_key

# What `{type}` stands for, and the pattern of a kind for which the agency set none.
LETTERS = {
    DocumentKind.MANUAL: "ST", DocumentKind.POLICY: "CS", DocumentKind.OBJECTIVES: "MT",
    DocumentKind.SYSTEM_PROCEDURE: "QT", DocumentKind.INTERNAL_PROCEDURE: "QT-NV",
    DocumentKind.TTHC_PROCEDURE: "QT-TT", DocumentKind.WORK_INSTRUCTION: "HD",
    DocumentKind.REGULATION: "QĐ", DocumentKind.FORM: "BM", DocumentKind.GUIDANCE: "M",
    DocumentKind.EXTERNAL_DOCUMENT: "TLN",
}  # fmt: skip
USUAL = "{type}.{seq:02}"
USUAL_FORM = "{type}.{parent}.{seq:02}"
# More taken codes than this in a row are no accident.
MOST_TAKEN = 1000


def pattern_for(agency: Agency, kind: str) -> Pattern:
    """The agency's pattern for the kind, else the usual one."""
    return pattern_of(ControlSettings.of(agency).code_patterns.get(kind) or usual(kind))


def usual(kind: str) -> str:
    """The pattern of a kind where the agency chose none."""
    return USUAL_FORM if kind == DocumentKind.FORM else USUAL


def next_code(
    agency: Agency, kind: str, *, field: str = "", parent: Document | None = None
) -> str:
    """The code that `take_code` would give now; nothing is taken.

    Refuses when the pattern needs a field or a procedure that was not given.
    """
    pattern, values = pattern_for(agency, kind), _values(agency, kind, field, parent)
    series = _series(agency, pattern, values)
    last = Counter.objects.filter(pk=series).values_list("last", flat=True).first() or 0
    taken = _taken(agency)
    return next(c for c in pattern.codes(values, last + 1) if code_key(c) not in taken)


@dataclass(frozen=True, slots=True)
class Given:
    """A code, and those before it that were passed over because somebody has them."""

    code: str
    passed: tuple[str, ...]


def take_code(
    agency: Agency, kind: str, *, field: str = "", parent: Document | None = None
) -> Given:
    """The next code, taken in the caller's transaction: without gaps, whoever asks at once.

    A number whose code somebody typed by hand, or that came in with an import, is passed
    over and named, for the trail. Refuses as `next_code`.
    """
    pattern, values = pattern_for(agency, kind), _values(agency, kind, field, parent)
    series = _series(agency, pattern, values)
    passed: list[str] = []
    for _try in range(MOST_TAKEN):
        code = pattern.code(next_number(series), values)
        if not _is_taken(agency, code):
            return Given(code, tuple(passed))
        passed.append(code)
    raise Unacceptable(_("Hơn %d mã hiệu liên tiếp đã dùng. Nhập mã hiệu khác.") % MOST_TAKEN)


def example(agency: Agency, kind: str, pattern: Pattern) -> str:
    """The first code of a pattern, with words in place of what only a document can say."""
    values = _values(agency, kind, "HCTP", None) | {"parent": "01"}
    return pattern.code(1, values)


def _series(agency: Agency, pattern: Pattern, values: dict[str, str]) -> str:
    return f"code:{agency.pk}:{code_key(pattern.series(values))}"[:120]


def _values(agency: Agency, kind: str, field: str, parent: Document | None) -> dict[str, str]:
    return {
        "type": LETTERS[DocumentKind(kind)],
        "field": field,
        "agency": agency.code,
        "parent": parent_part(parent.code) if parent else "",
        "year": str(timezone.localdate().year),
    }


def _taken(agency: Agency) -> set[str]:
    mine = Document.objects.filter(agency=agency, code_settled=True)
    return set(mine.values_list("code_key", flat=True))


def _is_taken(agency: Agency, code: str) -> bool:
    mine = Document.objects.filter(agency=agency, code_settled=True)
    return mine.filter(code_key=code_key(code)).exists()
