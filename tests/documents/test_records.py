"""Records: kept as long as said, held while the law says so, disposed of by somebody else's decision."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import Disposal, RecordFile, RecordSeries
from documents.services import disposal as disposals
from documents.services import record as services
from qms.agencies.models import Agency, Role, User
from qms.home.waiting import waiting_for
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event
from tests.factories import hire, make_unit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONG_AGO = dt.date(2015, 3, 2)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def said(**more) -> services.Said:
    facts = {"name": "Hồ sơ đánh giá nội bộ", "retention_years": 5, "since": LONG_AGO} | more
    return services.Said(**facts)


@pytest.fixture
def series(agency, cast):
    return services.create(agency, by=cast["quality"], said=said())


@pytest.fixture
def keep(series, cast):
    def keep(closed_on: dt.date | None = LONG_AGO, title: str = "Năm 2015") -> RecordFile:
        facts = services.FileSaid(title, LONG_AGO, closed_on, "Hộp 1")
        return services.open_file(series, by=cast["quality"], said=facts)

    return keep


@pytest.fixture
def proposed(keep, agency, cast):
    return disposals.propose(agency, by=cast["quality"], files=[keep(), keep(title="b")])


def test_a_file_is_due_its_years_after_it_was_closed(series, keep, cast):
    leap = keep(dt.date(2016, 2, 29))
    assert leap.due_on == dt.date(2021, 3, 1)
    assert keep(None).due_on is None, "not while it is open"

    services.change(series, by=cast["quality"], said=said(retention_years=None), revision=1)
    leap.refresh_from_db()
    assert leap.due_on is None, "for ever is never due"


def test_a_series_says_something_of_its_own_agency(agency, cast, stranger, series):
    theirs = make_unit(Agency.objects.get(pk=next(iter(stranger.standing.agencies))))
    for wrong in ({"name": " "}, {"unit": theirs}, {"until": LONG_AGO}):
        with pytest.raises(Unacceptable):
            services.create(agency, by=cast["quality"], said=said(**wrong))
    with pytest.raises(PermissionDenied):
        services.create(agency, by=cast["reader"], said=said())
    with pytest.raises(Stale):
        services.change(series, by=cast["quality"], said=said(), revision=7)
    assert RecordSeries.objects.count() == 1


def test_disposal_takes_a_decision_of_somebody_else(proposed, cast, agency):
    both = hire(agency, "haivai", Role.QUALITY, Role.APPROVER)
    decision = {"number": "12/QĐ-SNV", "decided_on": TODAY}
    Disposal.objects.filter(pk=proposed.pk).update(proposed_by=both)
    mine = Disposal.objects.get(pk=proposed.pk)
    with pytest.raises(PermissionDenied):
        disposals.approve(mine, by=both, **decision)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=mine.pk).update(decided_by=both)

    disposals.approve(mine, by=cast["approver"], **decision)
    assert not RecordFile.objects.kept().exists()
    assert Event.objects.get(name="disposal.approved").facts["number"] == "12/QĐ-SNV"
    with pytest.raises(IllegalMove):
        disposals.approve(mine, by=cast["approver"], **decision)


@pytest.mark.parametrize(
    "wrong",
    [{"number": " "}, {"decided_on": TODAY + dt.timedelta(days=1)},
     {"decided_on": TODAY - dt.timedelta(days=1)}],
)  # fmt: skip
def test_a_decision_has_a_number_and_a_day_that_can_be(wrong, proposed, cast):
    decision = {"number": "12/QĐ-SNV", "decided_on": TODAY} | wrong
    with pytest.raises(Unacceptable):
        disposals.approve(proposed, by=cast["approver"], **decision)
    assert RecordFile.objects.kept().count() == 2


def test_nothing_is_proposed_that_is_open_young_held_or_listed_already(
    keep, proposed, agency, cast, stranger
):
    held = keep(title="bị giữ")
    services.hold(held, by=cast["quality"], reason="Thanh tra.")
    listed = proposed.files.first()
    for file in (keep(None), keep(TODAY), held, listed):
        with pytest.raises(Unacceptable):
            disposals.propose(agency, by=cast["quality"], files=[keep(), file])
    with pytest.raises(Unacceptable):
        disposals.propose(agency, by=cast["quality"], files=[])
    for user in (cast["author"], stranger):
        with pytest.raises(PermissionDenied):
            disposals.propose(agency, by=user, files=[keep()])
    assert Disposal.objects.get() == proposed


def test_a_hold_placed_after_the_proposal_stops_the_whole_list(proposed, cast):
    file = proposed.files.first()
    services.hold(file, by=cast["approver"], reason="Khiếu nại mới.")
    with pytest.raises(Stale):
        disposals.approve(proposed, by=cast["approver"], number="12/QĐ", decided_on=TODAY)
    assert RecordFile.objects.kept().count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordFile.objects.filter(pk=file.pk).update(disposed_on=TODAY)

    services.lift(file, by=cast["approver"], reason="Xong.")
    disposals.approve(
        Disposal.objects.get(pk=proposed.pk), by=cast["approver"], number="12/QĐ", decided_on=TODAY
    )
    with pytest.raises(IllegalMove):
        services.hold(RecordFile.objects.get(pk=file.pk), by=cast["quality"], reason="Muộn.")


def test_refusing_gives_the_files_back(proposed, cast, agency):
    disposals.refuse(proposed, by=cast["approver"], reason="Còn cần.")
    assert RecordFile.objects.disposable(TODAY).count() == 2
    assert proposed.lines.count() == 2, "what was proposed stays written"


def test_the_quality_office_is_warned_once_thirty_days_before(keep, cast):
    soon = TODAY + dt.timedelta(days=30)
    keep(soon.replace(year=soon.year - 5) if soon.day != 29 else soon - dt.timedelta(days=1826))
    keep(TODAY, title="còn lâu")

    services.warn_due()
    services.warn_due()
    assert [n.person for n in Notice.objects.filter(key__contains=":due:")] == [cast["quality"]]
    told = [t for t in waiting_for(again(cast["quality"])) if t.kind == "register"]
    assert len(told) == 1
    assert not [t for t in waiting_for(again(cast["reader"])) if t.kind == "register"]


def test_the_head_finds_the_proposal_in_his_inbox_and_is_told(proposed, cast):
    assert Notice.objects.filter(person=cast["approver"], key__startswith="disposal:").exists()
    assert [t.url for t in waiting_for(again(cast["approver"])) if t.kind == "register"] == [
        proposed.get_absolute_url()
    ]


def test_the_list_is_everybodys_the_files_are_the_keepers(keep, series, cast, stranger, client):
    keep(title="Vụ việc kín")
    client.force_login(again(cast["reader"]))
    assert series.name in client.get("/documents/records/").content.decode()
    assert "Vụ việc kín" not in client.get(series.get_absolute_url()).content.decode()
    data = client.get("/documents/records.xlsx").content
    cells = [c.value for row in load_workbook(io.BytesIO(data)).worksheets[0] for c in row]
    assert series.name in cells
    assert client.get("/documents/records.pdf").content.startswith(b"%PDF-")

    client.force_login(again(cast["quality"]))
    assert "Vụ việc kín" in client.get(series.get_absolute_url()).content.decode()
    client.force_login(stranger)
    assert client.get(series.get_absolute_url()).status_code == 404
    assert series.name not in client.get("/documents/records/").content.decode()
