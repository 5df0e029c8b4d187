"""What the pages of a version stand on: its row, what the reader may do now, and the forms."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from documents.forms import CommentForm, EmptyForm, ReasonForm
from documents.forms.intake import ConfirmForm
from documents.forms.periodic_review import ConcludeForm
from documents.forms.version import (
    ApproveForm,
    CodeForm,
    RenumberForm,
    ReviseForm,
    StepBackForm,
    SubmitForm,
    UploadForm,
    WithdrawForm,
)
from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import LateUpload, Version
from documents.permissions import (
    WRITING,
    checkout_of,
    may,
    verbs_for,
    visible_promulgations,
    visible_versions,
)
from documents.presenters import (
    ProcedurePage,
    VersionPage,
    cards_of,
    forms_in_force,
    progress_of,
)
from documents.presenters_reading import ReadingCard
from documents.services import confirmation
from documents.services import redline as redlines
from documents.services.content import content_of
from qms.agencies.models import User
from qms.web.http import UserRequest

# Whose forms depend on who fills them in, and where he stands.
SIGNED = {"approve", "step_back", "withdraw", "conclude", "revise", "renumber"}
DECIDING = {"review", "approve"}
FORMS: dict[str, Callable[..., Form]] = {
    "submit": SubmitForm,
    "review": CommentForm,
    "approve": ApproveForm,
    "send_back": ReasonForm,
    "step_back": StepBackForm,
    "recall": ReasonForm,
    "withdraw": WithdrawForm,
    "conclude": ConcludeForm,
    "revise": ReviseForm,
    "renumber": RenumberForm,
    "discard": ReasonForm,
    "unlock": ReasonForm,
    "upload": UploadForm,
    "settle_code": CodeForm,
    "confirm": ConfirmForm,
}


def form_of(verb: str, version: Version, user: User, data: Any = None) -> Form:
    """The form of one verb; ids begin with the verb, since several stand on one page."""
    kind, auto_id = FORMS.get(verb, EmptyForm), f"{verb}_%s"
    if verb == "submit":
        return kind(data, version=version, auto_id=auto_id)
    if verb in SIGNED:
        return kind(data, version=version, by=user, auto_id=auto_id)
    if verb == "confirm":
        return kind(data, initial=model_to_dict(version), auto_id=auto_id)
    return kind(data, auto_id=auto_id)


def visible(request: UserRequest, pk: int) -> Version:
    return get_object_or_404(visible_versions(request.user).for_page(), pk=pk)


def page_for(request: UserRequest, version: Version, **refused: Form) -> HttpResponse:
    """The version page; with a refused form, the same page saying what to mend."""
    page = VersionPage.of(version, by=request.user, tab="content")
    procedure = ProcedurePage.of(version, page.content, by=request.user)
    context = acting(request, version, **refused) | {
        "version": version, "p": page, "procedure": procedure,
        "forms_left": forms_in_force(version, request.user),
    }  # fmt: skip
    if page.base is not None and not DECIDING.isdisjoint(context["verbs"]):
        redline = redlines.compare(content_of(page.base), page.content)
        context["progress"] = progress_of(
            cards_of(redline, version, page.comments, by=request.user)
        )
    unproved = "approve" in refused and "password" in refused["approve"].errors
    status = 403 if unproved else 422 if refused else 200
    return render(request, "documents/version/detail.html", context, status=status)


def acting(request: UserRequest, version: Version, **refused: Form) -> dict[str, Any]:
    """What the reader may do now, and the form of each; a refused form in place of its blank."""
    verbs = [verb for verb in verbs_for(request.user, version) if verb != "comment"]
    if version.state == VersionState.DRAFT:
        verbs.sort(key=_place_of)
    if "renumber" in verbs and not version.document.versions.in_force().exists():
        verbs.remove("renumber")
    blank = {verb: form_of(verb, version, request.user) for verb in verbs}
    if "upload" in blank:
        blank["upload"].initial["revision"] = version.revision
    return {
        "reading": ReadingCard.of(version, by=request.user),
        "verbs": verbs,
        "forms": blank | refused,
        "may_attach": request.user.standing.has(version.document.agency_id, *WRITING),
        "promulgation": visible_promulgations(request.user)
        .filter(lines__version=version, lines__is_final=True)
        .first(),
        "takes_original": may(request.user, "take_original", version),
        "may_restrict": may(request.user, "restrict", version.document),
        "held": checkout_of(version),
        "late_uploads": _late_uploads(version),
        "may_answer": may(request.user, "amend", version),
        "may_comment": version.state in IN_FLIGHT and may(request.user, "comment", version),
        "doubts": confirmation.sentences_of(version) if "confirm" in verbs else [],
    }


# A draft is written, its changes are named, then it is sent on; what is rare comes last.
_IN_TURN = ("confirm", "edit", "check_out", "upload", "release", "amend", "submit")


def _place_of(verb: str) -> int:
    return _IN_TURN.index(verb) if verb in _IN_TURN else len(_IN_TURN)


def _late_uploads(version: Version) -> list[LateUpload]:
    """Files that nobody has decided about yet; only while the draft can still take them."""
    if version.state != VersionState.DRAFT:
        return []
    return list(LateUpload.objects.unsettled().filter(version=version))
