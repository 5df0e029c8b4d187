"""Files that leave by the browser: always a download, under the name people gave them."""

from urllib.parse import quote

from django.http import HttpResponse


def attachment(data: bytes, *, media_type: str, name: str) -> HttpResponse:
    """A download under its Vietnamese name (RFC 6266), never shown in the page."""
    response = HttpResponse(data, content_type=media_type)
    plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in name.rsplit(".", 1)[0])
    ending = name.rsplit(".", 1)[-1]
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
