"""Addresses of the library: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import path

from qms.library.views import adoption, template, update, waiver

app_name = "library"

urlpatterns = [
    path("", template.list, name="template-list"),
    path("new/", template.create, name="template-create"),
    path("adoptions/", adoption.list, name="adoption-list"),
    path("of-document/<int:pk>/", template.of_document, name="template-of-document"),
    path("sets/<int:pk>/adopt/", adoption.adopt_set, name="adoption-adopt-set"),
    path("updates/", update.list, name="update-list"),
    path("updates/take/", update.take_clean, name="update-take-clean"),
    path("updates/<int:pk>/", update.detail, name="update-detail"),
    path("updates/<int:pk>/take/", update.take, name="update-take"),
    path("updates/<int:pk>/decline/", update.decline, name="update-decline"),
    path("waivers/<int:pk>/lift/", waiver.lift, name="waiver-lift"),
    path("<int:pk>/waive/", waiver.waive, name="waiver-waive"),
    path("<int:pk>/", template.detail, name="template-detail"),
    path("<int:pk>/docx/", template.docx, name="template-docx"),
    path("<int:pk>/pdf/", template.pdf, name="template-pdf"),
    path("<int:pk>/adopt/", adoption.adopt, name="adoption-adopt"),
]
