"""Addresses of coming in, going out, and how the pages look."""

from django.urls import path

from qms.web.views import session

app_name = "web"

urlpatterns = [
    path("login/", session.log_in, name="session-log-in"),
    path("logout/", session.log_out, name="session-log-out"),
    path("language/", session.set_language, name="session-set-language"),
    path("theme/", session.set_theme, name="session-set-theme"),
]
