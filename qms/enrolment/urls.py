"""Addresses of this room: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import URLPattern

app_name = "enrolment"

urlpatterns: list[URLPattern] = []
