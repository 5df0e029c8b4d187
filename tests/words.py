"""Giving a draft words in tests: the standard sections, and the sheet that a revision needs."""

import dataclasses

from documents.models import Version
from documents.services import content as contents
from documents.services import draft as drafts
from qms.kernel.content import Amendment, Section


def say(version: Version, text: str = "Kiểm soát tài liệu của cơ quan.") -> Version:
    """Make the draft say `text` in every section; a revision also says that it changed."""
    base = contents.content_of(version)
    sections = tuple(
        Section(str(n), title, f"<p>{text} {n}</p>")
        for n, title in enumerate(drafts.STANDARD_SECTIONS, 1)
    )
    sheet = base.amendments
    if version.document.versions.exclude(pk=version.pk).exists():
        sheet += (Amendment("", "Toàn văn", text, "01/01", "24/11/2026"),)
    contents.write(version, dataclasses.replace(base, sections=sections, amendments=sheet))
    return version
