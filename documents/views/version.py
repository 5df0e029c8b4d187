"""Pages about one version, its files, and what the buttons on its page do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.forms.amendment import AmendForm
from documents.forms.version import (
    UploadForm,
)
from documents.permissions import (
    WRITING,
    require,
    visible_documents,
    visible_versions,
)
from documents.presenters import (
    VersionPage,
    cards_of,
    progress_of,
)
from documents.services import amendment as amendments
from documents.services import checkout as checkouts
from documents.services import confirmation, draft
from documents.services import periodic_review as reviews
from documents.services import redline as redlines
from documents.services import version as services
from documents.services.content import content_of
from documents.services.late_upload import LateFile
from documents.views import late_upload
from documents.views.version_page import acting, form_of, page_for, visible
from qms.kernel.content import Amendment
from qms.kernel.refusals import Unacceptable
from qms.web.http import UserRequest
from qms.web.listing import page_of

COMPARISONS = {
    "inline": gettext_lazy("Trong dòng"),
    "side": gettext_lazy("Hai cột"),
    "clean": gettext_lazy("Bản sạch"),
}


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    return page_for(request, visible(request, pk))


@require_safe
def history(request: UserRequest, pk: int) -> HttpResponse:
    version = visible(request, pk)
    page = VersionPage.of(version, by=request.user, tab="history")
    return render(request, "documents/version/history.html", {"p": page, "version": version})


@require_safe
def forms(request: UserRequest, pk: int) -> HttpResponse:
    """The forms that belong to the procedure, each with the version in force."""
    version = visible(request, pk)
    page = VersionPage.of(version, by=request.user, tab="forms")
    seen = visible_versions(request.user)
    mine = visible_documents(request.user).filter(parent=version.document_id)
    context = {
        "p": page,
        "version": version,
        "page": page_of(mine.for_list(seen).order_by("code_key"), request),
        "may_add": request.user.standing.has(version.document.agency_id, *WRITING),
    }
    return render(request, "documents/version/forms.html", context)


@require_safe
def compare(request: UserRequest, pk: int) -> HttpResponse:
    """What changed since another version: in line, in two columns, or the clean text."""
    version = visible(request, pk)
    page = VersionPage.of(version, by=request.user, tab="compare")
    wanted, view = request.GET.get("with", ""), request.GET.get("view", "inline")
    base = page.version_of(wanted) if wanted else page.base
    if view not in COMPARISONS or base is None:
        raise Http404
    redline = redlines.compare(content_of(base), page.content)
    cards = cards_of(redline, version, page.comments, by=request.user)
    context = acting(request, version) | {
        "p": page,
        "version": version,
        "base": base,
        "cards": cards,
        "progress": progress_of(cards),
        "redline": redline,
        "added": redline.count(redlines.ADDED),
        "removed": redline.count(redlines.REMOVED),
        "moved": redline.count(redlines.MOVED),
        "view": view,
        "views": [
            (label, f"?with={base.pk}&view={word}", word == view)
            for word, label in COMPARISONS.items()
        ],
        "others": [other for other in page.siblings if other.pk != version.pk],
    }
    return render(request, "documents/version/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: UserRequest, pk: int) -> HttpResponse:
    """The amendment sheet of a revision, filled in from what changed until it was worded."""
    version = visible(request, pk)
    require(request.user, "amend", version)
    page = VersionPage.of(version, by=request.user, tab="amend")
    kept = amendments.earlier(version, page.base)
    form = AmendForm(
        request.POST or None, lines=_sheet(page, kept), initial={"revision": version.revision}
    )
    if request.method == "POST" and form.is_valid():
        amendments.amend(
            version, by=request.user, lines=form.lines(*amendments.stamp(version)), kept=kept,
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
        messages.success(request, _("Đã ghi bảng sửa đổi của %s.") % version)
        return redirect(version)
    context = {
        "p": page, "version": version, "form": form,
        "earlier": page.content.amendments[:kept],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "documents/version/amend.html", context, status=status)


@require_POST
def submit(request: UserRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        services.submit,
        _("Đã trình %s. Người soát xét thấy việc này trong Việc của tôi."),
    )


@require_POST
def review(request: UserRequest, pk: int) -> HttpResponse:
    return _act(
        request, pk, services.review, _("Đã soát xét %s. Tài liệu chuyển sang người phê duyệt.")
    )


@require_POST
def approve(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.approve, _("Đã phê duyệt %s."))


@require_POST
def step_back(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.step_back, _("Đã trả %s về bước trước kèm lý do."))


@require_POST
def send_back(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.send_back, _("Đã trả lại %s kèm lý do cho người soạn thảo."))


@require_POST
def recall(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.recall, _("Đã rút lại %s để sửa tiếp."))


@require_POST
def put_in_force(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.put_in_force, _("%s có hiệu lực từ bây giờ."))


@require_POST
def register(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.register, _("Đã ghi nhận hiệu lực của %s theo bản giấy."))


@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Withdraw, and say which forms of the procedure remain in force without it."""
    left = visible_versions(request.user).in_force().filter(document__parent__versions=pk)
    response = _act(request, pk, services.withdraw, _("Đã bãi bỏ %s."))
    if response.status_code == HTTPStatus.FOUND and left:
        named = ", ".join(str(form.document) for form in left.select_related("document"))
        messages.warning(request, _("Các biểu mẫu vẫn đang hiệu lực: %s.") % named)
    return response


