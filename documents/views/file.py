"""The files of a version: stamped copies of the PDF, the PDF itself, the Word files, a picture.

Every byte is verified against its hash as it is read; a file that no longer matches is not served.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import Version, VersionAsset
from documents.permissions import require, visible_versions
from documents.permissions.copy import OBSOLETE
from documents.services import content as contents
from documents.services import copy as copies
from documents.services.draft import WORD
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.web.download import attachment
from qms.web.http import UserRequest
from qms.word import writing

PDF = "application/pdf"


@require_safe
def pdf(request: UserRequest, pk: int) -> HttpResponse:
    """A copy of the controlled PDF, stamped for whoever asks, now."""
    version = _sealed(request, pk)
    return _pdf(copies.issue(version, by=request.user), f"{version.code}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def original(request: UserRequest, pk: int) -> HttpResponse:
    """The controlled PDF byte for byte; of an obsolete version only after a page that says so."""
    version = _sealed(request, pk)
    require(request.user, "take_original", version)
    if version.state in OBSOLETE and request.method != "POST":
        return render(request, "documents/file/original.html", {"version": version})
    data = copies.take_original(version, by=request.user)
    return _pdf(data, f"{version.code} - bản gốc.pdf")


@require_safe
def preview(request: UserRequest, pk: int) -> HttpResponse:
    """What the PDF of an undecided version would look like; made anew, marked, not kept."""
    version = _visible(request, pk)
    data = copies.draft(version, by=request.user)
    return _pdf(data, f"{version.code or 'tai-lieu'} - dự thảo.pdf")


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
    return attachment(vault.read(blob), media_type=blob.media_type, name=_plain(name))


def _pdf(data: bytes, name: str) -> HttpResponse:
    return attachment(data, media_type=PDF, name=_plain(name))


def _plain(name: str) -> str:
    return name.replace("/", "-").replace("\\", "-")


def _sealed(request: UserRequest, pk: int) -> Version:
    version = _visible(request, pk)
    if version.sealed_file is None:
        raise Http404
    return version


def _visible(request: UserRequest, pk: int) -> Version:
    return get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
