"""Keeping the file of a document of others: a PDF or Word file by its first bytes, nothing else."""

from django.utils.translation import gettext as _

from qms.kernel.refusals import Unacceptable
from qms.kernel.text import nfc
from qms.vault import services as vault
from qms.vault.models import Blob

# What the first bytes must be for each ending; the kind is never taken from the browser.
KINDS = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".doc": (b"\xd0\xcf\x11\xe0", "application/msword"),
}


def keep_file(data: bytes, *, name: str) -> Blob:
    """Store the file as it is; it is only ever given back as a download.

    Refuses a file whose first bytes are not those of its ending.
    """
    name = nfc(name)[:200]
    ending = next((e for e in KINDS if name.lower().endswith(e)), None)
    if ending is None or not data.startswith(KINDS[ending][0]):
        raise Unacceptable(
            _("Tệp %s không phải PDF hoặc Word như đuôi tệp nói. Lưu lại tệp rồi chọn lại.") % name
        )
    return vault.keep(data, media_type=KINDS[ending][1], name=name)
