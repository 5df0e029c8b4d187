"""Template and data to PDF bytes: the only room that imports weasyprint.

Rendering happens in a process of its own, with limits, that is forked from a server which
has the library loaded already: a second document costs a fork, not an interpreter start.
"""

import multiprocessing
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from qms.kernel.content import Content
from qms.kernel.decree import Decree
from qms.kernel.procedures import printed_sections
from qms.kernel.refusals import Unacceptable
from qms.paper import worker
from qms.paper.attached import Attached
from qms.paper.codes import square
from qms.paper.places import place
from qms.paper.report import Report

WALL_SECONDS = 60

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["qms.paper.worker"])
_starting = threading.Lock()


class Unprintable(Unacceptable):
    """The paper could not be made within its limits."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A PDF and what it cost its process: CPU seconds, and bytes at the highest."""

    data: bytes
    seconds: float
    memory: int


def procedure_pdf(
    content: Content,
    *,
    assets: Mapping[str, bytes],
    check: str = "",
    attached: Sequence[Attached] = (),
) -> bytes:
    """The controlled PDF of a document: cover, signatures, amendments, contents, sections.

    PDF/A-3 with `attached` inside; the same for the same input. `check` is the address where
    anybody can ask whether this copy is still in force.
    """
    return procedure(content, assets=assets, check=check, attached=attached).data


def procedure(
    content: Content,
    *,
    assets: Mapping[str, bytes],
    check: str = "",
    attached: Sequence[Attached] = (),
) -> Rendering:
    """`procedure_pdf`, with its cost."""
    context = {
        "c": content,
        "sections": printed_sections(content),
        "check": check,
        "square": square(check) if check else "",
    }
    return _made("paper/procedure.html", context, dict(assets), attached)


def report_pdf(report: Report) -> bytes:
    """A report in the form of Nghị định 30/2020."""
    return pdf("paper/report.html", {"r": report})


def decree_pdf(decree: Decree) -> bytes:
    """A decision with its annex, in the form of Nghị định 30/2020, Phụ lục I."""
    return pdf("paper/promulgation.html", {"d": decree})


def pdf(
    template: str, context: Mapping[str, Any], *, assets: Mapping[str, bytes] | None = None
) -> bytes:
    """Render a page for paper; always in Vietnamese, the language of the record.

    Nothing is fetched from disk or network: pictures come as `asset:<sha256>` from `assets`,
    the style sheet from our own folder. Anything else stops the rendering, because a record
    with a hole in it is not a record. Refuses with `Unprintable`.
    """
    return _made(template, context, dict(assets or {}), ()).data


def _made(
    template: str,
    context: Mapping[str, Any],
    assets: dict[str, bytes],
    attached: Sequence[Attached],
) -> Rendering:
    with override("vi"):
        html = render_to_string(template, dict(context))
    with place():
        return _rendered(html, assets, attached)


def _rendered(html: str, assets: dict[str, bytes], attached: Sequence[Attached]) -> Rendering:
    mine, theirs = _context.Pipe(duplex=False)
    said = (theirs, html, assets, tuple(attached))
    process = _context.Process(target=worker.render, args=said, daemon=True)
    _start(process)
    theirs.close()
    data, cost = b"", (0.0, 0)
    try:
        if not mine.poll(WALL_SECONDS):
            raise Unprintable(_too_long())
        kind = mine.recv_bytes()[:1]
        if kind == worker.DONE:
            data, cost = mine.recv_bytes(), mine.recv()
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
    return Rendering(data, *cost)


def _start(process: BaseProcess) -> None:
    """Fork without the program that asks: its start would be run again for every paper."""
    main = sys.modules["__main__"]
    with _starting:
        hidden = {name: getattr(main, name, None) for name in ("__file__", "__spec__")}
        for name in hidden:
            setattr(main, name, None)
        try:
            process.start()
        finally:
            for name, value in hidden.items():
                setattr(main, name, value)


def _too_long() -> str:
    return _("Tạo bản PDF quá lâu nên đã dừng. Giảm bớt bảng và hình rồi thử lại.")


def _too_big() -> str:
    return _("Tạo bản PDF cần quá nhiều bộ nhớ nên đã dừng.")