@require_POST
def conclude(request: UserRequest, pk: int) -> HttpResponse:
    """Conclude, and where a revision follows lead to its draft, old or new."""
    response = _act(request, pk, reviews.conclude, _("Đã kết luận soát xét định kỳ %s."))
    if response.status_code == HTTPStatus.FOUND and request.POST.get("verdict") == "revise":
        draft_now = (
            visible_versions(request.user).in_flight().filter(document__versions=pk).first()
        )
        if draft_now is not None:
            messages.info(request, _("Bản sửa đổi đang ở đây: %s.") % draft_now)
            return redirect(draft_now)
    return response


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.discard, _("Đã hủy bản nháp %s."))


@require_POST
def check_out(request: UserRequest, pk: int) -> HttpResponse:
    done = _("Bạn đang nhận sửa %s. Tải Word về, sửa, rồi tải lên để nộp lại.")
    return _act(request, pk, checkouts.check_out, done)


@require_POST
def release(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, checkouts.release, _("Bạn đã thôi giữ %s."))


@require_POST
def unlock(request: UserRequest, pk: int) -> HttpResponse:
    done = _("Đã gỡ quyền giữ %s. Người đang giữ được báo tin.")
    return _act(request, pk, checkouts.unlock, done)


@require_POST
def settle_code(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, draft.settle_code, _("Đã chốt mã hiệu: %s."))


@require_POST
def renumber(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, draft.renumber, _("Bản nháp bây giờ là %s."))


def confirm(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, confirmation.confirm, _("Đã xác nhận thông tin của %s."))


@require_POST
def revise(request: UserRequest, pk: int) -> HttpResponse:
    version = visible(request, pk)
    require(request.user, "revise", version)
    form = form_of("revise", version, request.user, request.POST)
    if not form.is_valid():
        return page_for(request, version, revise=form)
    started = draft.revise(version, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã mở bản nháp %s để sửa đổi.") % started)
    return redirect(started)


@require_POST
def upload(request: UserRequest, pk: int) -> HttpResponse:
    version = visible(request, pk)
    require(request.user, "upload", version)
    form = UploadForm(request.POST, request.FILES, auto_id="upload_%s")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft.upload(
                version,
                by=request.user,
                data=file.read(),
                name=file.name,
                revision=form.cleaned_data["revision"],
            )
        except Unacceptable as refusal:
            form.add_error("file", str(refusal))
            response = page_for(request, version, upload=form)
            response.status_code = refusal.status
            return response
        except LateFile as refusal:
            return late_upload.show(request, refusal.upload, status=refusal.status)
        else:
            messages.success(request, _("Đã thay nội dung bản nháp bằng tệp %s.") % file.name)
            return redirect(version)
    return page_for(request, version, upload=form)


def _act(request: UserRequest, pk: int, service: Callable[..., object], done: str) -> HttpResponse:
    """Ask the form of the verb, do it, say so; a form with errors shows the page again."""
    version, verb = visible(request, pk), service.__name__
    require(request.user, verb, version)
    form = form_of(verb, version, request.user, request.POST)
    if not form.is_valid():
        return page_for(request, version, **{verb: form})
    service(version, by=request.user, **form.cleaned_data)
    messages.success(request, done % version)
    return redirect(version)


def _sheet(page: VersionPage, kept: int) -> Sequence[Amendment]:
    """The lines of this revision as they were written, else as the changes propose them."""
    written = page.content.amendments[kept:]
    if written or page.base is None:
        return written
    number, on = amendments.stamp(page.version)
    redline = redlines.compare(content_of(page.base), page.content)
    asked = "; ".join(
        f"Phiếu {line.request.number}: {line.request.reason}" for line in page.request_lines
    )
    return [
        replace(line, request=asked[:1000])
        for line in amendments.proposals(redline, number=number, on=on)
    ]
