"""Taking templates away: Word, PDF, a whole set; each noted, with or without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.services.draft import WORD
from qms.library.models import TemplateSet
from qms.library.permissions import visible_templates
from qms.library.services import download as services
from qms.library.views.template import agency_of, shown, user_of
from qms.web.download import attachment, content_disposition


@login_not_required
@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The template as Word: filled for the reader's agency, with open places marked for others."""
    template = get_object_or_404(visible_templates(request.user).for_list(), pk=pk)
    version, agency = shown(template), agency_of(request)
    data = services.docx(version, agency=agency)
    services.note(version, form="docx", by=user_of(request), agency=agency)
    return attachment(data, media_type=WORD, name=f"{template.document.code}.docx")


@login_not_required
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of the controlled PDF of the version in force, stamped as a copy."""
    template = get_object_or_404(visible_templates(request.user).for_list(), pk=pk)
    version = shown(template)
    if version.sealed_file is None:
        raise Http404
    data = services.pdf(version, by=user_of(request))
    services.note(version, form="pdf", by=user_of(request), agency=agency_of(request))
    return attachment(data, media_type="application/pdf", name=f"{template.document.code}.pdf")


@login_not_required
@require_safe
def zip(request: HttpRequest, pk: int) -> StreamingHttpResponse:  # noqa: A001  # the verb is the address
    """Every Word file of a set, written as it is sent."""
    chosen = get_object_or_404(TemplateSet, pk=pk)
    templates = visible_templates(request.user).published().filter(sets=chosen)
    data = services.zip_of(
        [*templates.select_related("document").order_by("document__code_key")],
        by=user_of(request), agency=agency_of(request),
    )  # fmt: skip
    response = StreamingHttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = content_disposition(f"{chosen.name}.zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response
