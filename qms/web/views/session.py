"""Coming in, going out, and how the pages look to one person."""

from django import forms
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qms.agencies.models import Theme, User
from qms.web.forms import LogInForm

THEME_COOKIE = "qms_theme"
YEAR = 365 * 24 * 3600


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """A person gives a name and a password, and goes on to where they wanted to be."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = LogInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        return redirect(_next(request))
    status = 422 if form.errors else 200
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "web/session/log_in.html", context, status=status)


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    response = redirect("web:session-log-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Vietnamese or English, from now on; kept with the account when there is one."""
    field = forms.ChoiceField(choices=settings.LANGUAGES)
    return _keep(request, field, "language", settings.LANGUAGE_COOKIE_NAME)


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine is set."""
    return _keep(request, forms.ChoiceField(choices=Theme.choices), "theme", THEME_COOKIE)


def _keep(
    request: HttpRequest, field: forms.ChoiceField, name: str, cookie: str
) -> HttpResponseRedirect:
    """A choice outside the list changes nothing; the page comes back as it was."""
    response = HttpResponseRedirect(_next(request))
    try:
        value = field.clean(request.POST.get(name, ""))
    except forms.ValidationError:
        return response
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(**{name: value})
    response.set_cookie(
        cookie, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _next(request: HttpRequest) -> str:
    """Where to go: only an address of this house, else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else resolve_url(settings.LOGIN_REDIRECT_URL)
