"""Addresses of the document pages: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import include, path, register_converter

from documents.views import (
    change,
    comment,
    copy,
    disposal,
    document,
    external,
    file,
    intake,
    reader,
    record,
    record_file,
    reference,
    register,
    saved_view,
    version,
)

app_name = "documents"


class Sha256Converter:
    """A hash in hex; anything else is an address that does not exist."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256Converter, "sha256")

version_urls = [
    path("", version.detail, name="version-detail"),
    path("history/", version.history, name="version-history"),
    path("compare/", version.compare, name="version-compare"),
    path("related/", reference.list, name="reference-list"),
    path("amend/", version.amend, name="version-amend"),
    path("comment/", comment.create, name="comment-create"),
    path("changes/mark/", change.mark, name="change-mark"),
    path("submit/", version.submit, name="version-submit"),
    path("review/", version.review, name="version-review"),
    path("approve/", version.approve, name="version-approve"),
    path("step-back/", version.step_back, name="version-step-back"),
    path("send-back/", version.send_back, name="version-send-back"),
    path("recall/", version.recall, name="version-recall"),
    path("put-in-force/", version.put_in_force, name="version-put-in-force"),
    path("register/", version.register, name="version-register"),
    path("withdraw/", version.withdraw, name="version-withdraw"),
    path("discard/", version.discard, name="version-discard"),
    path("upload/", version.upload, name="version-upload"),
    path("settle-code/", version.settle_code, name="version-settle-code"),
    path("revise/", version.revise, name="version-revise"),
    path("pdf/", file.pdf, name="file-pdf"),
    path("docx/", file.docx, name="file-docx"),
    path("source/", file.source, name="file-source"),
    path("pictures/<sha256:sha256>/", file.picture, name="file-picture"),
]

# Public and short, since it stands on paper; mounted by `qms.urls` under /check/.
copy_urls = (
    [
        path("", copy.find, name="copy-find"),
        path("<str:code>/", copy.check, name="copy-check"),
    ],
    "copies",
)

register_urls = [
    path("register/", register.list, name="register-list"),
    path("register.xlsx", register.xlsx, name="register-xlsx"),
    path("register.pdf", register.pdf, name="register-pdf"),
    path("register.zip", register.zip, name="register-zip"),
    path("views/<str:register>/save/", saved_view.save, name="saved-view-save"),
    path("views/<int:pk>/", saved_view.open, name="saved-view-open"),
    path("views/<int:pk>/remove/", saved_view.remove, name="saved-view-remove"),
    path("external/", external.list, name="external-list"),
    path("external.xlsx", external.xlsx, name="external-xlsx"),
    path("external.pdf", external.pdf, name="external-pdf"),
    path("external/new/", external.create, name="external-create"),
    path("external/<int:pk>/", external.detail, name="external-detail"),
    path("external/<int:pk>/change/", external.change, name="external-change"),
    path("external/<int:pk>/repeal/", external.repeal, name="external-repeal"),
    path("external/<int:pk>/check/<int:version>/", external.check, name="external-check"),
    path("external/<int:pk>/file/", external.file, name="external-file"),
    path("records/", record.list, name="record-list"),
    path("records.xlsx", record.xlsx, name="record-xlsx"),
    path("records.pdf", record.pdf, name="record-pdf"),
    path("records/new/", record.create, name="record-create"),
    path("records/from-procedures/", record.take_over, name="record-take-over"),
    path("records/<int:pk>/", record.detail, name="record-detail"),
    path("records/<int:pk>/change/", record.change, name="record-change"),
    path("records/<int:pk>/files/new/", record_file.create, name="record-file-create"),
    path("records/files/<int:pk>/", record_file.change, name="record-file-change"),
    path("records/files/<int:pk>/hold/", record_file.hold, name="record-file-hold"),
    path("records/files/<int:pk>/lift/", record_file.lift, name="record-file-lift"),
    path("disposals/", disposal.list, name="disposal-list"),
    path("disposals/new/<int:pk>/", disposal.propose, name="disposal-propose"),
    path("disposals/<int:pk>/", disposal.detail, name="disposal-detail"),
    path("disposals/<int:pk>/approve/", disposal.approve, name="disposal-approve"),
    path("disposals/<int:pk>/refuse/", disposal.refuse, name="disposal-refuse"),
]

reader_urls = [
    path("", reader.list, name="reader-list"),
    path("restrict/", reader.restrict, name="reader-restrict"),
    path("open/", reader.open, name="reader-open"),
    path("grant/", reader.grant, name="reader-grant"),
    path("revoke/<str:kind>/<int:reader>/", reader.revoke, name="reader-revoke"),
]

urlpatterns = [
    path("", document.list, name="document-list"),
    path("new/", document.create, name="document-create"),
    path("import/", intake.create, name="intake-create"),
    path("import/report/", intake.report, name="intake-report"),
    path("", include(register_urls)),
    path("<int:pk>/readers/", include(reader_urls)),
    path("<int:pk>/", document.detail, name="document-detail"),
    path("versions/<int:pk>/", include(version_urls)),
    path("comments/<int:pk>/resolve/", comment.resolve, name="comment-resolve"),
]
