"""The page that takes files in: a few at once, many or a ZIP in the background."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.forms.intake import IntakeForm
from documents.models import Batch
from documents.permissions import require_writer_anywhere
from documents.services import archive
from documents.services import batch as batches
from documents.services.batch import Handed
from documents.services.source import Refused, ending_of, lie_of, read_source
from qms.agencies.models import Agency
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest
from qms.web.middleware import body_limit


@require_http_methods(["GET", "HEAD", "POST"])
@body_limit(settings.ARCHIVE_LIMIT)
def create(request: UserRequest) -> HttpResponse:
    require_writer_anywhere(request.user)
    handed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = IntakeForm(*handed, by=request.user)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            return redirect(_take_in(request, **form.cleaned_data))
        except Unacceptable as refusal:
            form.add_error("documents", str(refusal))
            status = refusal.status
    return render(request, "documents/intake/create.html", {"form": form}, status=status)


def _take_in(
    request: UserRequest, *, agency: Agency, documents: list[Any], register: bool
) -> Batch:
    """The batch of these files. One file alone is read first: if it cannot be, nothing is kept."""
    only = documents[0] if len(documents) == 1 else None
    if only is not None and ending_of(only.name) != ".zip":
        handed = _handed(only)
        if handed.reason:
            raise Refused(handed.reason, status=415)
        read_source(only.read(settings.UPLOAD_LIMIT + 1), name=only.name)
        only.seek(0)
    name = only.name if only is not None else _("%d tệp") % len(documents)
    batch = batches.create(
        agency, by=request.user, files=_files(documents), name=name, register=register
    )
    if batch.files.count() <= batches.AT_ONCE:
        batches.work_off(batch, seconds=batches.IN_REQUEST_SECONDS)
    return batch


def _files(documents: list[Any]) -> Iterator[Handed]:
    """The files as handed in; an archive stands for what is in it."""
    for file in documents:
        if ending_of(file.name) == ".zip":
            yield from archive.handed_in(file)
        else:
            yield _handed(file)


def _handed(file: Any) -> Handed:
    return Handed(
        file.name, file.size or 0, lambda: file.read(settings.UPLOAD_LIMIT + 1),
        lie_of(file.content_type),
    )  # fmt: skip
