"""The process that turns HTML into PDF: limited in memory and time, blind to disk and network."""

import datetime as dt
import gc
import io
import logging
import re
import resource
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PIL import Image
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from qms.paper.attached import Attached
from qms.paper.columns import mark_tight
from qms.paper.tags import join_lines

DONE, FAILED, TOO_BIG = b"1", b"0", b"2"
CPU_SECONDS = 55
MEMORY = 2 * 1024**3
STYLE = Path(__file__).resolve().parent / "paper.css"
# For keeping (ISO 19005-3): fonts, colours and files inside; text can be read out as Unicode.
VARIANT = "pdf/a-3u"
_ASSET = re.compile(r"asset:([0-9a-f]{64})")
# The same content gives the same bytes on any day, so what is inside bears no day of its own.
_NO_DAY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


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


def render(
    out: Connection, html: str, assets: dict[str, bytes], attached: Sequence[Attached] = ()
) -> None:
    """Answer one byte: done, failed or too big; and if done the PDF, and what it cost."""
    # The soft limit ends us by a signal of its own; at the hard one it would be any killing.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable(logging.CRITICAL)
    try:
        data = made(html, assets, attached)
    except MemoryError:
        out.send_bytes(TOO_BIG)
        return
    except BaseException:  # noqa: BLE001  # also a refused address; the parent says so, nothing is kept
        out.send_bytes(FAILED)
        return
    out.send_bytes(DONE)
    out.send_bytes(data)
    used = resource.getrusage(resource.RUSAGE_SELF)
    out.send((used.ru_utime + used.ru_stime, used.ru_maxrss * 1024))


def made(html: str, assets: dict[str, bytes], attached: Sequence[Attached] = ()) -> bytes:
    """The PDF itself.

    This process lives for one paper: looking for garbage again and again cost a sixth of the
    time, so it is done once, when the layout is finished and what it was made from can go.
    """
    gc.disable()
    fetcher, fonts = OurFetcher(assets), FontConfiguration()
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=fetcher, font_config=fonts)
    # A base of no scheme we know, so that a bare path is refused as well, not left out.
    page = HTML(string=html, url_fetcher=fetcher, base_url="nowhere:///")
    _refuse_files_of_the_text(page.etree_element)
    mark_tight(page.etree_element)
    document = page.render(
        stylesheets=[style], font_config=fonts, presentational_hints=True, pdf_variant=VARIANT
    )
    del page
    gc.collect()
    data = document.write_pdf(
        pdf_variant=VARIANT,
        pdf_tags=True,
        attachments=[_attachment(one) for one in attached],
        finisher=_finish,
    )
    return bytes(data)


def _refuse_files_of_the_text(tree: Any) -> None:
    """Only we attach files; a text that asks for one, even for a picture of its own, is refused."""
    if any("attachment" in node.get("rel", "").lower() for node in tree.iter()):
        raise FatalURLFetchingError("Refused: the text wants to attach a file.")


def _attachment(one: Attached) -> Attachment:
    return Attachment(
        file_obj=io.BytesIO(one.data), name=one.name, description=one.said,
        relationship=one.relationship, created=_NO_DAY, modified=_NO_DAY,
    )  # fmt: skip


def _finish(_document: Any, pdf: Any) -> None:
    """Each file is associated once (the library names it twice), and tags take less room."""
    join_lines(pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
