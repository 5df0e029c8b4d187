"""The site as it is, and the pages of `kit` beside it."""

from django.urls import include, path

from qms.urls import handler400, handler403, handler404, handler500
from tests.journeys import kit

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("qms.urls")),
    path("kit/", kit.kit),
    path("kit/refused", kit.refused),
    path("kit/unavailable", kit.unavailable),
    path("kit/denied", kit.denied),
    path("kit/broken", kit.broken),
]
