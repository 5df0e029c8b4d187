"""Word files that came late: what was saved in between, both texts, and what becomes of the file."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.forms.section import PlaceForm
from documents.models import LateUpload
from documents.permissions import may, visible_versions
from documents.services import draft
from documents.services import late_upload as services
from documents.services.content import content_of
from documents.services.redline import compare
from documents.services.saving import saves_since
from qms.kernel.refusals import Unacceptable
from qms.vault import services as vault
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.word.reading import read


@require_safe
def detail(request: UserRequest, pk: int, upload_pk: int) -> HttpResponse:
    return show(request, _visible(request, pk, upload_pk))


def show(request: UserRequest, upload: LateUpload, *, status: int = 200) -> HttpResponse:
    """What stands in the draft against what the file says, and who saved in between."""
    version = upload.version
    version.refresh_from_db()
    there = content_of(version)
    reading = read(vault.read(upload.blob), name=upload.name)
    redline = compare(there, replace(there, sections=reading.sections))
    context = {
        "version": version, "upload": upload, "redline": redline, "view": "side",
        "saves": saves_since(version, upload.revision),
        "may_settle": upload.settled_at is None,
    }  # fmt: skip
    return render(request, "documents/late_upload/detail.html", context, status=status)


@require_safe
def download(request: UserRequest, pk: int, upload_pk: int) -> HttpResponse:
    """The file as it was handed in."""
    upload = _visible(request, pk, upload_pk)
    return attachment(vault.read(upload.blob), media_type=upload.blob.media_type, name=upload.name)


@require_POST
def take(request: UserRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Keep mine: the file on top of the save that was shown beside it."""
    upload = _visible(request, pk, upload_pk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_("Tải lại trang rồi làm lại."))
    draft.take(upload, by=request.user, revision=form.cleaned_data["revision"])
    messages.success(request, _("Đã thay nội dung bản nháp bằng tệp %s.") % upload.name)
    return redirect(upload.version)


@require_POST
def drop(request: UserRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Take theirs: the draft stays as it is."""
    upload = _visible(request, pk, upload_pk)
    services.drop(upload, by=request.user)
    messages.success(request, _("Bản nháp giữ nguyên. Tệp %s vẫn được lưu lại.") % upload.name)
    return redirect(upload.version)


def _visible(request: UserRequest, pk: int, upload_pk: int) -> LateUpload:
    """For those who write in the draft; readers of what it became later do not see such files."""
    seen = LateUpload.objects.filter(version__in=visible_versions(request.user), version=pk)
    rows = seen.select_related("version__document__agency", "blob", "version__author")
    upload = get_object_or_404(rows, pk=upload_pk)
    if not may(request.user, "take", upload):
        raise Http404
    return upload
