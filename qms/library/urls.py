"""Addresses of the library: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import path

from qms.library.views import adoption, download, matrix, template, update, waiver

app_name = "library"

urlpatterns = [
    path("", template.list, name="template-list"),
    path("new/", template.create, name="template-create"),
    path("adoptions/", adoption.list, name="adoption-list"),
    path("of-document/<int:pk>/", template.of_document, name="template-of-document"),
    path("<int:pk>/history/", template.history, name="template-history"),
    path("sets/<int:pk>.zip", download.zip, name="download-zip"),
    path("sets/<int:pk>/adopt/", adoption.adopt_set, name="adoption-adopt-set"),
    path("matrix/", matrix.list, name="matrix-list"),
    path("matrix.xlsx", matrix.xlsx, name="matrix-xlsx"),
    path("matrix/remind/", matrix.remind, name="matrix-remind"),
    path("updates/", update.list, name="update-list"),
    path("updates/take/", update.take_clean, name="update-take-clean"),
    path("updates/<int:pk>/", update.detail, name="update-detail"),
    path("updates/<int:pk>/take/", update.take, name="update-take"),
    path("updates/<int:pk>/decline/", update.decline, name="update-decline"),
    path("waivers/<int:pk>/lift/", waiver.lift, name="waiver-lift"),
    path("<int:pk>/waive/", waiver.waive, name="waiver-waive"),
    path("<int:pk>/", template.detail, name="template-detail"),
    path("<int:pk>/docx/", download.docx, name="download-docx"),
    path("<int:pk>/pdf/", download.pdf, name="download-pdf"),
    path("<int:pk>/adopt/", adoption.adopt, name="adoption-adopt"),
]
