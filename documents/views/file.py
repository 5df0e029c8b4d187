"""The files of a version: the controlled PDF, the original, a Word copy, a picture.

Every byte is verified against its hash as it is read; a file that no longer matches is not served.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.models import Version, VersionAsset
from documents.permissions import visible_versions
from documents.services import content as contents
from documents.services.draft import WORD
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.word import writing


@require_safe
def pdf(request: UserRequest, pk: int) -> HttpResponse:
    """The controlled PDF as sealed at approval, byte for byte."""
    version = _visible(request, pk)
    return _served(version.sealed_file, f"{version.code}.pdf")


@require_safe
def source(request: UserRequest, pk: int) -> HttpResponse:
    """The Word file as it was handed in."""
    version = get_object_or_404(
        visible_versions(request.user).select_related("source_file"), pk=pk
    )
    return _served(version.source_file, version.source_file.name if version.source_file else "")


@require_safe
def docx(request: UserRequest, pk: int) -> HttpResponse:
    """The text as a Word file to go on writing in."""
    version = _visible(request, pk)
    data = writing.docx(contents.content_of(version), assets=contents.assets_of(version))
    return attachment(data, media_type=WORD, name=f"{version.code or 'tai-lieu'}.docx")


@require_safe
def picture(request: UserRequest, pk: int, sha256: str) -> HttpResponse:
    """A picture of a section, shown inside our own pages only."""
    version = get_object_or_404(visible_versions(request.user), pk=pk)
    asset = get_object_or_404(
        VersionAsset.objects.select_related("blob"), version=version, blob__sha256=sha256
    )
    response = HttpResponse(vault.read(asset.blob), content_type=asset.blob.media_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _served(blob: Blob | None, name: str) -> HttpResponse:
    if blob is None:
        raise Http404
    name = name.replace("/", "-").replace("\\", "-")
    return attachment(vault.read(blob), media_type=blob.media_type, name=name)


def _visible(request: UserRequest, pk: int) -> Version:
    return get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
