"""Documents of others: entered once, ended with a day and a successor, their citations seen to."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import (
    CheckVerdict,
    ExternalDocument,
    ExternalGroup,
    ExternalState,
    Reference,
)
from documents.permissions import visible_external_documents
from documents.services import external as services
from documents.services import reference as references
from qms.agencies.models import Agency, User
from qms.home.waiting import waiting_for
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.models import Event

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OLD, NEW = "110/2004/NĐ-CP", "30/2020/NĐ-CP"


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def said(number: str = OLD, **more) -> services.Said:
    facts = {
        "title": "Về công tác văn thư", "issuer": "Chính phủ", "group": ExternalGroup.A,
        "valid_from": TODAY - dt.timedelta(days=400),
    } | more  # fmt: skip
    return services.Said(number=number, **facts)


@pytest.fixture
def old(agency, cast):
    return services.create(agency, by=cast["quality"], said=said())


@pytest.fixture
def new(agency, cast):
    return services.create(agency, by=cast["quality"], said=said(NEW))


@pytest.fixture
def repealed(old, new, cast):
    services.repeal(old, by=cast["quality"], valid_to=TODAY, replaced_by=new, reason=NEW)
    return old


@pytest.fixture
def citing(in_force, repealed):
    """A version in force whose text names the act that no longer holds."""
    Reference.objects.create(version=in_force, to_external=repealed, as_written=OLD)
    return in_force


def test_the_same_number_is_entered_once_however_it_is_spaced(old, agency, cast, stranger):
    with pytest.raises(Unacceptable, match="đã có"):
        services.create(agency, by=cast["quality"], said=said(" 110 / 2004/nđ-cp"))
    elsewhere = Agency.objects.get(pk=next(iter(stranger.standing.agencies)))
    services.create(elsewhere, by=stranger, said=said())
    assert ExternalDocument.objects.count() == 2, "another agency has a list of its own"


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": " "}, {"title": " "},
        {"issued_on": TODAY, "valid_from": TODAY - dt.timedelta(days=1)},
    ],
)  # fmt: skip
def test_nameless_and_unordered_facts_change_nothing(wrong, agency, cast):
    number = wrong.get("number", OLD)
    facts = {name: value for name, value in wrong.items() if name != "number"}
    with pytest.raises(Unacceptable):
        services.create(agency, by=cast["quality"], said=said(number, **facts))
    assert not Event.objects.filter(name__startswith="external").exists()


def test_its_state_follows_from_the_day(repealed, new):
    days = {TODAY - dt.timedelta(days=401): "coming", TODAY - dt.timedelta(days=1): "in_force",
            TODAY: "replaced"}  # fmt: skip
    repealed.refresh_from_db()
    for day, state in days.items():
        assert repealed.state_on(day) == state
        told = {one: ExternalDocument.objects.on(day, one) for one in ExternalState}
        assert [s for s, rows in told.items() if repealed in rows] == [ExternalState(state)]


def test_repealing_refuses_a_circle_a_day_too_early_and_no_ground(repealed, new, cast):
    by = cast["quality"]
    for wrong in (
        {"valid_to": TODAY, "replaced_by": repealed, "reason": "a"},
        {"valid_to": TODAY, "replaced_by": new, "reason": "a"},
        {"valid_to": TODAY - dt.timedelta(days=900), "reason": "a"},
        {"valid_to": TODAY, "reason": " "},
    ):
        with pytest.raises(Unacceptable):
            services.repeal(new, by=by, **wrong)
    assert Event.objects.filter(name="external_document.repealed").count() == 1


def test_a_save_from_an_older_state_is_refused(old, cast):
    services.change(old, by=cast["quality"], said=said(title="Sửa"), revision=1)
    stale = ExternalDocument.objects.get(pk=old.pk)
    with pytest.raises(Stale):
        services.change(stale, by=cast["author"], said=said(title="Khác"), revision=1)
    assert ExternalDocument.objects.get(pk=old.pk).title == "Sửa"


def test_citing_documents_wait_for_the_quality_office_until_looked_at(citing, repealed, cast):
    def tasks(who):
        return [t for t in waiting_for(again(cast[who])) if t.kind == "register"]

    assert len(tasks("quality")) == 1
    assert tasks("reader") == tasks("author") == []

    services.check(
        repealed, by=cast["quality"], version=citing, verdict=CheckVerdict.KEEP, note="Vẫn đúng."
    )
    assert tasks("quality") == []
    with pytest.raises(IllegalMove):
        services.check(
            repealed, by=cast["quality"], version=citing, verdict=CheckVerdict.REVISE, note=""
        )


def test_what_still_holds_or_is_not_cited_is_not_looked_at(citing, new, repealed, draft, cast):
    with pytest.raises(IllegalMove):
        services.check(new, by=cast["quality"], version=citing, verdict="keep", note="")
    citing.references.all().delete()
    with pytest.raises(Unacceptable):
        services.check(repealed, by=cast["quality"], version=citing, verdict="keep", note="")


def test_its_page_lists_who_cites_it(citing, repealed, cast, client):
    client.force_login(again(cast["reader"]))
    page = client.get(repealed.get_absolute_url()).content.decode()
    assert citing.title in page
    assert NEW in page


def test_others_see_nothing_of_the_list(repealed, stranger, client):
    assert not visible_external_documents(stranger).exists()
    client.force_login(stranger)
    assert client.get(repealed.get_absolute_url()).status_code == 404
    assert OLD not in client.get(reverse("documents:external-list")).content.decode()


def test_the_list_of_a_day_as_a_page_and_as_files(repealed, cast, client):
    client.force_login(again(cast["reader"]))
    for day, there in ((TODAY, False), (TODAY - dt.timedelta(days=1), True)):
        query = {"on": f"{day:%d/%m/%Y}", "state": "in_force"}
        assert (OLD in client.get("/documents/external/", query).content.decode()) is there
        data = client.get("/documents/external.xlsx", query).content
        cells = [c.value for row in load_workbook(io.BytesIO(data)).worksheets[0] for c in row]
        assert (OLD in cells) is there
    assert client.get("/documents/external.pdf").content.startswith(b"%PDF-")
    assert client.get("/documents/external/", {"on": "31/02/2026"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [("a.pdf", b"%PDF-1.7 x", 302), ("a.pdf", b"MZ\x90", 422), ("a.exe", b"%PDF-", 422)],
)
def test_a_file_is_what_its_ending_says(name, data, status, agency, cast, client):
    client.force_login(again(cast["author"]))
    form = {
        "agency": agency.pk, "number": OLD, "title": "Về công tác văn thư", "issuer": "Chính phủ",
        "group": "A", "file": SimpleUploadedFile(name, data, "application/pdf"),
    }  # fmt: skip
    assert client.post("/documents/external/new/", form).status_code == status
    made = ExternalDocument.objects.first()
    assert (made is not None) is (status == 302)
    if made:
        answer = client.get(reverse("documents:external-file", args=[made.pk]))
        assert answer.content == data
        assert answer["Content-Disposition"].startswith("attachment")


def test_a_number_entered_later_is_found_in_texts_written_before(draft, agency, cast, write):
    write(draft, "Theo Nghị định số 30/2020/NĐ-CP và BM.30/2020/NĐ-CPX.")
    external = services.create(agency, by=cast["quality"], said=said(NEW))

    references.link_external(external)
    assert draft.references.get().to_external == external
