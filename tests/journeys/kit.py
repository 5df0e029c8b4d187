"""A page with every component on it, and pages that go wrong (mounted by `urls`)."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.utils import timezone

from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Unavailable
from qms.web.forms import DateField, FilesField, TextField
from qms.web.listing import page_of
from qms.web.task import Task

GRADES = [
    ("conformity", "Phù hợp"),
    ("ofi", "Khuyến nghị"),
    ("minor_nc", "KPH nhẹ"),
    ("major_nc", "KPH nặng"),
    ("not_applicable", "Không áp dụng"),
]


class KitForm(forms.Form):
    title = TextField(label="Tên tài liệu", error_messages={"required": "Nhập tên tài liệu"})
    effective_on = DateField(label="Ngày hiệu lực", help_text="Dạng ngày/tháng/năm")
    unit = forms.ChoiceField(label="Phòng chủ trì", choices=[("a", "Văn phòng")], required=False)
    verdict = forms.ChoiceField(
        label="Ý kiến của bạn",
        choices=[("ok", "Phê duyệt"), ("back", "Trả lại để sửa")],
        widget=forms.RadioSelect,
    )
    reason = TextField(label="Lý do", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    whole = forms.BooleanField(label="Áp dụng toàn Sở", help_text="7 phòng", required=False)
    files = FilesField(label="Tệp Word", help_text="Tối đa 20 MB", accept=".docx")


class GradeForm(forms.Form):
    grade = forms.ChoiceField(label="Kết quả", choices=GRADES, widget=forms.RadioSelect)


def kit(request: HttpRequest) -> HttpResponse:
    form = KitForm(request.POST or None, request.FILES or None)
    today = timezone.localdate()
    tasks = [
        Task("approve", "stamp", "Phê duyệt: Kiểm soát tài liệu", "QT-03", "#t1", "Xem",
             today - dt.timedelta(days=3), ("12 thay đổi",)),
        Task("review", "eye", "Soát xét: Một cửa", "QT-08", "#t2", "Soát xét",
             today + dt.timedelta(days=2)),
    ]  # fmt: skip
    now = timezone.now()
    row, people = SimpleNamespace, User.objects.order_by("pk")
    context = {
        "form": form,
        "grading": GradeForm(initial={"grade": "minor_nc"}),
        "tasks": tasks,
        "page": page_of(people, request, size=1),
        "crumbs": [("Tài liệu", "#c1"), ("Quy trình", "#c2")],
        "tabs": [("Nội dung", "#n", True), ("Thay đổi so với bản 3", "#d", False, 12)],
        "seg": [("Trong dòng", "#i", True), ("Hai cột", "#h", False)],
        "choices": [("", "Tất cả", 7, True), ("approve", "Phê duyệt", 1, False)],
        "toc": [("m1", "1. Mục đích"), ("m2", "2. Phạm vi")],
        "templates": ["M-QT-01", "M-QT-02", "M-QT-03", "M-QT-05", "M-QT-08"],
        "months": ["T6", "T7", "T8", "T9", "T10", "T11"],
        "series": [("Phát sinh", [2, 1, 4, 3, 1, 2]), ("Đã đóng", [1, 2, 2, 4, 2, 1])],
        "stages": [
            row(label="Soạn thảo", remark="Ngọc Hân · 16/11", place="done", icon="pencil"),
            row(label="Phê duyệt", remark="Đang chờ bạn", place="now", icon="stamp"),
            row(label="Có hiệu lực", remark="", place="todo", icon="circle-check"),
        ],
        "approvals": [
            row(name="Lê Quốc Bảo", what="Soát xét", at=now, comment="Đồng ý", place="done"),
            row(name="Trần Minh Khoa", what="Phê duyệt", at=None, comment="", place="wait"),
        ],
        "events": [row(icon="send", said="Ngọc Hân trình bản 4", at=now)],
    }
    source = Path(__file__).with_name("kit.html").read_text(encoding="utf-8")
    page = engines["django"].from_string(source)
    return HttpResponse(page.render(context, request), status=422 if form.errors else 200)


def refused(request: HttpRequest) -> HttpResponse:
    raise IllegalMove("Bản này đã được phê duyệt.")


def unavailable(request: HttpRequest) -> HttpResponse:
    raise Unavailable("Đang dựng lại chỉ mục.")


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Chỉ người soát xét được làm việc này.")


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError
