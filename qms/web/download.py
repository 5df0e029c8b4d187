"""Files that leave by the browser: always a download, under the name people gave them."""

import re
import unicodedata
from urllib.parse import quote

from django.http import HttpResponse


def attachment(data: bytes, *, media_type: str, name: str) -> HttpResponse:
    """A download under its Vietnamese name (RFC 6266), never shown in the page."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def content_disposition(name: str) -> str:
    """The header for a download under `name`: plain letters for old browsers, the name itself."""
    plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in name.rsplit(".", 1)[0])
    ending = name.rsplit(".", 1)[-1]
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"


_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_UNSEEN = {"Cf", "Cs", "Co", "Cn"}
_LONGEST = 120


def safe_name(text: str) -> str:
    """A file or folder name that every system takes, as near to `text` as that allows.

    Without separators, control and direction characters, reserved names and trailing dots;
    at most 120 characters.
    """
    visible = "".join(
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in _UNSEEN
    )
    plain = " ".join(_UNSAFE.sub("-", visible).split())[:_LONGEST].strip(" .") or "-"
    return f"_{plain}" if _RESERVED.match(plain) else plain
