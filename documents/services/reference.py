"""Which version names which document: read out of the texts, again whenever one side changes.

Derived like the search index, so no person does it and nothing is recorded; the reactions call.
"""

from collections.abc import Iterable

from django.db import transaction

from documents.lifecycles import VersionState
from documents.models import Document, ExternalDocument, Reference, Version
from qms.kernel.citing import mentions
from qms.kernel.text import fold
from qms.word.richtext import plain_text

_LONGEST = Reference._meta.get_field("as_written").max_length or 0
ENOUGH = 40


def link(version: Version) -> int:
    """Write anew what the text of `version` names, of its agency and of others; how many."""
    text = _text(version)
    documents, externals = _codes(version.document)
    rows = [
        Reference(version=version, to_document_id=pk, as_written=written[:_LONGEST])
        for pk, written in mentions(text, documents).items()
    ] + [
        Reference(version=version, to_external_id=pk, as_written=written[:_LONGEST])
        for pk, written in mentions(text, externals).items()
    ]
    _replace(version, rows)
    return len(rows)


def link_document(document: Document) -> None:
    """A code came up or changed: look for it in the other texts of the agency."""
    _link_all(document.agency_id, document.code, {"to_document": document})


def link_external(external: ExternalDocument) -> None:
    """The same for the number of a document of others."""
    _link_all(external.agency_id, external.number, {"to_external": external})


def relink(versions: Iterable[Version]) -> int:
    """Every given version anew; for data that came in before there were references."""
    return sum(link(version) for version in versions)


def _link_all(agency: int, code: str, target: dict[str, Document | ExternalDocument]) -> None:
    """Texts that hold the beginning of the code, or named it until now, are read again."""
    Reference.objects.filter(**target).delete()
    # The longest run of letters and digits is in the folded text however the rest is spaced.
    runs = "".join(c if c.isalnum() else " " for c in fold(code)).split()
    if not runs:
        return
    likely = (
        Version.objects.filter(
            document__agency=agency, text_folded__contains=max(runs, key=len)[:ENOUGH]
        )
        .exclude(state=VersionState.DISCARDED)
        .select_related("document")
        .prefetch_related("sections")
    )
    ((word, thing),) = target.items()
    for version in likely.iterator(chunk_size=100):
        if word == "to_document" and version.document_id == thing.pk:
            continue
        for pk, written in mentions(_text(version), {code: thing.pk}).items():
            Reference.objects.get_or_create(
                version=version, **{f"{word}_id": pk}, defaults={"as_written": written[:_LONGEST]}
            )


def _codes(document: Document) -> tuple[dict[str, int], dict[str, int]]:
    """Every settled code and every number of the agency but the document's own."""
    own = Document.objects.filter(agency=document.agency_id, code_settled=True)
    others = ExternalDocument.objects.filter(agency=document.agency_id)
    return (
        dict(own.exclude(pk=document.pk).values_list("code", "pk")),
        dict(others.values_list("number", "pk")),
    )


def _text(version: Version) -> str:
    return "\n".join(f"{s.title}\n{plain_text(s.html)}" for s in version.sections.all())


@transaction.atomic
def _replace(version: Version, rows: list[Reference]) -> None:
    version.references.all().delete()
    Reference.objects.bulk_create(rows, ignore_conflicts=True)
