"""Addresses of the library: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import path

from qms.library.views import adoption, template

app_name = "library"

urlpatterns = [
    path("", template.list, name="template-list"),
    path("new/", template.create, name="template-create"),
    path("adoptions/", adoption.list, name="adoption-list"),
    path("of-document/<int:pk>/", template.of_document, name="template-of-document"),
    path("<int:pk>/", template.detail, name="template-detail"),
    path("<int:pk>/docx/", template.docx, name="template-docx"),
    path("<int:pk>/pdf/", template.pdf, name="template-pdf"),
    path("<int:pk>/adopt/", adoption.adopt, name="adoption-adopt"),
]
