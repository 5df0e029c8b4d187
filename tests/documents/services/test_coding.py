"""Codes come from the agency's pattern: without gaps, without doubles, whoever asks at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from documents.models import ControlSettings, Document, DocumentKind
from documents.services import amendment as amendments
from documents.services import coding
from documents.services import control as controls
from documents.services import document as documents
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import User
from qms.kernel.content import Amendment
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.trail.models import Event
from tests.factories import hire
from tests.signing import approve
from tests.words import say

pytestmark = pytest.mark.django_db
PROCEDURE = DocumentKind.SYSTEM_PROCEDURE


@pytest.fixture
def begin(agency, cast):
    def begin(kind=PROCEDURE, **said):
        return drafts.create(
            agency, by=cast["author"], kind=kind, title="Quy trình", **said
        ).document

    return begin


@pytest.fixture
def patterns(agency, cast):
    def patterns(**by_kind):
        return controls.change(agency, by=cast["quality"], code_patterns=by_kind)

    return patterns


def test_an_empty_code_gets_the_next_and_passes_what_is_taken(begin, patterns, agency):
    patterns(system_procedure="QT-{seq:02}")
    begin(code="QT-02")
    begin(code="qt - 03")
    assert coding.next_code(agency, PROCEDURE) == "QT-01"

    assert [begin().code for _n in range(2)] == ["QT-01", "QT-04"]
    assert Event.objects.order_by("pk").last().facts["passed"] == ["QT-02", "QT-03"]
    assert coding.next_code(agency, PROCEDURE) == "QT-05"


def test_what_is_taken_differs_only_in_spaces_case_or_accents(begin):
    begin(code="QĐ 01/CX")
    for again in ("QĐ01/CX", "qđ 01/cx", "QD 01/CX"):
        with pytest.raises(Unacceptable, match="đã dùng cho"):
            begin(code=again)


def test_a_refused_document_gives_its_number_back(begin, patterns, agency):
    patterns(system_procedure="QT-{seq:02}")
    with pytest.raises(Unacceptable):
        drafts.create(agency, by=User.objects.get(username="binh"), kind=PROCEDURE, title=" ")
    assert begin().code == "QT-01"


def test_the_counter_begins_anew_with_the_year(begin, patterns, monkeypatch):
    patterns(system_procedure="QT-{seq:02}/{year}")
    moments = iter([
        dt.datetime(2026, 12, 31, 16, 59, tzinfo=dt.UTC),  # 23:59 in Đồng Tháp
        dt.datetime(2026, 12, 31, 17, 1, tzinfo=dt.UTC),  # 00:01 there, still the old year in UTC
    ])  # fmt: skip
    monkeypatch.setattr(
        coding.timezone, "localdate", lambda: timezone.localtime(next(moments)).date()
    )
    agency = ControlSettings.objects.get().agency
    codes = [coding.take_code(agency, PROCEDURE).code for _n in range(2)]

    assert codes == ["QT-01/2026", "QT-01/2027"]


def test_a_form_takes_its_number_from_its_procedure(begin, agency, stranger):
    procedure = begin(code="QT.01")
    form = begin(DocumentKind.FORM, parent=procedure)
    assert (form.code, form.parent) == ("BM.01.01", procedure)
    assert begin(DocumentKind.FORM, parent=procedure).code == "BM.01.02"

    with pytest.raises(Unacceptable, match="cần quy trình"):
        begin(DocumentKind.FORM)
    with pytest.raises(Unacceptable):
        begin(PROCEDURE, parent=procedure)
    with pytest.raises(Unacceptable):
        begin(DocumentKind.FORM, parent=form)


def test_the_forms_of_a_procedure_have_a_page(client, begin, cast):
    procedure = begin(code="QT.01")
    begin(DocumentKind.FORM, parent=procedure)
    client.force_login(cast["author"])
    page = client.get(reverse("documents:version-forms", args=[procedure.versions.get().pk]))

    assert "BM.01.01" in page.content.decode()


def test_settings_are_the_quality_offices_and_each_change_is_in_the_trail(agency, cast, patterns):
    for person in (cast["author"], cast["approver"]):
        with pytest.raises(PermissionDenied):
            controls.change(agency, by=person, code_patterns={})
    with pytest.raises(Unacceptable):
        patterns(system_procedure="QT")
    patterns(system_procedure="QT-{seq:02}")
    patterns(system_procedure="QT-{seq:02}")
    controls.change(
        agency,
        by=cast["quality"],
        code_patterns={"system_procedure": "QT-{seq:02}"},
        decide_days=5,
    )

    changes = Event.objects.filter(name="control_settings.changed").order_by("pk")
    assert [e.facts["changed"] for e in changes] == [
        {"code_patterns": [{}, {"system_procedure": "QT-{seq:02}"}]},
        {"decide_days": [3, 5]},
    ]


def test_the_settings_page_says_at_the_field_what_is_wrong(client, agency, cast):
    client.force_login(cast["quality"])
    url = reverse("documents:control-change")
    said = {
        "agency": agency.pk, "decide_days": 3, "remind_days": 1, "escalate_days": 3,
        "read_days": 10, "review_months": 36, "pattern_form": "BM.{ma}",
    }  # fmt: skip
    assert "Không có thành phần {ma}" in client.post(url, said).content.decode()
    shown = client.post(url, said | {"pattern_form": "BM {parent}/{seq:03}", "preview": "1"})
    assert "BM 01/001" in shown.content.decode()
    assert not ControlSettings.objects.exists()
    days = {"days_off": "05/02/2027 - 08/02/2027\n10/02/2027", "days_worked": "20/02/2027"}
    assert client.post(url, said | days | {"days_worked": "mai"}).status_code == 422
    said |= days | {"pattern_form": "BM.{parent}.{seq}"}
    assert client.post(url, said).status_code == 302
    kept = ControlSettings.objects.get()
    assert kept.days_off == [f"2027-02-{day}" for day in ("05", "06", "07", "08", "10")]
    assert "05/02/2027\n06/02/2027" in client.get(url).content.decode()


def test_a_code_that_grows_too_long_is_refused(begin, patterns):
    patterns(system_procedure="Quy trình hệ thống quản lý chất lượng {field}-{seq:02}")
    with pytest.raises(Unacceptable, match="dài quá 60"):
        begin(field="TÔN GIÁO VÀ TÍN NGƯỠNG")


def test_a_form_that_came_in_alone_is_attached_to_its_procedure(begin, agency, cast, stranger):
    procedure, form = begin(code="QT.01"), begin(DocumentKind.FORM, code="BM 7")
    for person in (cast["reader"], cast["approver"], stranger):
        with pytest.raises(PermissionDenied):
            documents.attach(form, by=person, parent=procedure)
    with pytest.raises(IllegalMove):
        documents.attach(procedure, by=cast["author"], parent=procedure)
    with pytest.raises(Unacceptable):
        documents.attach(form, by=cast["author"], parent=begin(DocumentKind.FORM, code="BM 8"))

    documents.attach(form, by=cast["author"], parent=procedure)
    assert (form.parent, form.code) == (procedure, "BM 7")
    facts = Event.objects.get(name="document.attached").facts
    assert (facts["before"], facts["after"]) == ("", str(procedure))
    with pytest.raises(Unacceptable):
        documents.attach(form, by=cast["author"], parent=procedure)
    far = drafts.create(
        stranger.memberships.first().agency, by=stranger, kind=PROCEDURE, title="Khác"
    )
    with pytest.raises(Unacceptable):
        documents.attach(form, by=cast["author"], parent=far.document)


def test_the_lines_of_the_sheet_follow_the_number(in_force, cast):
    draft = drafts.revise(in_force, by=cast["author"])
    lines = [Amendment("", "Mục 5", "Sửa mục 5.", *amendments.stamp(draft))]
    amendments.amend(draft, by=cast["author"], lines=lines, kept=0, revision=draft.revision)
    drafts.renumber(draft, by=cast["author"], counting="issue")

    assert [line.number for line in draft.amendments.all()] == ["02/00"]


def test_the_forms_that_remain_are_named_on_the_page(client, in_force, agency, cast):
    form = drafts.create(
        agency, by=cast["author"], kind=DocumentKind.FORM, title="Phiếu", parent=in_force.document
    )
    versions.submit(form, by=cast["author"])
    versions.review(form, by=cast["reviewer"])
    approve(form, by=cast["approver"], effective_on=timezone.localdate())
    client.force_login(cast["quality"])

    page = client.get(in_force.get_absolute_url()).content.decode()
    assert form.get_absolute_url() in page
    assert "vẫn còn hiệu lực sau khi bãi bỏ" in page


def test_a_new_issue_begins_the_amendments_anew(in_force, cast):
    draft = say(drafts.revise(in_force, by=cast["author"], counting="issue"))
    assert (draft.issue_no, draft.amendment_no) == (2, 0)
    drafts.renumber(draft, by=cast["author"], counting="amendment")
    assert (draft.issue_no, draft.amendment_no) == (1, 1)
    versions.submit(draft, by=cast["author"])
    with pytest.raises(IllegalMove):
        drafts.renumber(draft, by=cast["author"], counting="issue")


def test_an_agency_with_one_counter_counts_issues(in_force, agency, cast):
    ControlSettings.objects.create(agency=agency, counts_amendments=False)
    draft = drafts.revise(in_force, by=cast["author"])

    assert (draft.issue_no, draft.amendment_no) == (2, 0)
    with pytest.raises(Unacceptable):
        drafts.renumber(draft, by=cast["author"], counting="amendment")


@pytest.mark.django_db(transaction=True)
def test_of_200_at_once_each_gets_its_own_code_and_none_is_left_out(agency, cast):
    author = hire(agency, "nhieu", "author").pk

    def begin(n):
        try:
            by = User.objects.get(pk=author)
            drafts.create(agency, by=by, kind=PROCEDURE, title=f"Quy trình {n}")
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(begin, range(200)))

    codes = sorted(Document.objects.filter(kind=PROCEDURE).values_list("code", flat=True))
    assert codes == sorted(f"QT.{n:02d}" for n in range(1, 201))
