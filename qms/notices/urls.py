"""Addresses of the notices: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import path

from qms.notices.views import notice

app_name = "notices"

urlpatterns = [
    path("", notice.list, name="notice-list"),
    path("clear/", notice.clear, name="notice-clear"),
    path("<int:pk>/follow/", notice.follow, name="notice-follow"),
]
