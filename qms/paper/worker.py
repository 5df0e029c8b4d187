"""The process that turns HTML into PDF: limited in memory and time, blind to disk and network."""

import io
import logging
import re
import resource
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

DONE, FAILED, TOO_BIG = b"1", b"0", b"2"
CPU_SECONDS = 55
MEMORY = 2 * 1024**3
STYLE = Path(__file__).resolve().parent / "paper.css"
_ASSET = re.compile(r"asset:([0-9a-f]{64})")


class OurFetcher(URLFetcher):
    """Gives the pictures it was handed and refuses every other address.

    A picture that cannot be read is refused as well: the library would leave it out unsaid.
    """

    def __init__(self, assets: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols={"asset"}, fail_on_errors=True)
        self._assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        match = _ASSET.fullmatch(url)
        if match is None or match[1] not in self._assets:
            raise FatalURLFetchingError(f"Refused: {url[:80]}")
        _must_be_readable(self._assets[match[1]])
        return URLFetcherResponse(url, body=self._assets[match[1]])


def _must_be_readable(picture: bytes) -> None:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(picture)) as image:
            image.verify()
    except MemoryError:
        raise
    except Exception as error:
        raise FatalURLFetchingError("A picture cannot be read.") from error


def render(out: Connection, html: str, assets: dict[str, bytes]) -> None:
    """Answer one byte: done, failed or too big; and if done the PDF."""
    # The soft limit ends us by a signal of its own; at the hard one it would be any killing.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable(logging.CRITICAL)
    fetcher, fonts = OurFetcher(assets), FontConfiguration()
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=fetcher, font_config=fonts)
    try:
        # A base of no scheme we know, so that a bare path is refused as well, not left out.
        page = HTML(string=html, url_fetcher=fetcher, base_url="nowhere:///")
        data = page.write_pdf(
            stylesheets=[style], font_config=fonts, pdf_tags=True, presentational_hints=True
        )
    except MemoryError:
        out.send_bytes(TOO_BIG)
        return
    except BaseException:  # noqa: BLE001  # also a refused address; the parent says so, nothing is kept
        out.send_bytes(FAILED)
        return
    out.send_bytes(DONE)
    out.send_bytes(data)
