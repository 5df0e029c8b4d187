"""Addresses of the document pages: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import include, path, register_converter

from documents.views import batch, copy, document, file, intake, register, version

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
    path("amend/", version.amend, name="version-amend"),
    path("submit/", version.submit, name="version-submit"),
    path("review/", version.review, name="version-review"),
    path("approve/", version.approve, name="version-approve"),
    path("send-back/", version.send_back, name="version-send-back"),
    path("recall/", version.recall, name="version-recall"),
    path("put-in-force/", version.put_in_force, name="version-put-in-force"),
    path("register/", version.register, name="version-register"),
    path("withdraw/", version.withdraw, name="version-withdraw"),
    path("discard/", version.discard, name="version-discard"),
    path("upload/", version.upload, name="version-upload"),
    path("settle-code/", version.settle_code, name="version-settle-code"),
    path("confirm/", version.confirm, name="version-confirm"),
    path("revise/", version.revise, name="version-revise"),
    path("pdf/", file.pdf, name="file-pdf"),
    path("docx/", file.docx, name="file-docx"),
    path("source/", file.source, name="file-source"),
    path("pictures/<sha256:sha256>/", file.picture, name="file-picture"),
]

batch_urls = [
    path("", batch.detail, name="batch-detail"),
    path("progress/", batch.progress, name="batch-progress"),
    path("resume/", batch.resume, name="batch-resume"),
    path("report.json", batch.json, name="batch-json"),
    path("report.xlsx", batch.xlsx, name="batch-xlsx"),
]

# Public and short, since it stands on paper; mounted by `qms.urls` under /check/.
copy_urls = (
    [
        path("", copy.find, name="copy-find"),
        path("<str:code>/", copy.check, name="copy-check"),
    ],
    "copies",
)

urlpatterns = [
    path("", document.list, name="document-list"),
    path("new/", document.create, name="document-create"),
    path("import/", intake.create, name="intake-create"),
    path("import/batches/", batch.list, name="batch-list"),
    path("import/batches/<int:pk>/", include(batch_urls)),
    path("register/", register.list, name="register-list"),
    path("register.xlsx", register.xlsx, name="register-xlsx"),
    path("<int:pk>/", document.detail, name="document-detail"),
    path("versions/<int:pk>/", include(version_urls)),
]
