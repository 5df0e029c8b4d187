"""Pictures that people add to a text: what kind they are, and whether a page can bear them."""

import io

from django.utils.translation import gettext as _
from docx.image.image import Image

from qms.kernel.refusals import Unacceptable

KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
MOST_PIXELS = 40_000_000


def kind_of(data: bytes) -> str:
    """The media type, told from the bytes and never from the name.

    Refuses what is no PNG, JPEG or GIF, what cannot be measured, and what would fill the
    memory of whoever draws it. Only the header is read.
    """
    kind = next((kind for start, kind in KINDS.items() if data.startswith(start)), "")
    try:
        image = Image.from_file(io.BytesIO(data))
        width, height = image.px_width, image.px_height
    except Exception:  # noqa: BLE001  # whatever the library says of a broken header, it is one
        kind, width, height = "", 0, 0
    if not kind or width < 1 or height < 1:
        raise Unacceptable(_("Tệp này không phải hình PNG, JPEG hoặc GIF đọc được."))
    if width * height > MOST_PIXELS:
        raise Unacceptable(
            _("Hình %(width)d × %(height)d điểm quá lớn. Thu nhỏ hình rồi thêm lại.")
            % {"width": width, "height": height}
        )
    return kind
