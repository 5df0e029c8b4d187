"""Addresses of the roof: the inbox, which is the first page, and the search page."""

from django.urls import path

from qms.home.views import health, inbox, search

app_name = "home"

urlpatterns = [
    path("", inbox.show, name="inbox-show"),
    path("search/", search.show, name="search-show"),
    path("healthz", health.show, name="health-show"),
]
