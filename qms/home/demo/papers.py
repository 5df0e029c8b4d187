"""The demonstration documents, each walked to its state by the services a person would use.

What was issued before today came in as paper does: registered with the day on its cover.
"""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from documents.models import Document, DocumentKind, Duty, Section, Signatory, Version
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import Agency, Role, Unit, User
from qms.agencies.proof import prove
from qms.home.demo import registers
from qms.home.demo.province import PASSWORD
from qms.kernel import content as said
from qms.standards.models import Clause

FOLDER = Path(__file__).resolve().parent / "documents"
_HEADING = re.compile(r"^<h2>(?:(\d+)\.\s+)?(.*?)</h2>\s*$", re.MULTILINE)
_PAPER = ("in_force", "superseded")


def load() -> int:
    """Every document of the folder, versions in their order; how many files."""
    files = sorted(FOLDER.glob("*.html"))
    for path in files:
        _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
        _load(tomllib.loads(front), body)
    return len(files)


def _load(row: dict[str, Any], body: str) -> None:
    agency = Agency.objects.get(code=row["agency"])
    author = User.objects.get(username=row["author"])
    version = _draft(row, agency, author)
    contents.write(version, _content(row, version, body))
    _link_clauses(version, row)
    if row["state"] in _PAPER:
        _register(version, row, agency)
    else:
        _walk(version, row, author)
    if "restricted" in row:
        registers.restrict(
            version.document, by=_quality(agency), reason=row["restricted"], names=row["readers"]
        )


def _draft(row: dict[str, Any], agency: Agency, author: User) -> Version:
    document = Document.objects.filter(agency=agency, code=row["code"]).first()
    if document is None:
        version = drafts.create(
            agency, by=author, kind=DocumentKind(row["kind"]), code=row["code"], title=row["title"]
        )
        unit = Unit.objects.filter(agency=agency, name=row.get("unit", "")).first()
        Document.objects.filter(pk=version.document_id).update(unit=unit)
        Version.objects.filter(pk=version.pk).update(
            issue_no=row["issue_no"], amendment_no=row["amendment_no"]
        )
        version.refresh_from_db()
        return version
    return drafts.new_version(
        document, by=author, issue_no=row["issue_no"], amendment_no=row["amendment_no"]
    )


def _content(row: dict[str, Any], version: Version, body: str) -> said.Content:
    base = contents.content_of(version)
    heads = list(_HEADING.finditer(body))
    ends = [head.start() for head in heads[1:]] + [len(body)]
    sections = tuple(
        said.Section(head[1] or "", head[2], body[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    )
    lines = tuple(
        said.Amendment(a["request"], a["place"], a["description"], a["number"], _shown(a))
        for a in row.get("amendments", [])
    )
    return said.Content(
        agency_name=base.agency_name, parent_name=base.parent_name, standard=base.standard,
        kind_label=base.kind_label, code=version.code, title=version.title,
        issue_no=version.issue_no, amendment_no=version.amendment_no, issued_on=None,
        effective_on=None, signatories=(), amendments=lines, sections=sections,
    )  # fmt: skip


def _link_clauses(version: Version, row: dict[str, Any]) -> None:
    for section in Section.objects.filter(version=version):
        numbers = row.get("section_clauses", {}).get(section.number, [])
        section.clauses.set(Clause.objects.filter(edition__is_default=True, number__in=numbers))


def _register(version: Version, row: dict[str, Any], agency: Agency) -> None:
    version.issued_on = _day(row["issued_in"])
    version.save(update_fields=["issued_on"])
    duties = ((Duty.AUTHOR, "author"), (Duty.REVIEWER, "reviewer"), (Duty.APPROVER, "approver"))
    for duty, key in duties:
        person = User.objects.get(username=row[key])
        Signatory.objects.create(
            version=version, duty=duty, name=person.full_name,
            position=person.standing.position_at(agency.pk),
        )  # fmt: skip
    versions.register(version, by=_quality(agency))


def _walk(version: Version, row: dict[str, Any], author: User) -> None:
    """Draft → review → approval → approved, as far as the row says."""
    if row["state"] == "draft":
        return
    reviewer = User.objects.get(username=row["reviewer"])
    approver = User.objects.get(username=row["approver"])
    versions.submit(version, by=author, reviewer=reviewer, approver=approver)
    if row["state"] != "in_review":
        versions.review(version, by=reviewer, comment="Nội dung phù hợp, đề nghị phê duyệt.")
    if row["state"] == "approved":
        versions.approve(
            version, by=approver, proof=prove(approver, PASSWORD),
            effective_on=_day(row["effective_in"]),
        )  # fmt: skip


def _quality(agency: Agency) -> User:
    return User.objects.filter(memberships__agency=agency, memberships__role=Role.QUALITY)[0]


def _shown(line: dict[str, Any]) -> str:
    return f"{_day(line['on_in']):%d/%m/%Y}" if "on_in" in line else line.get("on", "")


def _day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)
