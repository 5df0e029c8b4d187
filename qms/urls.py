"""The map of the site: each app's addresses under its own word."""

from django.urls import include, path

from documents.urls import copy_urls

urlpatterns = [
    path("", include("qms.home.urls")),
    path("", include("qms.web.urls")),
    path("check/", include(copy_urls)),
    path("agencies/", include("qms.enrolment.urls")),
    path("announcements/", include("qms.announcements.urls")),
    path("coverage/", include("qms.coverage.urls")),
    path("documents/", include("documents.urls")),
    path("library/", include("qms.library.urls")),
    path("news/", include("qms.news.urls")),
    path("notices/", include("qms.notices.urls")),
    path("restructuring/", include("qms.restructuring.urls")),
    path("", include("audits.urls")),
]

handler400 = "qms.web.views.errors.bad_request"
handler403 = "qms.web.views.errors.permission_denied"
handler404 = "qms.web.views.errors.not_found"
handler500 = "qms.web.views.errors.server_error"
