"""What readers of a version say about it, and how that was settled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.forms.comment import CreateForm, ResolveForm
from documents.models import Comment
from documents.permissions import require, visible_comments, visible_versions
from documents.services import comment as comments
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest


@require_POST
def create(request: UserRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
    require(request.user, "comment", version)
    form = CreateForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_first_error(form))
    comment = comments.create(version, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã ghi góp ý của bạn."))
    return redirect(_place_of(comment))


@require_POST
def resolve(request: UserRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(visible_comments(request.user), pk=pk)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        raise Unacceptable(_first_error(form))
    comments.resolve(comment, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã ghi cách xử lý góp ý."))
    return redirect(_place_of(comment))


def _place_of(comment: Comment) -> str:
    """Where the comment stands: at its change, else on the version's page."""
    name = "version-compare" if comment.change_key else "version-detail"
    anchor = f"comment-{comment.pk}"
    return f"{reverse(f'documents:{name}', args=[comment.version_id])}#{anchor}"


def _first_error(form: Any) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
