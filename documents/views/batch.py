"""Pages about batches of imported files: the list, the report that grows, and its files."""

import json as codec
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from documents.models import Batch, BatchFile, FileState
from documents.permissions import may, require_writer_anywhere, visible_batches
from documents.services import batch as services
from qms.sheets.workbook import XLSX, Value, workbook
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.web.listing import page_of
from qms.word.doubts import sentence

SHOWN = {
    "": (gettext_lazy("Tất cả"), Q()),
    "open": (gettext_lazy("Đang chờ, đang đọc"), Q(state__in=["queued", "working"])),
    "imported": (gettext_lazy("Đã nhập"), Q(state=FileState.IMPORTED)),
    "doubtful": (
        gettext_lazy("Cần xác nhận"),
        Q(version__state="draft", version__doubts__field__isnull=False)
        & Q(version__doubts__confirmed_at=None),
    ),
    "refused": (gettext_lazy("Bị từ chối"), Q(state=FileState.REFUSED)),
}
HEAD = ("TT", "Tệp", "Kết quả", "Lý do", "Mã hiệu", "Tên tài liệu", "Lần ban hành", "Lần sửa đổi",
        "Ngày ban hành", "Số mục", "Cần xem lại")  # fmt: skip


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    require_writer_anywhere(request.user)
    page = page_of(visible_batches(request.user).for_list(), request)
    return render(request, "documents/batch/list.html", {"page": page})


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    """What became of each file so far; the numbers above go on by themselves with a script."""
    batch, show = _visible(request, pk), request.GET.get("show", "")
    if show not in SHOWN:
        raise Http404
    files = batch.files.filter(SHOWN[show][1]).distinct().select_related("version")
    files = files.prefetch_related("version__doubts").order_by("order")
    page = page_of(files, request, size=50)
    context = _numbers(request, batch) | {
        "page": page,
        "rows": [(file, _reasons(file)) for file in page.rows],
        "chips": [(word, label, word == show) for word, (label, _rows) in SHOWN.items()],
    }
    return render(request, "documents/batch/detail.html", context)


@require_safe
def progress(request: UserRequest, pk: int) -> HttpResponse:
    """Only the numbers, for the page that asks every few seconds."""
    batch = _visible(request, pk)
    return render(request, "documents/batch/_progress.html", _numbers(request, batch))


@require_POST
def resume(request: UserRequest, pk: int) -> HttpResponse:
    batch = _visible(request, pk)
    services.resume(batch, by=request.user)
    messages.success(request, _("Đã đọc tiếp một số tệp của đợt nhập."))
    return redirect(batch)


@require_safe
def json(request: UserRequest, pk: int) -> HttpResponse:
    """The report of every file, with the keys of the command's report."""
    batch = _visible(request, pk)
    rows = [_told(file) for file in batch.files.order_by("order").iterator(chunk_size=200)]
    data = codec.dumps(rows, ensure_ascii=False, indent=1).encode()
    return attachment(data, media_type="application/json", name=f"Đợt nhập {batch.pk}.json")


@require_safe
def xlsx(request: UserRequest, pk: int) -> HttpResponse:
    """The same as a sheet; in Vietnamese, since it is a record."""
    batch = _visible(request, pk)
    above = ["BÁO CÁO NHẬP TÀI LIỆU", f"{batch.agency.name}: {batch.name}"]
    data = workbook("Đợt nhập", above, HEAD, _rows(batch))
    return attachment(data, media_type=XLSX, name=f"Đợt nhập {batch.pk}.xlsx")


def _visible(request: UserRequest, pk: int) -> Batch:
    return get_object_or_404(visible_batches(request.user).select_related("agency", "by"), pk=pk)


def _numbers(request: UserRequest, batch: Batch) -> dict[str, Any]:
    counts: dict[str, int] = dict(
        batch.files.order_by().values_list("state").annotate(n=Count("pk"))
    )
    total = sum(counts.values())
    done = counts.get("imported", 0) + counts.get("refused", 0)
    doubtful = batch.files.filter(SHOWN["doubtful"][1]).distinct().count()
    return {
        "batch": batch, "counts": counts, "total": total, "done": done, "doubtful": doubtful,
        "left": total - done, "percent": done * 100 // total if total else 100,
        "may_resume": done < total and may(request.user, "resume", batch),
    }  # fmt: skip


def _reasons(file: BatchFile) -> "tuple[str, ...]":
    """What must still be confirmed of an imported file, while it is a draft."""
    version = file.version
    if version is None or version.state != "draft":
        return ()
    return tuple(sentence(d.field, d.how) for d in version.doubts.all() if not d.confirmed_at)


def _told(file: BatchFile) -> dict[str, Any]:
    """The report row of a file, also of one that still waits."""
    found: dict[str, Any] = file.found
    return {"file": file.name, "status": file.state, "reason": file.reason} | found


def _rows(batch: Batch) -> Iterator[tuple[Value, ...]]:
    for file in batch.files.order_by("order").iterator(chunk_size=200):
        found = file.found
        yield (
            file.order, file.name, str(file.get_state_display()), file.reason,
            found.get("code", ""), found.get("title", ""), found.get("issue_no"),
            found.get("amendment_no"), found.get("issued_on") or "",
            len(found.get("sections", [])), "\n".join(found.get("warnings", [])),
        )  # fmt: skip
