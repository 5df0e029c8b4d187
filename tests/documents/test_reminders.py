"""Whose turn it is hears of it at once, again before and after the day; late work goes up."""

import datetime as dt

import pytest
from django.utils import timezone

from documents.reminders import remind
from documents.services import version as services
from qms.notices.models import Notice
from qms.trail.services import deliver_owed
from tests.signing import approve

pytestmark = pytest.mark.django_db


def told(person):
    return list(
        Notice.objects.filter(person=person).order_by("pk").values_list("subject", flat=True)
    )


def day(days):
    return timezone.localdate() + dt.timedelta(days=days)


def test_each_stage_is_told_once_whatever_rounds_were_missed(in_review, cast):
    due = in_review.runs.get().steps.get(order=1).due_on
    for offset in (-5, -1, -1, 0, 2, 2, 3):
        remind(due + dt.timedelta(days=offset))

    assert [s.split(":")[0] for s in told(cast["reviewer"])] == [
        "Sắp đến hạn cho ý kiến", "Hôm nay đến hạn cho ý kiến", "Quá hạn cho ý kiến",
    ]  # fmt: skip


def test_late_work_goes_up_one_by_one(in_review, cast):
    due = in_review.runs.get().steps.get(order=1).due_on
    remind(due + dt.timedelta(days=4))
    assert told(cast["quality"]) == ["QT-03 · lần 01 quá hạn 4 ngày, đang chờ Phạm Thị Chi"]
    assert told(cast["approver"]) == []
    remind(due + dt.timedelta(days=9))

    assert len(told(cast["quality"])) == 1
    assert len(told(cast["approver"])) == 1


def test_nobody_is_reminded_of_what_is_done(in_approval, cast):
    approve(in_approval, by=cast["approver"], effective_on=day(0))
    remind(day(60))

    assert Notice.objects.exclude(subject__contains="quá hạn").count() == Notice.objects.count()


@pytest.mark.django_db(transaction=True)
def test_the_next_one_the_author_and_those_who_agreed_hear_at_once(draft, cast):
    services.submit(draft, by=cast["author"])
    assert told(cast["reviewer"]) == ["Đến lượt bạn cho ý kiến: QT-03 · lần 01"]
    services.review(draft, by=cast["reviewer"])
    assert told(cast["approver"]) == ["Đến lượt bạn cho ý kiến: QT-03 · lần 01"]
    services.send_back(draft, by=cast["approver"], reason="Thiếu mục 7.")
    assert told(cast["author"]) == ["QT-03 · lần 01 được trả lại để sửa"]

    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    services.recall(draft, by=cast["author"], reason="Sửa một câu.")
    assert "không còn tính" in told(cast["reviewer"])[-1]
    deliver_owed()
    assert len(told(cast["approver"])) == 2


def test_an_author_is_reminded_of_what_came_back_until_it_is_sent_on(in_review, cast):
    services.send_back(in_review, by=cast["reviewer"], reason="Thiếu biểu mẫu.")
    for offset in (0, 2, 2, 3, 5, 5):
        remind(day(offset))
    back = [s for s in told(cast["author"]) if s.startswith("Bản bị trả lại")]
    assert len(back) == 3
    assert told(cast["quality"]) == []

    remind(day(12))
    assert any("đang chờ Lê Thị Bình" in s for s in told(cast["quality"]))
    in_review.refresh_from_db()
    services.submit(in_review, by=cast["author"])
    before = Notice.objects.filter(person=cast["author"]).count()
    remind(day(13))
    assert Notice.objects.filter(person=cast["author"]).count() == before
