"""Templates as files: Word filled for an agency or open for everybody, sealed PDF, a whole set."""

import zipfile
from collections.abc import Iterator, Sequence

from django.utils import timezone

from documents.models import Version
from documents.services import content as contents
from documents.services import copy as copies
from qms.agencies.models import Agency, User
from qms.library import fields
from qms.library.models import Download, Template
from qms.library.services.adoption import in_force
from qms.library.services.filling import codes_for, values_for
from qms.web.download import safe_name
from qms.web.zipping import Pipe
from qms.word import writing


def docx(version: Version, *, agency: Agency | None) -> bytes:
    """The text as an editable Word file, filled with the agency's data; what is open is marked."""
    content = contents.content_of(version)
    if agency is not None:
        values = values_for(agency, code=version.code.removeprefix("M-"))
        values |= codes_for(agency, fields.references_in(fields.texts_of(content)))
        content = fields.fill(content, values, kind=agency.kind)
    return writing.docx(content, assets=contents.assets_of(version))


def pdf(version: Version, *, by: User | None) -> bytes:
    """A copy of the sealed PDF, stamped as a copy."""
    return copies.issue(version, by=by)


def note(version: Version, *, form: str, by: User | None, agency: Agency | None) -> None:
    """Remember that a file was taken away; the row is the evidence, nobody's work changes."""
    Download.objects.create(version=version, form=form, by=by, agency=agency)


def zip_of(
    templates: Sequence[Template], *, by: User | None, agency: Agency | None
) -> Iterator[bytes]:
    """The Word files of many templates as one ZIP, by kind, as they come into being.

    Each is noted as a download when it goes out.
    """
    out = Pipe()
    moment = timezone.localtime().timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for template in templates:
            version = in_force(template)
            if version is None:
                continue
            folder = safe_name(str(template.get_target_kind_display()))
            name = safe_name(f"{version.code} {version.title}")
            info = zipfile.ZipInfo(f"{folder}/{name}.docx", moment)
            archive.writestr(info, docx(version, agency=agency))
            note(version, form="zip", by=by, agency=agency)
            yield out.taken()
    yield out.taken()
