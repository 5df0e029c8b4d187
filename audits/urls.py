"""Addresses of the audit pages: `noun-verb` is views/<noun>.py, def <verb>."""

from django.urls import include, path

from audits.views import audit, nonconformity, programme

app_name = "audits"

programme_urls = [
    path("", programme.list, name="programme-list"),
    path("new/", programme.create, name="programme-create"),
    path("<int:pk>/", programme.detail, name="programme-detail"),
    path("<int:pk>/approve/", programme.approve, name="programme-approve"),
]

audit_urls = [
    path("", audit.list, name="audit-list"),
    path("new/", audit.create, name="audit-create"),
    path("<int:pk>/", audit.detail, name="audit-detail"),
    path("<int:pk>/schedule/", audit.schedule, name="audit-schedule"),
    path("<int:pk>/start/", audit.start, name="audit-start"),
    path("<int:pk>/sheet/", audit.sheet, name="audit-sheet"),
    path("<int:pk>/sheet/<int:item>/", audit.answer, name="audit-answer"),
    path("<int:pk>/report/", audit.report, name="audit-report"),
    path("<int:pk>/report.pdf", audit.pdf, name="audit-pdf"),
    path("<int:pk>/close/", audit.close, name="audit-close"),
]

nonconformity_urls = [
    path("", nonconformity.list, name="nonconformity-list"),
    path("new/", nonconformity.create, name="nonconformity-create"),
    path("<int:pk>/", nonconformity.detail, name="nonconformity-detail"),
    path("<int:pk>/accept/", nonconformity.accept, name="nonconformity-accept"),
    path("<int:pk>/plan/", nonconformity.plan, name="nonconformity-plan"),
    path("<int:pk>/send-back/", nonconformity.send_back, name="nonconformity-send-back"),
    path("<int:pk>/approve-plan/", nonconformity.approve_plan, name="nonconformity-approve-plan"),
    path(
        "<int:pk>/actions/<int:action>/finish/", nonconformity.finish, name="nonconformity-finish"
    ),
    path("<int:pk>/complete/", nonconformity.complete, name="nonconformity-complete"),
    path("<int:pk>/verify/", nonconformity.verify, name="nonconformity-verify"),
    path("<int:pk>/reissue/", nonconformity.reissue, name="nonconformity-reissue"),
]

urlpatterns = [
    path("programmes/", include(programme_urls)),
    path("audits/", include(audit_urls)),
    path("nonconformities/", include(nonconformity_urls)),
]
