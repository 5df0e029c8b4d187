"""The list of documents of others: entered once, ended on a day, looked at where it is cited."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from documents.models import ExternalDocument, ExternalGroup, ExternalState, Reference
from documents.services import external as services
from documents.services import reader as readers
from qms.agencies.models import User
from qms.home.waiting import waiting_for
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.models import Event
from tests.documents.test_register import cells, pdf_text

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BEGAN = dt.date(2020, 3, 5)


def said(number="30/2020/NĐ-CP", **more):
    facts = {"issuer": "Chính phủ", "group": ExternalGroup.A, "valid_from": BEGAN}
    return services.Said(number=number, title=f"Công tác văn thư {number}", **facts | more)


@pytest.fixture
def act(agency, cast):
    return services.create(agency, by=cast["quality"], said=said())


@pytest.fixture
def cited(act, in_force):
    Reference.objects.create(version=in_force, to_external=act, as_written=act.number)
    return act


def again(user):
    return User.objects.get(pk=user.pk)


def tasks(user):
    return [t for t in waiting_for(again(user)) if t.kind == "register"]


def test_its_state_follows_from_its_days(act, agency, cast):
    newer = services.create(agency, by=cast["quality"], said=said("1/2027/NĐ-CP",
                            valid_from=TODAY + dt.timedelta(days=9)))  # fmt: skip
    day = TODAY - dt.timedelta(days=1)
    assert act.state_on(TODAY) == ExternalState.IN_FORCE
    assert newer.state_on(TODAY) == ExternalState.COMING

    services.repeal(
        act, by=cast["quality"], valid_to=TODAY, replaced_by=newer, reason="Nghị định mới."
    )
    assert (act.state_on(day), act.state_on(TODAY)) == ("in_force", "replaced")
    for state in ExternalState:
        for at in (day, TODAY, TODAY + dt.timedelta(days=20)):
            listed = set(ExternalDocument.objects.on(at, state))
            assert listed == {one for one in (act, newer) if one.state_on(at) == state}


@pytest.mark.parametrize("number", ["30/2020/NĐ-CP", " 30/2020/nđ-cp ", "30 /2020/NĐ-CP"])
def test_a_number_is_entered_once_however_it_is_typed(number, act, agency, cast):
    before = Event.objects.count()
    with pytest.raises(Unacceptable, match="đã có trong danh mục"):
        services.create(agency, by=cast["quality"], said=said(number))
    assert ExternalDocument.objects.count() == 1
    assert Event.objects.count() == before


def test_dates_out_of_order_and_a_circle_are_refused(act, agency, cast):
    quality = cast["quality"]
    with pytest.raises(Unacceptable, match="trước ngày ban hành"):
        services.create(agency, by=quality, said=said("2/2020/NĐ-CP", issued_on=TODAY))
    with pytest.raises(Unacceptable, match="sau ngày có hiệu lực"):
        services.repeal(act, by=quality, valid_to=BEGAN, reason="a")
    newer = services.create(agency, by=quality, said=said("1/2027/NĐ-CP"))
    services.repeal(act, by=quality, valid_to=TODAY, replaced_by=newer, reason="a")
    with pytest.raises(Unacceptable, match="chính văn bản này"):
        services.repeal(newer, by=quality, valid_to=TODAY, replaced_by=act, reason="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExternalDocument.objects.filter(pk=act.pk).update(valid_to=BEGAN)


def test_a_save_from_an_older_state_overwrites_nothing(act, cast):
    services.change(act, by=cast["quality"], said=said(issuer="Quốc hội"), revision=1)
    with pytest.raises(Stale):
        services.change(act, by=cast["quality"], said=said(issuer="Khác"), revision=1)
    assert ExternalDocument.objects.get().issuer == "Quốc hội"


def test_others_than_writers_and_other_agencies_are_refused(act, cast, stranger, client):
    with pytest.raises(Exception, match="không có quyền"):
        services.repeal(act, by=cast["reader"], valid_to=TODAY, reason="a")
    client.force_login(stranger)
    assert client.get(act.get_absolute_url()).status_code == 404
    assert "30/2020" not in client.get("/documents/external/").content.decode()
    assert not any("30/2020" in c for c in cells(client, "/documents/external.xlsx"))


def test_what_cites_a_repealed_act_waits_for_the_quality_office_until_it_was_looked_at(
    cited, in_force, cast
):
    assert tasks(cast["quality"]) == []
    services.repeal(cited, by=cast["quality"], valid_to=TODAY, reason="Bãi bỏ.")

    (task,) = tasks(cast["quality"])
    assert in_force.title in task.title
    assert task.url == cited.get_absolute_url()
    assert tasks(cast["author"]) == []
    services.check(
        cited, by=cast["quality"], version=in_force, verdict="keep", note="Chỉ viện dẫn."
    )
    assert tasks(cast["quality"]) == []
    with pytest.raises(IllegalMove, match="vừa xem lại"):
        services.check(cited, by=cast["quality"], version=in_force, verdict="keep", note="")


def test_a_day_in_the_future_waits_for_its_day(cited, cast, in_force):
    later = TODAY + dt.timedelta(days=3)
    services.repeal(cited, by=cast["quality"], valid_to=later, reason="Bãi bỏ.")
    assert tasks(cast["quality"]) == []
    with pytest.raises(IllegalMove, match="vẫn còn hiệu lực"):
        services.check(cited, by=cast["quality"], version=in_force, verdict="keep", note="")


def test_the_page_lists_what_cites_it_but_not_what_is_hidden(cited, in_force, cast, client):
    for user, hidden, there in (
        ("reader", False, True), ("reader", True, False), ("quality", True, True),
    ):  # fmt: skip
        if hidden and not in_force.document.restricted:
            readers.restrict(in_force.document, by=cast["quality"], reason="Nhân sự.")
        client.force_login(again(cast[user]))
        page = client.get(cited.get_absolute_url()).content.decode()
        assert (in_force.title in page) is there


def test_the_register_as_of_a_day_on_page_sheet_and_paper(act, agency, cast, client):
    services.create(agency, by=cast["quality"], said=said("=cmd|x/2021/TT", group=ExternalGroup.B))
    services.repeal(act, by=cast["quality"], valid_to=TODAY, reason="Bãi bỏ.")
    client.force_login(again(cast["reader"]))
    before = f"{TODAY - dt.timedelta(days=1):%d/%m/%Y}"

    held = client.get("/documents/external/", {"on": before, "state": "in_force"}).content.decode()
    assert "30/2020" in held
    now = client.get("/documents/external/", {"state": "in_force"}).content.decode()
    assert "30/2020" not in now.split("<tbody>")[1]
    assert "30/2020/NĐ-CP" in pdf_text(client.get("/documents/external.pdf").content)
    rows = cells(client, "/documents/external.xlsx", raw=True)
    assert any(c.value == "=cmd|x/2021/TT" and c.data_type == "s" for c in rows)
    assert client.get("/documents/external/", {"on": "31/02/2026"}).status_code == 422
    assert client.get("/documents/external.pdf", {"state": "x"}).status_code == 422


@pytest.mark.parametrize(("name", "data", "status"), [
    ("luat.pdf", b"%PDF-1.7 ...", 302), ("luat.pdf", b"<html>", 422), ("luat.exe", b"MZ", 422),
    ("luat.docx", b"%PDF-1.7", 422), ("luat.pdf", b"", 422),
])  # fmt: skip
def test_the_file_is_what_its_ending_says_and_leaves_as_a_download(
    name, data, status, agency, cast, client
):
    client.force_login(cast["quality"])
    facts = {
        "agency": agency.pk,
        "number": "9/2026/L",
        "title": "Luật",
        "issuer": "Quốc hội",
        "group": "A",
    }

    response = client.post(
        "/documents/external/new/", facts | {"file": SimpleUploadedFile(name, data)}
    )
    assert response.status_code == status
    assert ExternalDocument.objects.count() == (status == 302)
    if status == 302:
        one = ExternalDocument.objects.get()
        file = client.get(reverse("documents:external-file", args=[one.pk]))
        assert file["Content-Disposition"].startswith("attachment")
        assert file["X-Content-Type-Options"] == "nosniff"


def test_another_agency_has_a_list_of_its_own(act, stranger):
    elsewhere = stranger.memberships.first().agency
    services.create(elsewhere, by=stranger, said=said())
    assert ExternalDocument.objects.count() == 2


def test_what_does_not_cite_it_is_not_looked_at(act, in_force, cast):
    services.repeal(act, by=cast["quality"], valid_to=TODAY, reason="Bãi bỏ.")
    with pytest.raises(Unacceptable, match="không viện dẫn"):
        services.check(act, by=cast["quality"], version=in_force, verdict="keep", note="")


def test_a_script_is_no_link(agency, cast, client):
    client.force_login(cast["quality"])
    facts = {
        "agency": agency.pk,
        "number": "9/2026/L",
        "title": "Luật",
        "issuer": "Quốc hội",
        "group": "A",
    }
    response = client.post("/documents/external/new/", facts | {"link": "javascript:alert(1)"})
    assert response.status_code == 422
