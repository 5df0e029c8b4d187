"""Where a document is distributed ("Nơi phân phối"): who gets it to read, who holds it on paper."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from documents.models import ControlledCopy, Distribution, Version

# The mark of a soft copy in the lists of agencies ("bản mềm").
SOFT = "M"


def places_of(versions: Iterable[Version], day: dt.date) -> dict[int, str]:
    """Version id → its places on `day`: "M: Mọi người của Phòng A; 01: Văn phòng".

    Holders of controlled copies as of that day; of distribution lists there is no history, so
    only those of today or later are told. Three queries, however many versions.
    """
    rows = list(versions)
    soft = _soft(rows) if day >= timezone.localdate() else {}
    paper: dict[int, list[str]] = defaultdict(list)
    copies = ControlledCopy.objects.out_on(day).filter(version__in=[v.pk for v in rows])
    for copy in copies.order_by("number"):
        paper[copy.version_id].append(f"{copy.label}: {copy.holder}")
    return {v.pk: "; ".join([*_said(soft.get(v.pk, [])), *paper[v.pk]]) for v in rows}


def _said(lines: list[str]) -> list[str]:
    return [f"{SOFT}: {', '.join(lines)}"] if lines else []


def _soft(versions: list[Version]) -> dict[int, list[str]]:
    """The lines of each document's own list, else of the default of its kind."""
    documents = {v.document_id for v in versions}
    agencies = {v.document.agency_id for v in versions}
    wanted = Q(document__in=documents) | (Q(agency__in=agencies) & ~Q(kind=""))
    own: dict[int, list[str]] = {}
    usual: dict[tuple[int, str], list[str]] = {}
    for one in Distribution.objects.filter(wanted).with_lines():
        lines = [str(line) for line in one.lines.all()]
        if one.document_id is not None:
            own[one.document_id] = lines
        else:
            usual[one.agency_id, one.kind] = lines
    return {
        v.pk: own.get(v.document_id, usual.get((v.document.agency_id, v.document.kind), []))
        for v in versions
    }
