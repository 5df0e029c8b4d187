"""Việc của tôi: what waits for the person, by urgency, across the apps."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.permissions import WRITING
from qms.home.figures import systems_of
from qms.home.waiting import waiting_for
from qms.web.http import UserRequest
from qms.web.task import Task

SOON = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one urgency under their heading."""

    key: str
    label: str
    tasks: list[Task]


@require_safe
def show(request: UserRequest) -> HttpResponse:
    tasks, kind = waiting_for(request.user), request.GET.get("kind", "")
    kinds = Counter(task.kind for task in tasks)
    labels = kind_labels()
    if kind and kind not in labels:
        raise Http404
    today = timezone.localdate()
    shown = [task for task in tasks if kind in ("", task.kind)]
    context = {
        "chips": [("", _("Tất cả"), len(tasks), not kind)]
        + [
            (k, label, kinds[k], k == kind) for k, label in labels.items() if kinds[k] or k == kind
        ],
        "groups": groups(shown, today),
        "total": len(tasks),
        "late": sum(_late(task, today) for task in tasks),
        "systems": systems_of(request.user, today),
        "may_write": request.user.standing.is_anywhere(*WRITING),
    }
    return render(request, "home/inbox/show.html", context)


def kind_labels() -> dict[str, str]:
    """The filter chips, in the order of the day's work."""
    return {
        "approve": _("Phê duyệt"),
        "review": _("Soát xét"),
        "draft": _("Soạn thảo"),
        "periodic_review": _("Soát xét định kỳ"),
        "change_request": _("Phiếu yêu cầu"),
        "read": _("Đọc và xác nhận"),
        "recall": _("Thu hồi bản giấy"),
        "audit": _("Đánh giá"),
        "nonconformity": _("Khắc phục"),
        "library": _("Mẫu của tỉnh"),
    }


def groups(tasks: list[Task], today: dt.date) -> list[Group]:
    """Overdue, this week, later; empty groups left out."""
    late = [t for t in tasks if _late(t, today)]
    soon = [t for t in tasks if t.due_on and today <= t.due_on <= today + SOON]
    later = [t for t in tasks if t not in late and t not in soon]
    rows = [
        Group("late", _("Quá hạn"), late),
        Group("soon", _("Trong tuần này"), soon),
        Group("later", _("Sắp tới"), later),
    ]
    return [group for group in rows if group.tasks]


def _late(task: Task, today: dt.date) -> bool:
    return task.due_on is not None and task.due_on < today
