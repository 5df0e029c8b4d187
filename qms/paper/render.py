"""Template and data to PDF bytes: the only room that imports weasyprint.

Rendering happens in a process of its own, with limits, that is forked from a server which
has the library loaded already: a second document costs a fork, not an interpreter start.
"""

import multiprocessing
import signal
import threading
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from qms.kernel.content import Content
from qms.kernel.procedures import printed_sections
from qms.kernel.refusals import Unacceptable
from qms.paper import worker
from qms.paper.codes import square
from qms.paper.report import Report

WALL_SECONDS = 60
AT_ONCE = 2

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["qms.paper.worker"])
_places = threading.BoundedSemaphore(AT_ONCE)


class Unprintable(Unacceptable):
    """The paper could not be made within its limits."""


def procedure_pdf(content: Content, *, assets: Mapping[str, bytes], check: str = "") -> bytes:
    """The controlled PDF of a document: cover, signatures, amendments, contents, sections.

    `check` is the address where anybody can ask whether this copy is still in force.
    """
    context = {
        "c": content,
        "sections": printed_sections(content),
        "check": check,
        "square": square(check) if check else "",
    }
    return pdf("paper/procedure.html", context, assets=assets)


def report_pdf(report: Report) -> bytes:
    """A report in the form of Nghị định 30/2020."""
    return pdf("paper/report.html", {"r": report})


def pdf(
    template: str, context: Mapping[str, Any], *, assets: Mapping[str, bytes] | None = None
) -> bytes:
    """Render a page for paper; always in Vietnamese, the language of the record.

    Nothing is fetched from disk or network: pictures come as `asset:<sha256>` from `assets`,
    the style sheet from our own folder. Anything else stops the rendering, because a record
    with a hole in it is not a record. Refuses with `Unprintable`.
    """
    with override("vi"):
        html = render_to_string(template, dict(context))
    with _places:
        return _rendered(html, dict(assets or {}))


def _rendered(html: str, assets: dict[str, bytes]) -> bytes:
    mine, theirs = _context.Pipe(duplex=False)
    process = _context.Process(target=worker.render, args=(theirs, html, assets), daemon=True)
    process.start()
    theirs.close()
    try:
        if not mine.poll(WALL_SECONDS):
            raise Unprintable(_too_long())
        kind, data = mine.recv_bytes()[:1], b""
        if kind == worker.DONE:
            data = mine.recv_bytes()
    except EOFError:
        process.join()
        slow = process.exitcode == -signal.SIGXCPU
        raise Unprintable(_too_long() if slow else _too_big()) from None
    finally:
        mine.close()
        if process.is_alive():
            process.kill()
        process.join()
    if kind == worker.TOO_BIG:
        raise Unprintable(_too_big())
    if not data:
        raise Unprintable(
            _("Không tạo được bản PDF vì tài liệu gọi đến nguồn bên ngoài hoặc bị lỗi.")
        )
    return data


def _too_long() -> str:
    return _("Tạo bản PDF quá lâu nên đã dừng. Giảm bớt bảng và hình rồi thử lại.")


def _too_big() -> str:
    return _("Tạo bản PDF cần quá nhiều bộ nhớ nên đã dừng.")
