"""The controlled PDF that stands for a decision, and that the text is still the decided one."""

import datetime as dt

from django.utils.translation import gettext as _

from documents.models import Decision, Version
from documents.services import content as contents
from documents.services.manifest import check_address, inside
from qms.kernel.refusals import Stale
from qms.paper.render import procedure_pdf
from qms.vault import services as vault
from qms.vault.models import Blob


def seal(
    version: Version, *, issued_on: dt.date, effective_on: dt.date, signing: Decision | None
) -> Blob:
    """Render the controlled PDF as it will stand after the decision, and keep it by hash.

    PDF/A-3: the file as it was handed in, and a manifest, travel inside.
    """
    shown = Version.objects.for_page().select_related("source_file").get(pk=version.pk)
    shown.issued_on, shown.effective_on = issued_on, effective_on
    content = contents.content_of(shown, signing=signing)
    data = procedure_pdf(
        content,
        assets=contents.assets_of(shown),
        check=check_address(shown),
        attached=inside(shown, content, signing),
    )
    return vault.keep(data, media_type="application/pdf", name=f"{version.code}.pdf")


def preview(version: Version) -> bytes:
    """The PDF as it would be, of a version that is not decided; not kept, without a code."""
    shown = Version.objects.for_page().get(pk=version.pk)
    return procedure_pdf(contents.content_of(shown), assets=contents.assets_of(shown))


def require_sealed_as_decided(version: Version) -> None:
    """Refuse when the text or its round changed while the PDF was being made.

    Asked after the row is locked by its move, so nothing can change any more.
    """
    now = Version.objects.get(pk=version.pk)
    same = (now.round, now.revision) == (version.round, version.revision)
    if not same or contents.hash_of(now) != version.content_hash:
        raise Stale(_("Nội dung vừa thay đổi. Tải lại trang để xem bản mới rồi quyết định."))


def require_unchanged(version: Version) -> None:
    if contents.hash_of(version) != version.content_hash:
        raise Stale(
            _("Nội dung không còn đúng như bản đã trình. Trả lại để người soạn thảo trình lại.")
        )
