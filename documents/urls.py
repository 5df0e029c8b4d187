"""Addresses of the document pages: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import include, path, register_converter

from documents.views import (
    batch,
    change,
    change_request,
    comment,
    control,
    controlled_copy,
    copy,
    delegation,
    disposal,
    distribution,
    document,
    external,
    file,
    intake,
    late_upload,
    periodic_review,
    picture,
    procedure,
    progress,
    promulgation,
    reader,
    reading,
    record,
    record_file,
    reference,
    register,
    route,
    saved_view,
    section,
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
    path("forms/", version.forms, name="version-forms"),
    path("procedure/", procedure.change, name="procedure-change"),
    path("renumber/", version.renumber, name="version-renumber"),
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
    path("check-out/", version.check_out, name="version-check-out"),
    path("release/", version.release, name="version-release"),
    path("unlock/", version.unlock, name="version-unlock"),
    path("settle-code/", version.settle_code, name="version-settle-code"),
    path("conclude/", version.conclude, name="version-conclude"),
    path("confirm/", version.confirm, name="version-confirm"),
    path("revise/", version.revise, name="version-revise"),
    path("pdf/", file.pdf, name="file-pdf"),
    path("original/", file.original, name="file-original"),
    path("preview/", file.preview, name="file-preview"),
    path("docx/", file.docx, name="file-docx"),
    path("source/", file.source, name="file-source"),
    path("pictures/<sha256:sha256>/", file.picture, name="file-picture"),
    path("pictures/add/", picture.add, name="picture-add"),
    path("sections/", section.arrange, name="section-arrange"),
    path("sections/new/", section.create, name="section-create"),
    path("sections/renumber/", section.renumber, name="section-renumber"),
    path("sections/<int:section_pk>/edit/", section.edit, name="section-edit"),
    path("sections/<int:section_pk>/move/", section.move, name="section-move"),
    path("sections/<int:section_pk>/remove/", section.remove, name="section-remove"),
    path("late/<int:upload_pk>/", late_upload.detail, name="late-upload-detail"),
    path("late/<int:upload_pk>/file/", late_upload.download, name="late-upload-download"),
    path("late/<int:upload_pk>/take/", late_upload.take, name="late-upload-take"),
    path("late/<int:upload_pk>/drop/", late_upload.drop, name="late-upload-drop"),
    path("readings/", reading.show, name="reading-show"),
    path("readings/acknowledge/", reading.acknowledge, name="reading-acknowledge"),
    path("readings/distribute/", reading.distribute, name="reading-distribute"),
    path("readings/weigh/", reading.weigh, name="reading-weigh"),
    path("readings/sheet/", reading.sheet, name="reading-sheet"),
    path("readings/paper/", reading.record_paper, name="reading-record-paper"),
    path("copies/give/", controlled_copy.give, name="controlled-copy-give"),
    path("copies/recall/", controlled_copy.recall, name="controlled-copy-recall"),
    path("copies/minutes/", controlled_copy.minutes, name="controlled-copy-minutes"),
]

controlled_copy_urls = [
    path("", controlled_copy.detail, name="controlled-copy-detail"),
    path("pdf/", file.controlled, name="file-controlled"),
    path("exchange/", controlled_copy.exchange, name="controlled-copy-exchange"),
    path("take-back/", controlled_copy.take_back, name="controlled-copy-take-back"),
    path("report-lost/", controlled_copy.report_lost, name="controlled-copy-report-lost"),
    path("destroy/", controlled_copy.destroy, name="controlled-copy-destroy"),
]

promulgation_urls = [
    path("", promulgation.list, name="promulgation-list"),
    path("new/", promulgation.create, name="promulgation-create"),
    path("<int:pk>/", promulgation.detail, name="promulgation-detail"),
    path("<int:pk>/edit/", promulgation.edit, name="promulgation-edit"),
    path("<int:pk>/number/", promulgation.number, name="promulgation-number"),
    path("<int:pk>/discard/", promulgation.discard, name="promulgation-discard"),
    path("<int:pk>/pdf/", promulgation.pdf, name="promulgation-pdf"),
    path("<int:pk>/docx/", promulgation.docx, name="promulgation-docx"),
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
    path("import/batches/", batch.list, name="batch-list"),
    path("import/batches/<int:pk>/", include(batch_urls)),
    path("promulgations/", include(promulgation_urls)),
    path("code/<path:code>/", document.resolve, name="document-resolve"),
    path("reviews/", periodic_review.list, name="periodic-review-list"),
    path("requests/", change_request.list, name="change-request-list"),
    path("requests/new/", change_request.create, name="change-request-create"),
    path("requests/<int:pk>/", change_request.detail, name="change-request-detail"),
    path("requests/<int:pk>/accept/", change_request.accept, name="change-request-accept"),
    path("requests/<int:pk>/refuse/", change_request.refuse, name="change-request-refuse"),
    path("requests/<int:pk>/retract/", change_request.retract, name="change-request-retract"),
    path("requests/<int:pk>/finish/", change_request.finish, name="change-request-finish"),
    path("requests/<int:pk>/pdf/", change_request.pdf, name="change-request-pdf"),
    path("settings/", control.change, name="control-change"),
    path("routes/", route.list, name="route-list"),
    path("routes/new/", route.create, name="route-create"),
    path("routes/<int:pk>/retire/", route.retire, name="route-retire"),
    path("delegations/", delegation.list, name="delegation-list"),
    path("delegations/<int:pk>/end/", delegation.end, name="delegation-end"),
    path("readings/", reading.list, name="reading-list"),
    path("readings/<int:pk>/scan/", reading.scan, name="reading-scan"),
    path("progress/", progress.list, name="progress-list"),
    path("distributions/", distribution.list, name="distribution-list"),
    path(
        "distributions/<int:pk>/<slug:kind>/",
        distribution.assign_default,
        name="distribution-assign-default",
    ),
    path("copies/", controlled_copy.list, name="controlled-copy-list"),
    path("copies.xlsx", controlled_copy.xlsx, name="controlled-copy-xlsx"),
    path("copies.pdf", controlled_copy.pdf, name="controlled-copy-pdf"),
    path("copies/<int:pk>/", include(controlled_copy_urls)),
    path("", include(register_urls)),
    path("<int:pk>/readers/", include(reader_urls)),
    path("<int:pk>/", document.detail, name="document-detail"),
    path("<int:pk>/attach/", document.attach, name="document-attach"),
    path("<int:pk>/distribution/", distribution.assign, name="distribution-assign"),
    path("versions/<int:pk>/", include(version_urls)),
    path("comments/<int:pk>/resolve/", comment.resolve, name="comment-resolve"),
]
