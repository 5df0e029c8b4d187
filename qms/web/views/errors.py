"""Pages for what went wrong: each says what to do next and carries a number to quote.

A page about something hidden and a page about something absent are the same page.
"""

import logging
import secrets

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from qms.kernel.refusals import Refusal

logger = logging.getLogger("qms.web")
RETRY_AFTER = 30
MEGABYTE = 1024 * 1024
UNAVAILABLE = 503


def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """The refusal's own sentence under a heading that fits its status."""
    response = _page(request, error.status, _refusal_title(error.status), str(error))
    if error.status == UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """Said before the body is read; the connection is closed, since its rest is on its way."""
    sentence = _("Dữ liệu gửi lên vượt mức %d MB nên chưa được nhận. Chia nhỏ tệp rồi gửi lại.")
    response = _page(request, 413, _("Gửi lên quá lớn"), sentence % (limit // MEGABYTE))
    response["Connection"] = "close"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TooManyFilesSent):
        said = _("Mỗi lần gửi tối đa %d tệp. Nén cả thư mục thành một tệp ZIP rồi nhập tệp đó.")
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return _page(request, 413, _("Gửi lên quá nhiều tệp"), said % most)
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_large(request, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return _page(
        request,
        400,
        _("Yêu cầu không đọc được"),
        _("Trình duyệt gửi đến một yêu cầu thiếu hoặc sai. Quay lại trang trước rồi làm lại."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who asked is known and may see the thing, and may not do this with it."""
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(
        request,
        403,
        _("Bạn chưa được giao quyền làm việc này"),
        sentence or _("Quản trị cơ quan của bạn có thể giao quyền. Việc chưa được thực hiện."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        404,
        _("Không tìm thấy trang này"),
        _("Địa chỉ không có, đã thay đổi, hoặc không thuộc phạm vi bạn được xem."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("Phiên làm việc đã đổi"),
        _("Trang này mở từ trước khi bạn đăng nhập lại. Tải lại trang rồi gửi lần nữa."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither database nor session: they may be what failed."""
    number = _number(request, 500)
    html = render_to_string("errors/500.html", {"number": number})
    return HttpResponse(html, status=500, headers={"Cache-Control": "no-store"})


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {
        "title": title,
        "sentence": sentence,
        "status": status,
        "number": _number(request, status),
        "layout": "base.html" if _signed_in(request) else "base_public.html",
    }
    fragment = request.headers.get("HX-Request") == "true"
    template = "errors/_notice.html" if fragment else "errors/page.html"
    return render(request, template, context, status=status)


def _number(request: HttpRequest, status: int) -> str:
    """What the person quotes on the telephone, written to the log beside the address."""
    number = secrets.token_hex(4).upper()
    logger.warning("%s status=%s %s %s", number, status, request.method, request.path)
    return number


def _signed_in(request: HttpRequest) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def _refusal_title(status: int) -> str:
    titles = {
        409: _("Việc này không còn làm được"),
        410: _("Nội dung này không còn"),
        413: _("Gửi lên quá lớn"),
        415: _("Loại tệp này không dùng được"),
        422: _("Chưa nhận được nội dung này"),
        UNAVAILABLE: _("Chưa phục vụ được lúc này"),
    }
    return titles.get(status, titles[409])
