"""A decision of promulgation: whose it is, what it says, and a number that is given once."""

import io
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from docx import Document

from documents.models import PromulgatedVersion, Promulgation
from documents.permissions import visible_promulgations
from documents.services import promulgation as services
from documents.services import version as versions
from documents.services.decree import decree_of, first_wording
from documents.services.promulgation import Wording
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.paper.render import decree_pdf
from qms.trail.models import Event
from qms.trail.services import first_fault
from qms.vault import services as vault
from qms.word.decree import decree_docx
from tests.pdf import pages_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
WORDING = Wording(
    subject="Về việc ban hành tài liệu Hệ thống quản lý chất lượng",
    issuer="GIÁM ĐỐC SỞ NỘI VỤ", symbol="QĐ-SNV", place="Đồng Tháp",
    grounds=["Căn cứ Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014", "Theo đề nghị;"],
    articles=["Ban hành các tài liệu.", "Có hiệu lực từ ngày ký.", "Các phòng thi hành."],
    recipients=["Như Điều 3", "Lưu: VT"], signing_capacity="KT.", collective="",
    head_position="Giám đốc", signer_position="Phó Giám đốc", signer_name="Nguyễn Văn Dũng",
)  # fmt: skip


@pytest.fixture
def decided(in_force, agency, cast):
    return services.create(agency, by=cast["quality"], wording=WORDING, versions=[in_force])


@pytest.fixture
def numbered(decided, cast):
    services.number(decided, by=cast["quality"], number=5, dated_on=TODAY())
    return decided


def test_it_lists_what_it_promulgates_as_it_is_called_now(decided, in_force, cast):
    line = decided.lines.get()
    assert (line.version, line.code, line.title) == (in_force, "QT-03", in_force.title)
    assert (line.issue_no, line.effective_on) == (1, in_force.effective_on)
    event = Event.objects.get(name="promulgation.created")
    assert (event.by, event.facts) == (cast["quality"], {"versions": [in_force.pk]})


def test_number_is_entered_once_and_both_files_are_kept(numbered, agency, cast):
    assert str(numbered) == f"Quyết định số 05/QĐ-SNV ngày {TODAY():%d/%m/%Y}"
    paper = " ".join(pages_of(vault.read(numbered.pdf)))
    word = "\n".join(p.text for t in Document(io.BytesIO(vault.read(numbered.docx))).tables
                     for row in t.rows for cell in row.cells for p in cell.paragraphs)  # fmt: skip
    assert "Số: 05/QĐ-SNV" in paper
    assert "Số: 05/QĐ-SNV" in word
    facts = Event.objects.get(name="promulgation.numbered").facts
    assert facts["pdf_sha256"] == numbered.pdf.sha256
    assert first_fault(agency) is None
    with pytest.raises(IllegalMove):
        services.number(numbered, by=cast["quality"], number=6, dated_on=TODAY())
    with pytest.raises(IllegalMove, match="đã có số"):
        services.edit(numbered, by=cast["quality"], wording=WORDING, versions=[], revision=1)
    with pytest.raises(IllegalMove):
        services.discard(numbered, by=cast["quality"], reason="Nhầm.")


@pytest.mark.parametrize("who", ["reader", "author", "reviewer"])
def test_only_the_quality_office_and_the_head_draw_one_up(decided, in_force, agency, cast, who):
    doings = [
        lambda by: services.create(agency, by=by, wording=WORDING, versions=[in_force]),
        lambda by: services.edit(decided, by=by, wording=WORDING, versions=[in_force], revision=1),
        lambda by: services.number(decided, by=by, number=5, dated_on=TODAY()),
        lambda by: services.discard(decided, by=by, reason="Nhầm."),
    ]
    before = Event.objects.count()
    for do in doings:
        with pytest.raises(PermissionDenied):
            do(cast[who])
    assert Event.objects.count() == before


