"""From the rows of a version to what it says, and back; the one place that knows both."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Prefetch
from django.utils import timezone

from documents.lifecycles import RunStepState
from documents.models import (
    AmendmentLine,
    Decision,
    DocumentKind,
    Duty,
    Section,
    Signatory,
    Verdict,
    Version,
    VersionAsset,
)
from documents.permissions.deciding import Turn
from documents.services import details as procedures
from qms.agencies.models import Agency, User
from qms.kernel import content as said
from qms.kernel.procedures import TITLE, printed_sections
from qms.kernel.text import fold, nfc
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.word.richtext import clean, plain_text

KIND_LABELS = {
    DocumentKind.MANUAL: "SỔ TAY CHẤT LƯỢNG",
    DocumentKind.POLICY: "CHÍNH SÁCH CHẤT LƯỢNG",
    DocumentKind.OBJECTIVES: "MỤC TIÊU CHẤT LƯỢNG",
    DocumentKind.WORK_INSTRUCTION: "HƯỚNG DẪN",
    DocumentKind.REGULATION: "QUY ĐỊNH",
    DocumentKind.FORM: "BIỂU MẪU",
    DocumentKind.EXTERNAL_DOCUMENT: "TÀI LIỆU BÊN NGOÀI",
}


def content_of(version: Version, *, signing: Decision | None = None) -> said.Content:
    """What `version` says. `signing` adds the decision that is just being taken."""
    document = version.document
    day = version.issued_on or timezone.localdate()
    return said.Content(
        agency_name=document.agency.name_on(day),
        parent_name=_parent_name(document.agency, day),
        standard=version.standard,
        kind_label=_kind_label(document.kind, version.title),
        code=version.code,
        title=version.title,
        issue_no=version.issue_no,
        amendment_no=version.amendment_no,
        issued_on=version.issued_on,
        effective_on=version.effective_on,
        signatories=_signatories(version, signing),
        amendments=tuple(
            said.Amendment(a.request, a.place, a.description, a.number, a.on)
            for a in version.amendments.all()
        ),
        sections=tuple(said.Section(s.number, s.title, s.html) for s in version.sections.all()),
        procedure=procedures.details_of(version),
    )


def hash_of(version: Version) -> str:
    """The hash of what the rows say at this moment."""
    return said.content_hash(content_of(version))


def assets_of(version: Version) -> dict[str, bytes]:
    """The pictures of `version`, each verified as it is read."""
    assets = version.assets.select_related("blob")
    return {asset.blob.sha256: vault.read(asset.blob) for asset in assets}


def write(version: Version, content: said.Content, *, assets: Iterable[Blob] = ()) -> None:
    """Make the rows of a draft say `content`; what they said before is replaced."""
    version.sections.all().delete()
    version.amendments.all().delete()
    version.assets.all().delete()
    Section.objects.bulk_create(
        Section(version=version, order=n, number=s.number, title=nfc(s.title), html=clean(s.html))
        for n, s in enumerate(content.sections, 1)
    )
    AmendmentLine.objects.bulk_create(
        AmendmentLine(
            version=version,
            order=n,
            request=a.request,
            place=a.place,
            description=a.description,
            number=a.number[:60],
            on=a.on[:60],
        )
        for n, a in enumerate(content.amendments, 1)
    )
    VersionAsset.objects.bulk_create(VersionAsset(version=version, blob=b) for b in assets)
    if content.procedure is not None:
        procedures.write(version, content.procedure)
    version.text_folded = folded_text(content)
    version.save(update_fields=["text_folded"])


def copy(source: Version, target: Version) -> None:
    """Make `target` say what `source` says, clause links included."""
    kept = [asset.blob for asset in source.assets.select_related("blob")]
    write(target, content_of(source), assets=kept)
    linked = source.sections.prefetch_related(Prefetch("clauses"))
    for before, after in zip(linked, target.sections.all(), strict=True):
        after.clauses.set(before.clauses.all())


def keep_assets(assets: Mapping[str, bytes]) -> list[Blob]:
    """Store the pictures of a text before its rows point at them."""
    return [
        vault.keep(data, media_type=_media_type(data), name=f"{sha}.{_media_type(data)[6:]}")
        for sha, data in assets.items()
    ]


def without_details(sections: Iterable[said.Section]) -> tuple[said.Section, ...]:
    """The sections of an edited Word file, without the one that only shows the details."""
    return tuple(s for s in sections if fold(s.title) != fold(TITLE))


def folded_text(content: said.Content) -> str:
    """Everything a search without an index looks through."""
    parts = [content.code, content.title]
    for section in printed_sections(content):
        parts += [section.title, plain_text(section.html)]
    return fold(" ".join(parts))


def decide(
    version: Version,
    *,
    by: User,
    duty: Duty,
    verdict: Verdict,
    comment: str,
    turn: Turn | None = None,
) -> Decision:
    """The decision (not yet saved), with the person's name and position as they are now."""
    agency = version.document.agency
    return Decision(
        version=version,
        step=turn.step if turn else None,
        for_whom=turn.for_whom if turn else None,
        for_name=str(turn.for_whom) if turn and turn.for_whom else "",
        round=version.round,
        duty=duty,
        verdict=verdict,
        by=by,
        by_name=str(by),
        by_position=by.standing.position_at(agency.pk),
        by_agency=agency.name,
        at=timezone.now(),
        comment=comment,
        content_hash=version.content_hash,
    )


def _signatories(version: Version, signing: Decision | None) -> tuple[said.Signatory, ...]:
    taken = [
        d
        for d in version.decisions.select_related("step")
        if d.round == version.round and d.verdict == Verdict.AGREED and counts(d)
    ]
    if signing is not None:
        taken.append(signing)
    if not taken:
        return tuple(
            said.Signatory(s.duty, s.name, s.position, None) for s in version.signatories.all()
        )
    return tuple(
        said.Signatory(d.duty, d.by_name, d.by_position, timezone.localdate(d.at), d.signs_as)
        for d in taken
    )


def counts(decision: Decision) -> bool:
    """Whether the station it was given at still stands; see `run.reopen`."""
    return decision.step is None or decision.step.state != RunStepState.VOID


def _kind_label(kind: str, title: str) -> str:
    """What stands above the title; nothing when the title says it itself."""
    label = KIND_LABELS.get(DocumentKind(kind), "QUY TRÌNH")
    return "" if fold(title).startswith(fold(label)) else label


def _parent_name(agency: Agency, day: dt.date) -> str:
    return agency.parent.name_on(day) if agency.parent else ""


def _media_type(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/gif" if data.startswith(b"GIF8") else "image/jpeg"


def paper_signatories(version: Version, roles: Iterable[said.Signatory]) -> None:
    """Remember the names on the cover of a paper that came in signed."""
    version.signatories.all().delete()
    Signatory.objects.bulk_create(
        (
            Signatory(version=version, duty=r.duty, name=r.name[:120], position=r.position[:160])
            for r in roles
        ),
        ignore_conflicts=True,
    )
