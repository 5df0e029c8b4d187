"""What travels inside a controlled PDF: what it says of itself, and the file as handed in."""

import datetime as dt
import json

from django.conf import settings
from django.urls import reverse

from documents.models import Decision, Version
from qms.kernel.content import Content
from qms.paper.attached import Attached
from qms.vault import services as vault

MANIFEST_FORMAT = "qms-controlled-document/1"
_ENDINGS = {"application/pdf": "pdf", "application/msword": "doc"}


def inside(version: Version, content: Content, signing: Decision | None) -> list[Attached]:
    """The files to be put into the PDF; `signing` is the decision that is just being taken."""
    return [_manifest_file(version, content, signing), *_source(version)]


def check_address(version: Version) -> str:
    """Where anybody who holds a copy can ask whether it is still in force."""
    return settings.SITE_URL + reverse("copies:copy-check", args=[version.check_code])


def manifest(version: Version, content: Content, signing: Decision | None) -> dict[str, object]:
    """What the paper says of itself, for a program: keys of `qms-controlled-document/1`.

    `content_sha256` is the hash that decisions refer to; `decisions` are those of the last
    round, without their comments, and empty when the paper was signed before it came in
    (`signatories` has the names on its cover). Dates are ISO 8601. Section numbers as printed.
    """
    source = version.source_file
    decisions = [d for d in version.decisions.all() if d.round == version.round]
    return {
        "format": MANIFEST_FORMAT,
        "agency": {"name": content.agency_name, "parent": content.parent_name},
        "code": content.code,
        "title": content.title,
        "kind": version.document.kind,
        "standard": content.standard,
        "issue_no": content.issue_no,
        "amendment_no": content.amendment_no,
        "issued_on": _iso(content.issued_on),
        "effective_on": _iso(content.effective_on),
        "content_sha256": version.content_hash,
        "check": {"code": version.check_code, "address": check_address(version)},
        "signatories": [
            {"duty": s.duty, "name": s.name, "position": s.position, "on": _iso(s.signed_on)}
            for s in content.signatories
        ],
        "decisions": [_decided(d) for d in [*decisions, *([signing] if signing else [])]],
        "sections": [{"number": s.number, "title": s.title} for s in content.sections],
        "pictures": sorted(a.blob.sha256 for a in version.assets.select_related("blob")),
        "source": {"name": source.name, "sha256": source.sha256, "size": source.size}
        if source
        else None,
    }


def _decided(decision: Decision) -> dict[str, str]:
    return {
        "duty": decision.duty,
        "verdict": decision.verdict,
        "name": decision.by_name,
        "position": decision.by_position,
        "agency": decision.by_agency,
        "at": decision.at.isoformat(timespec="seconds"),
        "content_sha256": decision.content_hash,
    }


def _manifest_file(version: Version, content: Content, signing: Decision | None) -> Attached:
    said = json.dumps(manifest(version, content, signing), ensure_ascii=False, indent=1)
    return Attached("manifest.json", said.encode(), "Data", "Thông tin của tài liệu (JSON)")


def _source(version: Version) -> list[Attached]:
    if version.source_file is None:
        return []
    ending = _ENDINGS.get(version.source_file.media_type, "docx")
    said = f"Tệp soạn thảo: {version.source_file.name}"
    return [Attached(f"source.{ending}", vault.read(version.source_file), "Source", said)]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