def test_a_stranger_sees_none_and_draws_up_none(numbered, in_force, agency, stranger):
    assert not visible_promulgations(stranger).exists()
    with pytest.raises(PermissionDenied):
        services.create(agency, by=stranger, wording=WORDING, versions=[in_force])


def test_readers_see_it_once_it_has_its_number(decided, cast):
    assert not visible_promulgations(cast["reader"]).exists()
    services.number(decided, by=cast["approver"], number=5, dated_on=TODAY())
    assert list(visible_promulgations(cast["reader"])) == [decided]


def test_a_decision_is_hidden_with_a_document_that_is_hidden(numbered, draft, cast):
    """Its annex would tell the title of what the reader does not see."""
    PromulgatedVersion.objects.create(
        promulgation=numbered, version=_hidden(draft, cast), order=2, code="QT-X", title="Kín",
        issue_no=1, amendment_no=0, effective_on=TODAY(),
    )  # fmt: skip
    assert not visible_promulgations(cast["reader"]).exists()
    assert visible_promulgations(cast["quality"]).exists()


def _hidden(draft, cast):
    from documents.services import draft as drafts  # noqa: PLC0415

    return drafts.create(
        draft.document.agency, by=cast["author"], kind="system_procedure", code="QT-X", title="Kín"
    )


@pytest.mark.parametrize(("change", "told"), [
    ({"grounds": ["Căn cứ Quyết định số … ngày …"]}, "còn dấu"),
    ({"grounds": []}, "phải có căn cứ"),
    ({"articles": []}, "phải có căn cứ"),
    ({"head_position": ""}, "chức danh người đứng đầu"),
    ({"signing_capacity": "TM.", "collective": ""}, "tên tập thể"),
])  # fmt: skip
def test_what_is_not_whole_is_refused_and_nothing_is_kept(in_force, agency, cast, change, told):
    with pytest.raises(Unacceptable, match=told):
        services.create(
            agency, by=cast["quality"], wording=replace(WORDING, **change), versions=[in_force]
        )
    assert not Promulgation.objects.exists()


def test_only_what_is_decided_and_under_no_decision_can_be_promulgated(
    numbered, in_force, draft, agency, cast
):
    assert not services.candidates(agency, by=cast["quality"]).exists()
    for versions_ in ([], [draft], [in_force]):
        with pytest.raises(Unacceptable):
            services.create(agency, by=cast["quality"], wording=WORDING, versions=versions_)


def test_edit_replaces_words_and_list_and_refuses_an_older_save(decided, in_force, cast):
    other = replace(WORDING, subject="Khác", signing_capacity="")
    services.edit(decided, by=cast["approver"], wording=other, versions=[in_force], revision=1)
    assert (decided.subject, decided.revision, decided.signer) == ("Khác", 2, ("PHÓ GIÁM ĐỐC",))
    assert decided.lines.count() == 1
    with pytest.raises(Stale):
        services.edit(
            decided, by=cast["quality"], wording=WORDING, versions=[in_force], revision=1
        )
    assert Promulgation.objects.get().subject == "Khác"


def test_number_refuses_the_future_and_what_is_no_longer_in_force(decided, in_force, cast):
    with pytest.raises(Unacceptable, match="tương lai"):
        services.number(
            decided, by=cast["quality"], number=5, dated_on=TODAY() + timedelta(days=1)
        )
    versions.withdraw(in_force, by=cast["quality"], reason="Thôi.")
    with pytest.raises(Unacceptable, match="Bỏ khỏi danh mục"):
        services.number(decided, by=cast["quality"], number=5, dated_on=TODAY())
    assert Promulgation.objects.get().number is None


