"""What happens around every view: the language, the cache rule, and how a refusal is told."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from qms.kernel.refusals import Refusal
from qms.web.views.errors import refused, too_large

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]


class LanguageMiddleware:
    """The person's language; for a stranger the cookie's; Vietnamese otherwise.

    The browser's own preference is not asked: office machines are set to English by default.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(_language(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class CacheMiddleware:
    """Pages of a signed-in person are kept nowhere: office machines are shared."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["HX-Request"])
        return response


class BodyLimitMiddleware:
    """A body that says it is too large is refused before a byte of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        declared = request.headers.get("Content-Length") or "0"
        limit = settings.BODY_LIMIT
        if request.user.is_authenticated:  # a stranger fills no disk
            limit = getattr(view, "body_limit", limit)
        if declared.isdecimal() and int(declared) <= limit:
            return None
        return too_large(request, limit)


def body_limit(limit: int) -> Callable[[View], View]:
    """Mark a view as taking bodies of so many bytes."""

    def mark(view: View) -> View:
        view.body_limit = limit  # type: ignore[attr-defined]  # read by the middleware
        return view

    return mark


class RefusalMiddleware:
    """A rule that said no becomes a page with its sentence and its status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refusal) else None


def _language(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        wanted = request.user.language
    else:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
