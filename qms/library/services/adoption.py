"""Taking a template over: from the province's text to a draft of the agency's own."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents.lifecycles import VersionState
from documents.models import Document, DocumentKind, Version
from documents.services import content as contents
from documents.services import draft as drafts
from qms.agencies.models import Agency, User
from qms.kernel.refusals import IllegalMove
from qms.kernel.text import code_key
from qms.library import fields
from qms.library.models import Adoption, Download, Template
from qms.library.permissions import require_writer
from qms.library.services.filling import values_for
from qms.trail.services import record


@transaction.atomic
def adopt(template: Template, agency: Agency, *, by: User) -> Adoption:
    """Make the template a draft of `agency`, filled with its data, under a code of its own.

    The adoption remembers the version it came from and the hash of every section. Refuses
    people who do not write for the agency, a template without a version in force, and one
    that the agency adopted already.
    """
    require_writer(by, agency)
    base = _in_force(template)
    taken = Adoption.objects.filter(template=template, agency=agency).first()
    if taken is not None and taken.document.restricted:
        raise IllegalMove(_("%s đã áp dụng mẫu này.") % agency)
    if taken is not None:
        raise IllegalMove(
            _("%(agency)s đã áp dụng mẫu này thành %(document)s.")
            % {"agency": agency, "document": taken.document}
        )
    document, version = _own_draft(template, base, agency, by=by)
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(
                template=template, agency=agency, document=document, base_version=base,
                base_hashes=section_hashes(base), adopted_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise IllegalMove(_("Người khác vừa áp dụng mẫu này cho %s.") % agency) from None
    record(
        by, "document.adopted", document, agency=agency, template=template.pk,
        base_version=base.pk, version=version.pk,
    )  # fmt: skip
    return adoption


def note_download(version: Version, *, form: str, by: User | None, agency: Agency | None) -> None:
    """Remember that a file was taken away; the row is the evidence, nobody's work changes."""
    Download.objects.create(version=version, form=form, by=by, agency=agency)


def section_hashes(version: Version) -> dict[str, str]:
    """Order of each section → SHA-256 of its title and text, unfilled."""
    return {
        str(s.order): hashlib.sha256(f"{s.title}\n{s.html}".encode()).hexdigest()
        for s in version.sections.all()
    }


def _own_draft(
    template: Template, base: Version, agency: Agency, *, by: User
) -> tuple[Document, Version]:
    code = _own_code(template, agency)
    filled = fields.fill(contents.content_of(base), values_for(agency, code=code))
    document = drafts.new_document(
        agency, kind=DocumentKind(template.target_kind), code=code, title=filled.title
    )
    version = drafts.new_version(document, by=by)
    kept = [asset.blob for asset in base.assets.select_related("blob")]
    contents.write(version, filled, assets=kept)
    for ours, theirs in zip(version.sections.all(), base.sections.all(), strict=True):
        ours.clauses.set(theirs.clauses.all())
    return document, version


def _own_code(template: Template, agency: Agency) -> str:
    """The template's code without the library's "M-"; the next free one when it is taken."""
    code = template.document.code.removeprefix("M-")
    taken = Document.objects.filter(agency=agency, code_settled=True, code_key=code_key(code))
    return drafts.free_code(agency, code) if taken.exists() else code


def _in_force(template: Template) -> Version:
    base = (
        Version.objects.for_page()
        .filter(document=template.document, state=VersionState.IN_FORCE)
        .first()
    )
    if base is None:
        raise IllegalMove(_("Mẫu này hiện không có bản nào đang hiệu lực."))
    return base
