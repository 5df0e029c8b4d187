"""TTHC procedures: what is said of the formality, a step table that adds up, a due moment."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from documents.forms.procedure import NOTHING
from documents.models import DocumentKind, ProcedureDetails, ProcedureStep, Section, Version
from documents.services import content as contents
from documents.services import control as controls
from documents.services import draft as drafts
from documents.services import procedure as services
from documents.services import redline as redlines
from documents.services import version as versions
from qms.kernel.content import Step, content_hash
from qms.kernel.procedures import TITLE
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.models import Event
from qms.vault import services as vault
from qms.word import writing
from tests.pdf import pages_of
from tests.signing import approve

pytestmark = pytest.mark.django_db
STEPS = (
    Step("Tiếp nhận hồ sơ", "Bộ phận Một cửa", 120, "hour", "Mẫu 01"),
    Step("Thẩm định", "Chuyên viên", 360, "hour", "Dự thảo"),
    Step("Ký duyệt", "Lãnh đạo Sở", 480, "day", "Quyết định"),
    Step("Đóng dấu <b>", "Văn thư", 0, "day", ""),
)
SAID = replace(
    NOTHING, national_code="1.001234", field="Tôn giáo", level="province", online="part",
    act_number="12/QĐ-UBND", act_on=dt.date(2026, 3, 5), minutes=960, unit="day", steps=STEPS,
)  # fmt: skip


@pytest.fixture
def tthc(agency, cast, write):
    return write(drafts.create(
        agency, by=cast["author"], kind=DocumentKind.TTHC_PROCEDURE, code="QT.TG.01",
        title="Đăng ký hoạt động",
    ))  # fmt: skip


@pytest.fixture
def fill(cast):
    def fill(version: Version, said=SAID, by="author", revision=None):
        version.refresh_from_db()
        services.change(
            version, by=cast[by], said=said, revision=revision or version.revision
        )  # fmt: skip
        return version

    return fill


def test_what_was_typed_is_what_the_version_says(tthc, fill, cast):
    before = contents.hash_of(tthc)
    fill(tthc)

    assert contents.content_of(tthc).procedure == SAID
    assert contents.hash_of(tthc) != before
    event = Event.objects.get(name="procedure_details.changed")
    assert (event.by, event.facts["steps"]) == (cast["author"], 4)
    assert "1.001234" in tthc.text_folded


def test_a_document_without_details_hashes_as_it_always_did(draft):
    content = contents.content_of(draft)
    assert content.procedure is None
    assert content_hash(content) == content_hash(replace(content, procedure=None))
    assert content_hash(content) != content_hash(replace(content, procedure=SAID))


def test_change_refuses_whoever_does_not_write_it(tthc, fill, stranger, cast):
    for who in ("reader", "reviewer", "approver"):
        with pytest.raises(PermissionDenied):
            fill(tthc, by=who)
    with pytest.raises(PermissionDenied):
        services.change(tthc, by=stranger, said=SAID, revision=1)
    assert not ProcedureDetails.objects.exists()


@pytest.mark.parametrize("wrong", [
    {"national_code": "1234"}, {"act_number": ""}, {"steps": (replace(STEPS[0], name=" "),)},
    {"steps": STEPS * 20},
])  # fmt: skip
def test_change_refuses_what_cannot_be(wrong, tthc, fill):
    with pytest.raises(Unacceptable):
        fill(tthc, replace(SAID, **wrong))
    assert not Event.objects.filter(name="procedure_details.changed").exists()


def test_change_refuses_other_kinds_and_what_is_submitted(tthc, fill, draft, cast):
    with pytest.raises(IllegalMove):
        fill(draft)
    fill(tthc)
    versions.submit(tthc, by=cast["author"])
    with pytest.raises(IllegalMove):
        fill(tthc)


def test_of_two_who_save_the_second_is_told(tthc, fill):
    fill(tthc, revision=1)
    with pytest.raises(Stale):
        fill(tthc, replace(SAID, field="Khác"), by="quality", revision=1)
    assert contents.content_of(tthc).procedure.field == "Tôn giáo"


@pytest.mark.parametrize("change", [{"minutes": 1440}, {"minutes": 0}, {"steps": ()}])
def test_what_does_not_add_up_is_kept_as_a_draft_and_not_submitted(change, tthc, fill, cast):
    fill(tthc, replace(SAID, **change))
    with pytest.raises(Unacceptable, match="thời gian"):
        versions.submit(tthc, by=cast["author"])
    fill(tthc)
    versions.submit(tthc, by=cast["author"])


def test_in_force_it_is_printed_and_the_database_keeps_it(tthc, fill, cast):
    fill(tthc)
    versions.submit(tthc, by=cast["author"])
    versions.review(tthc, by=cast["reviewer"])
    approve(tthc, by=cast["approver"], effective_on=timezone.localdate())

    printed = " ".join(pages_of(vault.read(tthc.sealed_file)))
    for said in ("1.001234", "Bộ phận Một cửa", "2 ngày làm việc", "Đóng dấu <b>"):
        assert said in printed
    for act in (
        lambda: ProcedureStep.objects.filter(version=tthc).update(minutes=1),
        lambda: ProcedureStep.objects.filter(version=tthc).delete(),
        lambda: ProcedureDetails.objects.filter(version=tthc).update(national_code="1.999999"),
        lambda: ProcedureStep.objects.create(version=tthc, order=9, name="Thêm"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert contents.hash_of(tthc) == tthc.content_hash


def test_a_revision_begins_with_the_details_and_the_redline_shows_their_change(tthc, fill, cast):
    fill(tthc)
    versions.submit(tthc, by=cast["author"])
    versions.review(tthc, by=cast["reviewer"])
    approve(tthc, by=cast["approver"], effective_on=timezone.localdate())
    revised = drafts.revise(tthc, by=cast["author"])
    assert contents.content_of(revised).procedure == SAID

    steps = (replace(STEPS[0], responsible="Trung tâm Phục vụ hành chính công"), *STEPS[1:])
    fill(revised, replace(SAID, steps=steps))
    redline = redlines.compare(contents.content_of(tthc), contents.content_of(revised))
    assert [part.title for part in redline.parts if part.changes] == [TITLE]


def test_the_word_file_shows_the_table_and_coming_back_does_not_double_it(tthc, fill, cast):
    fill(tthc)
    before = contents.content_of(tthc)
    data = writing.docx(before, assets={})
    drafts.upload(tthc, by=cast["author"], data=data, name="QT.docx", revision=tthc.revision)

    after = contents.content_of(tthc)
    assert after.procedure == SAID
    assert [s.title for s in after.sections] == [s.title for s in before.sections]
    assert "Văn thư" not in after.sections[-1].html


def test_the_table_of_the_text_is_proposed(tthc, client, cast):
    section = Section.objects.get(version=tthc, number="5")
    section.html = (
        "<p>Thời gian giải quyết: 02 ngày làm việc</p><table><tr><td>TT</td><td>Trình tự</td>"
        "<td>Trách nhiệm</td><td>Thời gian</td></tr><tr><td>1</td><td>Tiếp nhận</td>"
        "<td>Một cửa</td><td>½ ngày</td></tr><tr><td>2</td><td>Xem xét</td><td>Văn phòng</td>"
        "<td>1,5</td></tr></table>"
    )
    section.save()
    found = services.proposal(tthc)
    assert [s.minutes for s in found.said.steps] == [240, 720]
    assert (found.said.minutes, services.faults(found.said)) == (960, [])
    assert len(found.unsure) == 1

    client.force_login(cast["author"])
    page = client.get(reverse("documents:procedure-change", args=[tthc.pk])).content.decode()
    assert "0,5 ngày làm việc" in page
    assert not ProcedureDetails.objects.exists()


def test_the_page_takes_rows_in_the_order_typed_and_warns_of_the_sum(tthc, client, cast):
    client.force_login(cast["author"])
    url = reverse("documents:procedure-change", args=[tthc.pk])
    rows = {
        "revision": 1, "rows": 3, "total": "3 ngày", "national_code": "1.001234",
        "order_1": 2, "name_1": "Ký", "time_1": "1 ngày", "order_2": 1, "name_2": "Nhận",
        "time_2": "4 giờ",
    }  # fmt: skip
    said = client.post(url, rows, follow=True).content.decode()
    assert [s.name for s in tthc.steps.all()] == ["Nhận", "Ký"]
    assert "khác tổng thời gian giải quyết 3 ngày làm việc" in said

    wrong = client.post(url, rows | {"time_1": "một lúc", "national_code": "x"})
    assert wrong.status_code == 422
    assert "1/2 ngày" in wrong.content.decode()
    assert client.post(url, rows).status_code == 409  # made from an earlier save


def test_a_due_moment_goes_by_the_agencys_own_days_too(tthc, fill, agency, cast):
    at = timezone.make_aware(dt.datetime(2027, 2, 4, 8, 0))  # noqa: DTZ001  # made aware here
    assert services.due(SAID, agency, at=at).unknown == ("Tết Nguyên đán 2027",)

    off = [f"2027-02-{day:02d}" for day in range(5, 13)]
    controls.change(agency, by=cast["quality"], code_patterns={}, days_off=off)
    due = services.due(SAID, agency, at=at)
    assert (due.unknown, timezone.localtime(due.at).date()) == ((), dt.date(2027, 2, 16))
    assert services.due(NOTHING, agency) is None
