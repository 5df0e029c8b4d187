"""Adding a picture to a draft from the editor; the answer is for its script."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from documents.forms.section import PictureForm
from documents.permissions import require, visible_versions
from documents.services import picture as pictures
from qms.kernel.refusals import Refusal
from qms.web.http import UserRequest


@require_POST
def add(request: UserRequest, pk: int) -> HttpResponse:
    """Where the picture is to be found from now on; or why not, in a sentence."""
    version = get_object_or_404(visible_versions(request.user).for_page(), pk=pk)
    require(request.user, "edit", version)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"refused": form.errors["picture"][0]}, status=422)
    file = form.cleaned_data["picture"]
    try:
        sha256 = pictures.add(version, by=request.user, data=file.read(), name=file.name)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=refusal.status)
    address = reverse("documents:file-picture", args=[version.pk, sha256])
    return JsonResponse({"src": address, "alt": file.name.rsplit(".", 1)[0]}, status=201)
