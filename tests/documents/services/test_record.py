"""Records are kept as long as their list says, longer under a hold, and end by decision only."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from documents.models import Disposal, RecordFile, RecordSeries, Section
from documents.registers.proposals import rows_of
from documents.services import disposal as disposals
from documents.services import record as services
from qms.agencies.models import Role, User
from qms.home.waiting import waiting_for
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.notices.models import Notice
from qms.trail.models import Event
from tests.documents.test_register import cells, pdf_text
from tests.factories import hire

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def series(agency, cast):
    said = services.Said(
        "Đơn thư", 5, dt.date(2015, 1, 1), source="QT-04", legal_basis="TT 10/2022"
    )
    return services.create(agency, by=cast["quality"], said=said)


@pytest.fixture
def keep(series, cast):
    def keep(closed: dt.date | None, title: str = "Năm 2015") -> RecordFile:
        said = services.FileSaid(title, dt.date(2015, 1, 1), closed, "Hộp 3")
        return services.open_file(series, by=cast["quality"], said=said)

    return keep


@pytest.fixture
def due(keep):
    return keep(dt.date(2015, 12, 31))


def again(user):
    return User.objects.get(pk=user.pk)


def approve(disposal, by):
    disposals.approve(disposal, by=by, number="12/QĐ-SNV", decided_on=TODAY)


def test_the_day_follows_from_closing_and_retention(series, keep, cast):
    file = keep(dt.date(2016, 2, 29))
    assert file.due_on == dt.date(2021, 3, 1)
    assert keep(None).due_on is None

    services.change(
        series, by=cast["quality"], revision=1, said=services.Said("Đơn thư", None, series.since)
    )
    file.refresh_from_db()
    assert file.due_on is None, "kept for ever now"
    assert RecordSeries.objects.get().retention == "Vĩnh viễn"


def test_a_disposal_is_proposed_and_decided_by_another(due, agency, cast):
    disposal = disposals.propose(agency, by=cast["quality"], files=[due], note="Hết hạn.")
    assert Notice.objects.get().person == cast["approver"]
    assert [t.url for t in waiting_for(again(cast["approver"]))] == [disposal.get_absolute_url()]

    approve(disposal, cast["approver"])
    due.refresh_from_db()
    assert due.disposed_on == TODAY
    assert disposal.lines.get().title == "Năm 2015"
    assert Event.objects.get(name="disposal.approved").facts["number"] == "12/QĐ-SNV"
    with pytest.raises(IllegalMove):
        approve(disposal, cast["approver"])


def test_who_proposed_never_decides_not_even_in_the_database(due, agency, cast):
    both = hire(agency, "em", Role.APPROVER)
    disposal = disposals.propose(agency, by=both, files=[due])
    with pytest.raises(PermissionDenied):
        approve(disposal, again(both))
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(decided_by=both)


def test_a_hold_stops_a_disposal_until_it_is_lifted(due, agency, cast):
    services.hold(due, by=cast["approver"], reason="Tòa án yêu cầu.")
    with pytest.raises(Unacceptable):
        disposals.propose(agency, by=cast["quality"], files=[due])
    assert not Disposal.objects.exists()
    services.lift(due, by=cast["approver"], reason="Đã xét xử.")

    disposal = disposals.propose(agency, by=cast["quality"], files=[due])
    services.hold(due, by=cast["quality"], reason="Thanh tra.")
    with pytest.raises(Stale), transaction.atomic():
        approve(Disposal.objects.get(), cast["approver"])
    due.refresh_from_db()
    assert due.disposed_on is None
    assert Disposal.objects.get().state == "proposed"
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordFile.objects.filter(pk=due.pk).update(disposed_on=TODAY)
    assert disposal.pk


def test_only_what_is_due_and_of_the_agency_is_disposed_of(due, keep, agency, cast, stranger):
    fresh = keep(TODAY, "Mới đóng")
    for files in ([], [fresh], [due, fresh]):
        with pytest.raises(Unacceptable):
            disposals.propose(agency, by=cast["quality"], files=files)
    assert RecordFile.objects.filter(disposal=None).count() == 2
    elsewhere = stranger.memberships.first().agency
    with pytest.raises(Unacceptable):
        disposals.propose(elsewhere, by=stranger, files=[due])
    with pytest.raises(PermissionDenied):
        disposals.propose(agency, by=stranger, files=[due])


def test_a_file_stands_on_one_list_and_a_refused_list_gives_it_back(due, agency, cast):
    disposal = disposals.propose(agency, by=cast["quality"], files=[due])
    with pytest.raises(Unacceptable):
        disposals.propose(agency, by=cast["quality"], files=[due])
    due.refresh_from_db()
    with pytest.raises(IllegalMove, match="đề nghị hủy"):
        services.change_file(
            due, by=cast["quality"], said=services.FileSaid("x", TODAY), revision=1
        )

    disposals.refuse(disposal, by=cast["approver"], reason="Còn dùng.")
    assert disposals.propose(agency, by=cast["quality"], files=[due]).pk != disposal.pk


@pytest.mark.parametrize(("number", "day"), [
    ("", TODAY), ("1/QĐ", TODAY + dt.timedelta(days=1)), ("1/QĐ", TODAY - dt.timedelta(days=1)),
])  # fmt: skip
def test_a_decision_has_a_number_and_a_possible_day(number, day, due, agency, cast):
    disposal = disposals.propose(agency, by=cast["quality"], files=[due])
    with pytest.raises(Unacceptable), transaction.atomic():
        disposals.approve(disposal, by=cast["approver"], number=number, decided_on=day)
    due.refresh_from_db()
    assert due.disposed_on is None


def test_hold_and_lift_refuse_without_reason_and_twice(due, cast):
    for act in (services.hold, services.lift):
        with pytest.raises(Unacceptable):
            act(due, by=cast["quality"], reason=" ")
        with pytest.raises(PermissionDenied):
            act(due, by=cast["reader"], reason="a")
    with pytest.raises(IllegalMove):
        services.lift(due, by=cast["quality"], reason="a")
    services.hold(due, by=cast["quality"], reason="a")
    with pytest.raises(IllegalMove):
        services.hold(due, by=cast["quality"], reason="a")


def test_thirty_days_before_the_day_the_quality_office_is_told_once(keep, cast):
    soon = (TODAY + dt.timedelta(days=30)).replace(year=TODAY.year - 5)
    file, later = keep(soon), keep(soon + dt.timedelta(days=2), "Sau")
    for _round in (1, 2):
        services.warn_due()

    told = Notice.objects.get()
    assert (told.person, file.title in told.subject) == (cast["quality"], True)
    (task,) = (t for t in waiting_for(again(cast["quality"])) if t.kind == "register")
    assert task.due_on == file.due_on
    assert later.due_on > TODAY + dt.timedelta(days=30)


def test_days_out_of_order_and_older_states_are_refused(keep, due, series, cast):
    quality = cast["quality"]
    for said in (
        services.FileSaid("a", TODAY, TODAY - dt.timedelta(days=1)),
        services.FileSaid("a", TODAY, TODAY + dt.timedelta(days=1)),
    ):
        with pytest.raises(Unacceptable):
            services.open_file(series, by=quality, said=said)
    services.change_file(due, by=quality, said=services.FileSaid("b", TODAY), revision=1)
    with pytest.raises(Stale):
        services.change_file(due, by=quality, said=services.FileSaid("c", TODAY), revision=1)
    with pytest.raises(Stale):
        services.change(series, by=quality, said=services.Said("a", 1, TODAY), revision=9)


def test_strangers_learn_nothing_and_readers_see_the_list_only(
    due, series, cast, stranger, client
):
    client.force_login(stranger)
    assert client.get(series.get_absolute_url()).status_code == 404
    assert client.get(f"/documents/records/files/{due.pk}/").status_code == 404
    for page in ("/documents/records/", "/documents/disposals/"):
        assert "Đơn thư" not in client.get(page).content.decode()
    client.force_login(cast["reader"])
    assert "Năm 2015" not in client.get(series.get_absolute_url()).content.decode()


def test_the_register_as_of_a_day_on_page_sheet_and_paper(due, series, cast, client):
    client.force_login(cast["reader"])
    assert "Đơn thư" in client.get("/documents/records/").content.decode()
    long_ago = client.get("/documents/records/", {"on": "01/01/2014"}).content.decode()
    assert "Đơn thư" not in long_ago
    assert "Đơn thư" in pdf_text(client.get("/documents/records.pdf").content)
    assert "5 năm" in cells(client, "/documents/records.xlsx")
    assert "Đơn thư" not in client.get("/documents/records/", {"keep": "ever"}).content.decode()


def test_section_seven_of_a_procedure_becomes_proposals(in_force):
    html = (
        "<table><tbody><tr><th>TT</th><th>Hồ sơ lưu</th><th>Bộ phận lưu</th><th>Thời gian lưu</th></tr>"
        "<tr><td>1</td><td>Phiếu yêu cầu &amp; bản thảo</td><td>Văn phòng</td><td>05 năm</td></tr>"
        "<tr><td>2</td><td>Sổ phân phối</td><td>Văn thư</td><td>Vĩnh viễn</td></tr></tbody></table>"
    )
    section = Section(version=in_force, title="Hồ sơ cần lưu", html=html)

    told = [(p.name, p.place, p.years) for p in rows_of(section)]
    assert told == [
        ("Phiếu yêu cầu & bản thảo", "Văn phòng", 5),
        ("Sổ phân phối", "Văn thư", None),
    ]
    assert list(rows_of(Section(version=in_force, html="<p>Lưu 5 năm.</p>"))) == []


def test_the_list_shows_what_was_decided_and_what_waits(keep, agency, cast, client):
    for title, number in (("a", "12/QĐ-SNV"), ("b", "")):
        file = keep(dt.date(2015, 12, 31), title)
        disposal = disposals.propose(agency, by=cast["quality"], files=[file])
        if number:
            approve(disposal, cast["approver"])
    client.force_login(cast["quality"])

    page = client.get("/documents/disposals/").content.decode()
    assert "12/QĐ-SNV" in page
    assert page.count(f"{TODAY:%d/%m/%Y}") == 2


@pytest.mark.django_db(transaction=True)
def test_a_hold_and_a_decision_at_once_never_both(series, keep, agency, cast):
    """Eight pairs at the same moment: a file is held or disposed of, and who came second is told."""
    files = [keep(dt.date(2015, 12, 31), f"Hồ sơ {n}") for n in range(8)]
    lists = [disposals.propose(agency, by=cast["quality"], files=[file]) for file in files]
    gate, told = threading.Barrier(2), []

    def tries(act, things):
        try:
            for thing in things:
                gate.wait()
                try:
                    act(type(thing).objects.get(pk=thing.pk))
                    told.append("done")
                except (IllegalMove, Stale):
                    told.append("refused")
        finally:
            connection.close()

    def hold(file):
        services.hold(file, by=again(cast["quality"]), reason="Thanh tra.")

    threads = [
        threading.Thread(target=tries, args=(hold, files)),
        threading.Thread(
            target=tries, args=(lambda one: approve(one, again(cast["approver"])), lists)
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["done"] * 8 + ["refused"] * 8
    assert not RecordFile.objects.filter(held=True, disposed_on__isnull=False).exists()
    decided = Disposal.objects.filter(state="approved").count()
    assert RecordFile.objects.filter(disposed_on__isnull=False).count() == decided
