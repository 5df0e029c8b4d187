"""The controlled PDF that stands for a decision, and that the text is still the decided one."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.models import Decision, Version
from documents.services import content as contents
from qms.kernel.refusals import Stale
from qms.paper.render import procedure_pdf
from qms.vault import services as vault
from qms.vault.models import Blob


def seal(
    version: Version, *, issued_on: dt.date, effective_on: dt.date, signing: Decision | None
) -> Blob:
    """Render the controlled PDF as it will stand after the decision, and keep it by hash."""
    shown = Version.objects.for_page().get(pk=version.pk)
    shown.issued_on, shown.effective_on = issued_on, effective_on
    data = procedure_pdf(
        contents.content_of(shown, signing=signing),
        assets=contents.assets_of(shown),
        check=check_address(shown),
    )
    return vault.keep(data, media_type="application/pdf", name=f"{version.code}.pdf")


def check_address(version: Version) -> str:
    """Where anybody who holds a copy can ask whether it is still in force."""
    return settings.SITE_URL + reverse("copies:copy-check", args=[version.check_code])


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