def test_a_number_is_once_a_year_and_a_version_under_one_decision(
    numbered, in_force, cast, agency
):
    twin = Promulgation.objects.get(pk=numbered.pk)
    twin.pk, twin.state, twin.number, twin.year, twin.dated_on = None, "draft", None, None, None
    twin.pdf = twin.docx = None
    twin.save()
    with pytest.raises(Unacceptable, match="Số 05 năm"):
        services.number(twin, by=cast["quality"], number=5, dated_on=TODAY())
    line = numbered.lines.get()
    line.pk, line.promulgation, line.is_final = None, twin, False
    line.save()
    with pytest.raises(Unacceptable, match="quyết định khác"):
        services.number(twin, by=cast["quality"], number=6, dated_on=TODAY())
    twin.refresh_from_db()
    assert (twin.state, twin.number, twin.pdf) == ("draft", None, None)


def test_the_database_keeps_a_numbered_one_whole(numbered):
    for change in ({"pdf": None}, {"dated_on": None}, {"number": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promulgation.objects.filter(pk=numbered.pk).update(**change)


def test_discard_keeps_it_on_record_and_wants_a_reason(decided, in_force, agency, cast):
    with pytest.raises(Unacceptable):
        services.discard(decided, by=cast["quality"], reason=" ")
    services.discard(decided, by=cast["quality"], reason="Lập nhầm.")
    assert Event.objects.get(name="promulgation.discarded").reason == "Lập nhầm."
    assert in_force in services.candidates(agency, by=cast["quality"])


@pytest.mark.parametrize(("capacity", "collective", "lines"), [
    ("", "", ("PHÓ GIÁM ĐỐC",)),
    ("Q.", "", ("Q. PHÓ GIÁM ĐỐC",)),
    ("KT.", "", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ("KT.", "Ủy ban nhân dân", ("TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ("TL.", "", ("TL. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ("TUQ.", "", ("TUQ. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ("TM.", "Ủy ban nhân dân", ("TM. ỦY BAN NHÂN DÂN", "PHÓ GIÁM ĐỐC")),
])  # fmt: skip
def test_by_what_right_one_signs_stands_above_the_name(capacity, collective, lines):
    said = Promulgation(
        signing_capacity=capacity, collective=collective, head_position="Giám đốc",
        signer_position="Phó Giám đốc",
    )  # fmt: skip
    assert said.signer == lines


def test_paper_and_word_say_the_same_in_the_form_of_the_decree(decided):
    decree = decree_of(decided)
    paper = pages_of(decree_pdf(decree))
    document = Document(io.BytesIO(decree_docx(decree)))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    word = "\n".join([*(p.text for p in document.paragraphs), *cells])

    for wanted in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ NỘI VỤ",
        "QUYẾT ĐỊNH:", "Điều 3.", "ngày 05 tháng 3 năm 2014;", "Theo đề nghị.", "- Lưu: VT.",
        "KT. GIÁM ĐỐC", "Nguyễn Văn Dũng", "DANH MỤC TÀI LIỆU", "của Giám đốc Sở Nội vụ)", "QT-03",
    ):  # fmt: skip
        assert wanted in " ".join(paper), wanted
        assert wanted in word, wanted
    assert "/QĐ-SNV" in paper[0]  # the number is Văn thư's
    assert "Số: 0" not in paper[0]


def test_the_first_wording_fits_the_agency(agency, cast):
    said = first_wording(agency)
    assert (said["issuer"], said["symbol"]) == ("GIÁM ĐỐC SỞ NỘI VỤ", "QĐ-SNV")
    assert (said["signer_position"], said["signer_name"]) == ("Giám đốc", "Nguyễn Văn Dũng")
    agency.kind, agency.name = "commune", "Ủy ban nhân dân xã Cao Lãnh"
    assert first_wording(agency)["symbol"] == "QĐ-UBND"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_a_number_at_once_one_succeeds(decided, cast):
    told: list[str] = []

    def enter(given: int) -> None:
        try:
            mine = Promulgation.objects.get(pk=decided.pk)
            services.number(mine, by=cast["quality"], number=given, dated_on=TODAY())
            told.append("done")
        except (Stale, IllegalMove):
            told.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(n,)) for n in (5, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "late"]
    assert Event.objects.filter(name="promulgation.numbered").count() == 1
