"""Who is asked to read what: by the list, by every door into force, as people come and go."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.models import ControlSettings, Distribution, DistributionLine, Reading
from documents.services import dissemination
from documents.services import distribution as lists
from documents.services import draft as drafts
from documents.services import version as versions
from documents.services.distribution import Line
from qms.agencies.models import Membership, Role, User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event
from qms.trail.services import deliver_owed, first_fault
from tests.factories import hire, make_agency, make_unit
from tests.signing import approve

pytestmark = pytest.mark.django_db
KIND = "system_procedure"


def asked(version) -> set[str]:
    return set(version.readings.counted().values_list("person__username", flat=True))


def test_a_line_names_a_person_a_role_a_unit_or_a_role_in_a_unit(in_force, cast, agency):
    desk, office = make_unit(agency, "Một cửa"), make_unit(agency, "Văn phòng")
    hire(agency, "deskhead", Role.REVIEWER, unit=desk)
    hire(agency, "deskclerk", Role.READER, unit=desk)
    hire(agency, "officehead", Role.REVIEWER, unit=office)
    document, quality = in_force.document, cast["quality"]

    for revision, (line, expected) in enumerate([
        (Line(person=cast["reader"]), {"an"}),
        (Line(role=Role.REVIEWER), {"chi", "deskhead", "officehead"}),
        (Line(unit=desk), {"deskhead", "deskclerk"}),
        (Line(role=Role.REVIEWER, unit=desk), {"deskhead"}),
        (Line(), {"an", "binh", "chi", "dung", "em", "deskhead", "deskclerk", "officehead"}),
    ]):  # fmt: skip
        lists.assign(document, by=quality, lines=[line], revision=revision)
        assert asked(in_force) == expected


def test_whoever_is_asked_has_a_due_day_a_notice_and_his_name_as_it_is(in_force, cast, agency):
    ControlSettings.objects.create(agency=agency, read_days=7)
    lists.assign(in_force.document, by=cast["quality"], lines=[Line(person=cast["approver"])])

    reading = Reading.objects.get()
    assert (reading.name, reading.position) == ("Nguyễn Văn Dũng", "Giám đốc")
    assert reading.due_on == timezone.localdate() + dt.timedelta(days=7)
    assert "QT-03" in Notice.objects.get(person=cast["approver"]).subject
    assert Event.objects.get(name="version.distributed").facts["people"] == 1


@pytest.mark.parametrize("door", ["approve", "put_in_force", "register"])
def test_every_door_into_force_asks_the_list(
    door, draft, cast, agency, clock, django_capture_on_commit_callbacks
):
    lists.assign_default(agency, by=cast["quality"], kind=KIND, lines=[Line(role=Role.READER)])
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        if door == "register":
            draft.issued_on = today
            draft.save(update_fields=["issued_on"])
            draft.signatories.create(duty="approver", name="Nguyễn Văn Dũng")
            versions.register(draft, by=cast["quality"])
        else:
            versions.submit(draft, by=cast["author"])
            versions.review(draft, by=cast["reviewer"])
            later = today + dt.timedelta(days=door == "put_in_force")
            approve(draft, by=cast["approver"], effective_on=later)
    if door == "put_in_force":
        assert asked(draft) == set()
        type(draft).objects.filter(pk=draft.pk).update(effective_on=today)
        with django_capture_on_commit_callbacks(execute=True):
            versions.put_due_in_force(by=clock)

    assert asked(draft) == {"an"}
    assert deliver_owed() == 0
    assert dissemination.distribute(draft, by=clock) == 0
    assert Event.objects.filter(name="version.distributed").count() == 1
    assert Notice.objects.filter(key=f"version:{draft.pk}:read").count() == 1
    assert first_fault(agency) is None


def test_the_own_list_holds_before_the_default_and_an_empty_one_is_nobody(in_force, cast, agency):
    lists.assign_default(agency, by=cast["quality"], kind=KIND, lines=[Line()])
    lists.assign(in_force.document, by=cast["quality"], lines=[])

    assert dissemination.distribute(in_force, by=cast["quality"]) == 0
    assert asked(in_force) == set()


def test_a_new_default_sends_nobody_to_read_what_is_long_in_force(in_force, cast, agency, clock):
    lists.assign_default(agency, by=cast["quality"], kind=KIND, lines=[Line()])

    assert dissemination.distribute_due(by=clock) == 0
    assert Reading.objects.count() == 0


def test_who_joins_is_asked_by_the_clock_and_who_leaves_is_not_counted(given, agency, clock):
    hire(agency, "newcomer", Role.READER)
    assert dissemination.distribute_due(by=clock) == 1
    assert dissemination.distribute_due(by=clock) == 0
    assert "newcomer" in asked(given)

    Membership.objects.filter(user__username="newcomer").update(ends_on=timezone.localdate())
    assert "newcomer" not in asked(given)
    User.objects.filter(username="an").update(is_active=False)
    assert "an" not in asked(given)


def test_who_leaves_the_list_is_released_and_asked_again_when_he_is_back(given, cast, clock):
    document, quality = given.document, cast["quality"]
    lists.assign(document, by=quality, lines=[Line(role=Role.AUTHOR)], revision=1)
    assert asked(given) == {"binh"}
    assert Reading.objects.count() == 5

    lists.assign(document, by=quality, lines=[Line()], revision=2)
    assert len(asked(given)) == 5
    assert Reading.objects.count() == 5
    assert dissemination.distribute_due(by=clock) == 0


def test_assign_belongs_to_the_quality_office_and_the_author_of_the_next_version(
    in_force, cast, stranger
):
    for who in (cast["author"], cast["approver"], cast["reader"], stranger):
        with pytest.raises(PermissionDenied):
            lists.assign(in_force.document, by=who, lines=[Line()])
    drafts.revise(in_force, by=cast["author"])
    lists.assign(in_force.document, by=cast["author"], lines=[Line()])
    with pytest.raises(PermissionDenied):
        lists.assign_default(in_force.document.agency, by=cast["author"], kind=KIND, lines=[])


def test_assign_refuses_a_save_from_an_older_list_and_others_people(in_force, cast, stranger):
    document, quality = in_force.document, cast["quality"]
    elsewhere = make_unit(make_agency("X", "Sở X"), "Phòng X")
    for line in (Line(person=stranger), Line(unit=elsewhere),
                 Line(role=Role.AUTHOR, person=cast["reader"])):  # fmt: skip
        with pytest.raises(Unacceptable):
            lists.assign(document, by=quality, lines=[line])
    assert Distribution.objects.count() == 0

    lists.assign(document, by=quality, lines=[Line()])
    with pytest.raises(Stale):
        lists.assign(document, by=quality, lines=[], revision=0)
    assert DistributionLine.objects.count() == 1


def test_distribute_belongs_to_the_clock_and_the_quality_office(given, cast):
    for who in ("author", "approver", "reader"):
        with pytest.raises(PermissionDenied):
            dissemination.distribute(given, by=cast[who])


def test_weigh_refuses_a_first_version_and_who_does_not_decide(given, cast, replace):
    with pytest.raises(IllegalMove):
        dissemination.weigh(given, by=cast["quality"], is_substantive=False)
    fresh = replace(given)
    for who in ("reader", "author", "reviewer"):
        with pytest.raises(PermissionDenied):
            dissemination.weigh(fresh, by=cast[who], is_substantive=False)


def test_the_database_refuses_lines_that_say_two_things(given, cast, agency):
    own = Distribution.objects.get(document=given.document)
    for wrong in (
        lambda: DistributionLine.objects.create(
            distribution=own, role=Role.AUTHOR, person=cast["reader"]
        ),
        lambda: DistributionLine.objects.create(distribution=own),
        lambda: Distribution.objects.create(agency=agency),
        lambda: Distribution.objects.create(agency=agency, document=given.document),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
