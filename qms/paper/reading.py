"""The text of a PDF that somebody hands in: its lines page by page, in a limited process.

The file is only read: nothing in it is carried out, nothing is fetched. What the lines mean is
not known here.
"""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qms.kernel.refusals import Unacceptable

logger = logging.getLogger(__name__)

WALL_SECONDS = 30
PDF = "application/pdf"
Line = tuple[str, bool, float]  # the words, whether they are bold, the size of the type
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, {root!r}); from qms.paper.pdf_worker import main; main()"
SENTENCES: dict[str, tuple[int, str | Promise]] = {
    "too_large": (413, _("Tệp PDF vượt mức 20 MB. Giảm dung lượng rồi thử lại.")),
    "encrypted": (422, _("Tệp PDF được đặt mật khẩu. Bỏ mật khẩu rồi thử lại.")),
    "damaged": (422, _("Tệp PDF bị hỏng nên không đọc được. Xuất lại tệp PDF rồi thử lại.")),
    "timeout": (422, _("Đọc tệp PDF quá lâu nên đã dừng. Chia nhỏ tệp rồi thử lại.")),
}


class UnreadablePdf(Unacceptable):
    """A PDF that cannot be taken; `reason` is the stable code."""

    def __init__(self, reason: str) -> None:
        self.status, said = SENTENCES[reason]
        super().__init__(str(said))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PdfText:
    """The lines of every page. A scan has none; of a file that is too long none are read."""

    pages: tuple[tuple[Line, ...], ...]
    page_count: int
    is_too_long: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(self.pages)


def read_pdf(data: bytes, *, name: str) -> PdfText:
    """The text layer of `data`; `name` only says which file is meant.

    Refuses with `UnreadablePdf`: too large, encrypted, damaged, or too much for the limits.
    """
    if len(data) > settings.UPLOAD_LIMIT:
        raise UnreadablePdf("too_large")
    try:
        done = subprocess.run(  # noqa: S603  # our own module, our own interpreter
            [sys.executable, "-I", "-c", _START.format(root=str(_ROOT))],
            input=data, capture_output=True, timeout=WALL_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UnreadablePdf("timeout") from None
    if done.returncode != 0:
        logger.warning("Reading %s ended: %s", name, done.stderr[-2000:].decode())
        raise UnreadablePdf("timeout" if done.returncode < 0 else "damaged")
    said = json.loads(done.stdout)
    if "refused" in said:
        raise UnreadablePdf(said["refused"])
    pages = tuple(tuple((str(t), bool(b), float(s)) for t, b, s in page) for page in said["pages"])
    return PdfText(pages, said["page_count"], said["is_too_long"])
