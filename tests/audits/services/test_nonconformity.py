"""A nonconformity from the first word to its closure, and who may not do what."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from audits.lifecycles import NonconformityState
from audits.models import Nonconformity, Verification
from audits.permissions import verbs_for
from audits.services import nonconformity as services
from audits.waiting import waiting_for
from qms.agencies.models import Role, User
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.trail.models import Event
from tests.factories import hire, make_agency, make_unit

pytestmark = pytest.mark.django_db


def report(agency, by, **fields):
    values = {
        "source": "complaint", "description": "Hẹn sai ngày.", "requirement": "Điều 8.2.1",
        "evidence": "Giấy hẹn 12.",
    } | fields  # fmt: skip
    return services.report(agency, by=by, **values)


def test_anybody_at_the_agency_reports_and_nobody_else(agency, team, stranger):
    case = report(agency, team["reader"])

    assert (case.state, case.raised_by) == ("proposed", team["reader"])
    with pytest.raises(PermissionDenied):
        report(agency, stranger)


@pytest.mark.parametrize("missing", ["description", "requirement", "evidence"])
def test_report_needs_what_against_what_and_shown_by_what(missing, agency, team):
    with pytest.raises(Unacceptable):
        report(agency, team["reader"], **{missing: "  "})


def test_report_refuses_a_unit_from_elsewhere(agency, team):
    foreign = make_unit(make_agency("STP", "Sở Tư pháp"))
    with pytest.raises(Unacceptable):
        report(agency, team["reader"], unit=foreign)


def test_accept_gives_the_case_to_a_person_of_the_agency(case, team, stranger):
    with pytest.raises(Unacceptable):
        services.accept(case, by=team["quality"], owner=stranger)
    services.accept(case, by=team["quality"], owner=team["owner"])

    assert (case.state, case.owner) == (NonconformityState.ANALYSIS, team["owner"])
    assert case.due_on == timezone.localdate() + services.PLAN_WITHIN


def test_plan_wants_correction_and_cause_and_action_each(accepted, team):
    action = services.PlannedAction("Việc", team["author"], timezone.localdate())
    late = services.PlannedAction("Việc", team["author"], dt.date(2020, 1, 1))
    for said in (
        {"correction": "", "cause": "b", "actions": [action]},
        {"correction": "a", "cause": " ", "actions": [action]},
        {"correction": "a", "cause": "b", "actions": []},
        {"correction": "a", "cause": "b", "actions": [late]},
    ):
        with pytest.raises(Unacceptable):
            services.plan(accepted, by=team["owner"], **said)
    assert not Event.objects.filter(name="nonconformity.planned").exists()


def test_who_planned_does_not_approve_the_plan(accepted, team, agency):
    both = hire(agency, "lam", Role.APPROVER)
    services.plan(
        accepted, by=User.objects.get(pk=both.pk), correction="a", cause="b",
        actions=[services.PlannedAction("c", team["author"], timezone.localdate())],
    )  # fmt: skip

    with pytest.raises(PermissionDenied):
        services.approve_plan(accepted, by=User.objects.get(pk=both.pk))


def test_a_plan_sent_back_is_written_anew_and_the_trail_keeps_the_old_words(planned, team):
    services.send_back(planned, by=team["approver"], reason="Chưa tới nguyên nhân.")
    assert planned.state == NonconformityState.ANALYSIS
    services.plan(
        planned, by=team["owner"], correction="Thu.", cause="Quy trình không nói ai thu.",
        actions=[services.PlannedAction("Sửa quy trình.", team["author"], timezone.localdate())],
    )  # fmt: skip

    assert [a.description for a in planned.actions.all()] == ["Sửa quy trình."]
    facts = [e.facts for e in Event.objects.filter(name="nonconformity.planned").order_by("pk")]
    assert "Không ai được giao thu hồi." in facts[0]["cause"]
    assert Event.objects.get(name="nonconformity.sent_back").reason == "Chưa tới nguyên nhân."


def test_finish_belongs_to_the_one_who_does_it_and_needs_a_result(approved, team):
    action = approved.actions.get()
    with pytest.raises(PermissionDenied):
        services.finish(action, by=team["auditor"], result="Xong.")
    with pytest.raises(Unacceptable):
        services.finish(action, by=team["author"], result=" ")
    with pytest.raises(IllegalMove, match="1 hành động"):
        services.complete(approved, by=team["owner"])

    services.finish(action, by=team["author"], result="Xong.")
    with pytest.raises(IllegalMove):
        services.finish(action, by=team["author"], result="Nữa.")


def test_verification_belongs_to_another_person(done, team, agency):
    """Neither the owner, nor who did an action, nor whoever is no auditor."""
    for username in ("lam", "binh"):
        hire(agency, username, Role.AUDITOR)
    for username in ("lam", "binh", "chi", "dung", "an"):
        with pytest.raises(PermissionDenied):
            services.verify(done, by=User.objects.get(username=username), note="Tốt.")

    services.verify(done, by=team["auditor"], note="Kiểm tra 5 quầy, không còn bản cũ.")
    assert (done.state, done.verification.by_name) == ("closed", "Lý Văn Hải")


def test_the_database_says_it_too(done, team):
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(
            nonconformity=done, by=team["owner"], by_name="x", owner=team["owner"],
            is_effective=True, note="x", at=timezone.now(),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Nonconformity.objects.filter(pk=done.pk).update(evidence="")
    with pytest.raises(models.ProtectedError):
        done.delete()


def test_a_failed_verification_opens_a_new_form_linked_to_the_old(done, team):
    again = services.reissue(done, by=team["auditor"], note="Quầy 3 còn bản cũ.")

    assert (done.state, again.state, again.reissue_of) == ("reissued", "proposed", done)
    assert again.number != done.number
    assert "Quầy 3 còn bản cũ." in again.evidence
    assert verbs_for(team["auditor"], "nonconformity", done) == []


def test_what_waits_moves_from_person_to_person(case, team):
    def waits():
        people = ("quality", "owner", "approver", "author", "second")
        return {who for who in people
                if any(case.number in str(t) for t in waiting_for(_again(team[who])))}  # fmt: skip

    assert "quality" in waits()
    services.accept(case, by=team["quality"], owner=team["owner"])
    assert waits() == {"owner"}
    services.plan(
        case, by=team["owner"], correction="a", cause="b",
        actions=[services.PlannedAction("c", team["author"], timezone.localdate())],
    )  # fmt: skip
    assert "approver" in waits()
    services.approve_plan(case, by=team["approver"])
    assert waits() == {"author"}
    services.finish(case.actions.get(), by=team["author"], result="Xong.")
    assert waits() == {"owner"}
    services.complete(case, by=team["owner"])
    assert {"second"} <= waits()
    assert "owner" not in waits()
    services.verify(case, by=team["second"], note="Tốt.")
    assert waits() == set()


def _again(user):
    """Without the standing that the object remembers."""
    return User.objects.get(pk=user.pk)
