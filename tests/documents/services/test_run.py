"""Routes with several stations: side by side, all or some, named or by role, and back again."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from documents.lifecycles import RunStepState, VersionState
from documents.models import ControlSettings, Decision, Duty, Rule, RunStep, Verdict, Version
from documents.services import route as routes
from documents.services import version as services
from documents.services.run import Asked, Planned, waiting_people
from documents.waiting import waiting_for
from qms.agencies.models import Role, User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.models import Event
from tests.factories import hire, make_unit
from tests.signing import approve

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def review(order, *seats, rule=Rule.ANY, needed=1):
    return Planned(order, Duty.REVIEWER, rule, needed, 2, seats)


def approval(order, *seats, rule=Rule.ANY, needed=1):
    return Planned(order, Duty.APPROVER, rule, needed, 3, seats)


@pytest.fixture
def lan(agency):
    return hire(agency, "lan", Role.REVIEWER, full_name="Đỗ Thị Lan", position="Phó phòng")


@pytest.fixture
def deputy_head(agency):
    return hire(agency, "phu", Role.APPROVER, full_name="Hồ Văn Phú", position="Phó Giám đốc")


@pytest.fixture
def set_route(agency, cast):
    def set_route(*steps, kind=""):
        return routes.create(agency, by=cast["quality"], name="Hai cấp", kind=kind, steps=steps)

    return set_route


def test_all_must_agree_before_the_next_station_opens(draft, cast, lan, set_route):
    set_route(
        review(1, Asked(cast["reviewer"]), Asked(lan), rule=Rule.ALL),
        approval(2, Asked(role=Role.APPROVER)),
    )
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    assert draft.state == VersionState.IN_REVIEW
    assert waiting_people(draft) == [lan]

    services.review(draft, by=lan)

    assert draft.state == VersionState.IN_APPROVAL
    assert waiting_people(draft) == [cast["approver"]]


def test_all_who_hold_a_role_are_named_when_the_run_begins(draft, cast, lan, agency, set_route):
    set_route(
        review(1, Asked(role=Role.REVIEWER), rule=Rule.ALL), approval(2, Asked(role="approver"))
    )
    services.submit(draft, by=cast["author"])
    newcomer = hire(agency, "moi", Role.REVIEWER)

    assert waiting_people(draft) == sorted([cast["reviewer"], lan], key=str)
    with pytest.raises(PermissionDenied):
        services.review(draft, by=newcomer)


def test_two_of_three_are_enough(draft, cast, lan, agency, set_route):
    third = hire(agency, "ba", Role.REVIEWER)
    set_route(
        review(1, Asked(role=Role.REVIEWER), rule=Rule.SOME, needed=2),
        approval(2, Asked(role=Role.APPROVER)),
    )
    services.submit(draft, by=cast["author"])
    services.review(draft, by=third)
    with pytest.raises(Stale):
        services.review(draft, by=third)
    services.review(draft, by=lan)

    assert draft.state == VersionState.IN_APPROVAL


def test_stations_of_one_order_wait_side_by_side(draft, cast, lan, set_route):
    set_route(
        review(1, Asked(cast["reviewer"])), review(1, Asked(lan)),
        approval(2, Asked(role=Role.APPROVER)),
    )  # fmt: skip
    services.submit(draft, by=cast["author"])
    assert {str(p) for p in waiting_people(draft)} == {str(cast["reviewer"]), str(lan)}

    services.review(draft, by=lan)
    services.review(draft, by=cast["reviewer"])

    assert draft.state == VersionState.IN_APPROVAL


def test_who_sits_in_two_stations_side_by_side_decides_at_both(draft, cast, lan, set_route):
    """His inbox shows the second; so its button must work while the first waits for others."""
    set_route(
        review(1, Asked(cast["reviewer"]), Asked(lan), rule=Rule.ALL),
        review(1, Asked(cast["reviewer"])),
        approval(2, Asked(role="approver")),
    )
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    services.review(draft, by=cast["reviewer"])
    with pytest.raises(Stale, match="đã cho ý kiến"):
        services.review(draft, by=cast["reviewer"])
    assert waiting_people(draft) == [lan]

    services.review(draft, by=lan)
    assert draft.state == VersionState.IN_APPROVAL


def test_only_the_last_of_two_approvals_seals(draft, cast, deputy_head, set_route):
    set_route(
        review(1, Asked(role=Role.REVIEWER)), approval(2, Asked(deputy_head)),
        approval(3, Asked(cast["approver"])),
    )  # fmt: skip
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    approve(draft, by=deputy_head, signing_as=("KT.", "Giám đốc"))
    assert (draft.state, draft.sealed_file) == (VersionState.IN_APPROVAL, None)
    with pytest.raises(Unacceptable):
        approve(draft, by=cast["approver"])  # the last one says from which day

    approve(draft, by=cast["approver"], effective_on=TODAY())

    assert draft.state == VersionState.IN_FORCE
    signed = draft.decisions.get(by=deputy_head)
    assert (signed.signs_as, signed.by_position, signed.method) == (
        "KT. GIÁM ĐỐC", "Phó Giám đốc", "password",
    )  # fmt: skip
    assert [e.facts["final"] for e in Event.objects.filter(name="version.approved").order_by("pk")] == [
        False, True,
    ]  # fmt: skip


def test_a_unit_may_be_asked(draft, cast, agency, set_route):
    desk = make_unit(agency, "Phòng Một cửa")
    of_desk = hire(agency, "nga", Role.REVIEWER, unit=desk)
    set_route(review(1, Asked(role=Role.REVIEWER, unit=desk)), approval(2, Asked(role="approver")))
    services.submit(draft, by=cast["author"])

    with pytest.raises(PermissionDenied):
        services.review(draft, by=cast["reviewer"])
    services.review(draft, by=of_desk)
    assert draft.state == VersionState.IN_APPROVAL


def test_the_route_of_a_kind_goes_before_the_general_one(draft, cast, lan, set_route):
    set_route(review(1, Asked(lan)), approval(2, Asked(role="approver")), kind="system_procedure")
    set_route(review(1, Asked(role=Role.REVIEWER)), approval(2, Asked(role="approver")))
    services.submit(draft, by=cast["author"])

    assert waiting_people(draft) == [lan]


def test_changing_a_route_changes_no_run(draft, cast, lan, set_route):
    set_route(review(1, Asked(lan)), approval(2, Asked(role="approver")))
    services.submit(draft, by=cast["author"])
    set_route(review(1, Asked(cast["reviewer"])), approval(2, Asked(role="approver")))

    assert waiting_people(draft) == [lan]


def test_step_back_asks_those_of_the_earlier_station_again(draft, cast, deputy_head, set_route):
    set_route(
        review(1, Asked(role=Role.REVIEWER)), approval(2, Asked(deputy_head)),
        approval(3, Asked(cast["approver"])),
    )  # fmt: skip
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    approve(draft, by=deputy_head)
    second = RunStep.objects.get(run__version=draft, order=2)

    services.step_back(draft, by=cast["approver"], to=second, reason="Xem lại thời hạn.")
    assert draft.state == VersionState.IN_APPROVAL
    assert waiting_people(draft) == [deputy_head]

    approve(draft, by=deputy_head)
    first = RunStep.objects.get(run__version=draft, order=1, state=RunStepState.DONE)
    services.step_back(draft, by=cast["approver"], to=first, reason="Soát xét lại mục 5.")
    assert draft.state == VersionState.IN_REVIEW
    services.review(draft, by=cast["reviewer"])
    approve(draft, by=deputy_head)
    approve(draft, by=cast["approver"], effective_on=TODAY())

    assert draft.state == VersionState.IN_FORCE
    assert draft.decisions.filter(verdict=Verdict.STEPPED_BACK).count() == 2


def test_step_back_refuses_what_was_not_passed_and_no_reason(in_approval, cast, agency):
    here = RunStep.objects.get(run__version=in_approval, order=2)
    passed = RunStep.objects.get(run__version=in_approval, order=1)
    for to, reason in ((here, "Vì sao."), (passed, " ")):
        with pytest.raises(Unacceptable):
            services.step_back(in_approval, by=cast["approver"], to=to, reason=reason)
    with pytest.raises(PermissionDenied):
        services.step_back(in_approval, by=cast["author"], to=passed, reason="Vì sao.")


def test_what_was_said_before_a_step_back_is_not_on_the_paper(draft, cast, lan, set_route):
    from documents.services.content import content_of  # noqa: PLC0415

    set_route(review(1, Asked(role=Role.REVIEWER)), approval(2, Asked(role="approver")))
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    passed = RunStep.objects.get(run__version=draft, order=1)
    services.step_back(draft, by=cast["approver"], to=passed, reason="Người khác soát xét.")
    services.review(draft, by=lan)

    names = [s.name for s in content_of(draft).signatories]
    assert names == [str(cast["author"]), str(lan)]


def test_nobody_to_decide_means_no_submission(draft, cast, agency):
    cast["approver"].memberships.update(ends_on=TODAY())

    with pytest.raises(Unacceptable, match="phê duyệt cần 1 người"):
        services.submit(draft, by=cast["author"])


def test_submit_refuses_a_person_who_is_not_asked(draft, cast, stranger):
    with pytest.raises(Unacceptable):
        services.submit(draft, by=cast["author"], reviewer=stranger)


def test_three_people_unless_the_agency_says_otherwise(in_review, cast, agency):
    both = hire(agency, "chi", Role.APPROVER)
    services.review(in_review, by=both)
    with pytest.raises(PermissionDenied):
        approve(in_review, by=both, effective_on=TODAY())

    ControlSettings.objects.create(agency=agency, needs_three_people=False)
    with pytest.raises(Unacceptable, match="Nêu lý do"):
        approve(in_review, by=both, effective_on=TODAY())
    approve(in_review, by=both, effective_on=TODAY(), comment="Xã chỉ có một lãnh đạo trực.")
    assert in_review.state == VersionState.IN_FORCE


def test_a_named_person_of_another_role_sees_it_and_has_it_in_his_inbox(draft, cast, set_route):
    from documents.permissions import visible_versions  # noqa: PLC0415

    set_route(review(1, Asked(cast["reader"])), approval(2, Asked(role="approver")))
    services.submit(draft, by=cast["author"])
    reader = User.objects.get(pk=cast["reader"].pk)

    assert draft in visible_versions(reader)
    assert [task.kind for task in waiting_for(reader)] == ["review"]
    services.review(draft, by=reader)
    assert waiting_for(User.objects.get(pk=reader.pk)) == []
    assert draft not in visible_versions(reader)


def test_a_route_begins_with_review_and_ends_with_approval(agency, cast):
    seat = Asked(role=Role.REVIEWER)
    for steps in (
        [],
        [review(1, seat)],
        [approval(1, seat)],
        [review(1, seat), approval(2, seat), review(3, seat), approval(4, seat)],
        [review(1, seat), review(2, seat), approval(2, seat)],
        [review(1), approval(2, seat)],
        [review(1, Asked(cast["reviewer"]), rule=Rule.SOME, needed=2), approval(2, seat)],
    ):
        with pytest.raises(Unacceptable):
            routes.create(agency, by=cast["quality"], name="x", kind="", steps=steps)


def test_only_the_quality_office_and_the_administrator_set_routes(agency, cast, stranger):
    steps = [review(1, Asked(role="reviewer")), approval(2, Asked(role="approver"))]
    for person in (cast["author"], cast["approver"], stranger):
        with pytest.raises(PermissionDenied):
            routes.create(agency, by=person, name="x", kind="", steps=steps)
    route = routes.create(agency, by=cast["quality"], name="x", kind="", steps=steps)
    routes.retire(route, by=hire(agency, "qt", Role.ADMIN))
    with pytest.raises(Stale):
        routes.retire(route, by=cast["quality"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_must_both_agree_at_once_the_last_opens_the_next_station(
    draft, cast, lan, set_route
):
    """On PostgreSQL each would count only his own decision, were the version not locked."""
    set_route(
        review(1, Asked(cast["reviewer"]), Asked(lan), rule=Rule.ALL),
        approval(2, Asked(role="approver")),
    )
    services.submit(draft, by=cast["author"])
    gate, failed = threading.Barrier(2), []

    def agree(person):
        try:
            version, person = Version.objects.get(pk=draft.pk), User.objects.get(pk=person.pk)
            gate.wait()
            services.review(version, by=person)
        except Exception as error:  # noqa: BLE001  # told by the assertion below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=agree, args=(p,)) for p in (cast["reviewer"], lan)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert Version.objects.get(pk=draft.pk).state == VersionState.IN_APPROVAL
    assert Decision.objects.filter(duty=Duty.REVIEWER).count() == 2


@pytest.mark.django_db(transaction=True)
def test_approve_and_send_back_at_once_one_wins(in_approval, cast, agency):
    other = hire(agency, "khac", Role.APPROVER)
    gate, told = threading.Barrier(2), []

    def decide(act):
        try:
            gate.wait()
            act(Version.objects.get(pk=in_approval.pk))
            told.append("done")
        except (Stale, IllegalMove) as refusal:
            told.append(type(refusal).__name__)
        finally:
            connection.close()

    acts = (
        lambda v: approve(v, by=User.objects.get(pk=cast["approver"].pk), effective_on=TODAY()),
        lambda v: services.send_back(v, by=User.objects.get(pk=other.pk), reason="Thiếu mục 7."),
    )
    threads = [threading.Thread(target=decide, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told)[-1] == "done"
    assert told.count("done") == 1
    state = Version.objects.get(pk=in_approval.pk).state
    assert state in (VersionState.IN_FORCE, VersionState.DRAFT)
