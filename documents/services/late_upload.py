"""Word files that came after somebody else's save: kept beside the draft, taken or dropped later."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import LateUpload, Version
from qms.agencies.models import User
from qms.kernel.refusals import Stale
from qms.trail.services import record
from qms.vault.models import Blob


class LateFile(Stale):
    """Somebody saved since this file was downloaded; `upload` is where it is kept."""

    def __init__(self, upload: LateUpload) -> None:
        super().__init__(
            _("Người khác đã lưu bản nháp này sau khi bạn tải về. Tệp của bạn được giữ lại.")
        )
        self.upload = upload


@transaction.atomic
def keep(version: Version, blob: Blob, *, by: User, revision: int) -> LateUpload:
    """Keep the file beside the draft; sent again, it is there already."""
    kept, is_new = LateUpload.objects.get_or_create(
        version=version, blob=blob, revision=revision, by=by,
        defaults={"name": blob.name, "by_name": str(by)},
    )  # fmt: skip
    if is_new:
        record(
            by, "version.upload_kept", version, agency=version.document.agency,
            sha256=blob.sha256, name=blob.name, made_from=revision,
        )  # fmt: skip
    return kept


@transaction.atomic
def drop(upload: LateUpload, *, by: User) -> None:
    """Leave the draft as it is; the file stays on record. Refuses who does not write in it."""
    permissions.require(by, "drop", upload)
    settle(upload, by=by)
    version = upload.version
    record(
        by, "version.upload_dropped", version, agency=version.document.agency,
        sha256=upload.blob.sha256, name=upload.name,
    )  # fmt: skip


def settle(upload: LateUpload, *, by: User) -> None:
    """It is decided what becomes of the file. Refuses a second time."""
    open_ = LateUpload.objects.unsettled().filter(pk=upload.pk)
    if not open_.update(settled_by=by, settled_at=timezone.now()):
        raise Stale(_("Tệp này đã được xử lý. Tải lại trang bản nháp."))
    upload.refresh_from_db()
