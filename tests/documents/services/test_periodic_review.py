"""Documents in force are looked at again in time, and the conclusion is carried out at once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import ControlSettings, Document, PeriodicReview, Version
from documents.reminders import remind
from documents.services.periodic_review import conclude, due_on, due_until
from documents.waiting import waiting_for
from qms.kernel.dates import add_months
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 15), 36, dt.date(2029, 12, 15)),
    ],
)
def test_months_end_where_the_month_ends(day, months, later):
    assert add_months(day, months) == later


def test_it_is_due_as_often_as_the_agency_says(in_force, agency):
    began = in_force.effective_on
    assert due_on(in_force) == add_months(began, 36)
    ControlSettings.objects.create(agency=agency, review_months=12)

    assert due_on(in_force) == add_months(began, 12)
    listed = due_until(Version.objects.in_force(), add_months(began, 12))
    assert [due.version for due in listed] == [in_force]
    assert (
        due_until(Version.objects.in_force(), add_months(began, 12) - dt.timedelta(days=1)) == []
    )


def test_keep_starts_the_time_anew(in_force, cast):
    Version.objects.filter(pk=in_force.pk).update(
        effective_on=dt.date(2023, 1, 31), issued_on=dt.date(2023, 1, 31)
    )
    in_force.refresh_from_db()
    review = conclude(in_force, by=cast["quality"], verdict="keep", remark="Còn phù hợp.")

    assert (review.due_on, review.by_name) == (dt.date(2026, 1, 31), "Võ Thị Em")
    assert due_on(in_force) == add_months(timezone.localdate(), 36)
    assert Event.objects.filter(name="version.concluded").count() == 1


def test_revise_opens_the_draft_and_a_day_is_concluded_once(in_force, cast):
    conclude(in_force, by=cast["quality"], verdict="revise", remark="Luật mới.")
    assert in_force.document.versions.in_flight().get().amendment_no == 1

    again = PeriodicReview(
        document=in_force.document, version=in_force, verdict="keep", remark="x", by=cast["quality"],
        due_on=PeriodicReview.objects.get().due_on, on=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_withdraw_is_done_in_the_same_act(in_force, cast):
    conclude(in_force, by=cast["quality"], verdict="withdraw", remark="Thủ tục đã bãi bỏ.")

    in_force.refresh_from_db()
    assert in_force.state == VersionState.WITHDRAWN
    assert in_force.withdrawal.reason == "Thủ tục đã bãi bỏ."


def test_the_conclusion_names_the_agency_as_it_was(in_force, cast, agency):
    before = agency.name
    review = conclude(in_force, by=cast["quality"], verdict="keep", remark="Còn phù hợp.")
    agency.name = "Sở Nội vụ và Lao động"
    agency.save()

    review.refresh_from_db()
    assert review.by_agency == before


def test_refusals_change_nothing(in_force, draft, cast):
    with pytest.raises(PermissionDenied):
        conclude(in_force, by=cast["author"], verdict="keep", remark="x")
    for said in ({"verdict": "keep", "remark": " "}, {"verdict": "maybe", "remark": "x"}):
        with pytest.raises(Unacceptable):
            conclude(in_force, by=cast["quality"], **said)
    in_force.state = VersionState.DRAFT
    with pytest.raises(IllegalMove):
        conclude(in_force, by=cast["quality"], verdict="keep", remark="x")
    assert not PeriodicReview.objects.exists()


def test_the_quality_office_is_reminded_in_its_inbox_and_once_a_stage(in_force, cast):
    due = due_on(in_force)
    assert waiting_for(cast["quality"]) == []
    for offset in (-40, -20, -19, 0, 5, 6):
        remind(due + dt.timedelta(days=offset))
    assert Notice.objects.filter(person=cast["quality"]).count() == 3
    Version.objects.filter(pk=in_force.pk).update(
        effective_on=dt.date(2020, 1, 1), issued_on=dt.date(2020, 1, 1)
    )

    assert [task.kind for task in waiting_for(cast["quality"])] == ["periodic_review"]


def test_withdrawing_at_a_review_names_what_takes_its_place(in_force, cast, agency):
    other = Document.objects.create(
        agency=agency, kind="regulation", code="QĐ.09", title="Quy chế"
    )
    with pytest.raises(Unacceptable):
        conclude(
            in_force, by=cast["quality"], verdict="withdraw", remark="Đã gộp.", replaced_by=other
        )
    with pytest.raises(Unacceptable, match="khi kết luận bãi bỏ"):
        conclude(
            in_force, by=cast["quality"], verdict="keep", remark="Còn dùng.", replaced_by=other
        )
    assert not PeriodicReview.objects.exists()
    draft = Version.objects.create(
        document=other, issue_no=1, author=cast["author"], code="QĐ.09", title="Quy chế"
    )
    Version.objects.filter(pk=draft.pk).update(
        state=VersionState.IN_FORCE, effective_on=timezone.localdate(), content_hash="0" * 64,
        sealed_file=in_force.sealed_file,
    )  # fmt: skip

    conclude(in_force, by=cast["quality"], verdict="withdraw", remark="Đã gộp.", replaced_by=other)

    in_force.refresh_from_db()
    assert in_force.state == VersionState.WITHDRAWN
    assert in_force.withdrawal.replaced_by == other
