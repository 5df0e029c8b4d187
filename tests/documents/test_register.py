"""The master list says what was in force on a day, to those who may know, and as a true file."""

import datetime as dt
import io

import pypdfium2
import pytest
from django.conf import settings
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import Distribution, DistributionLine, Document, SavedView, Version
from documents.registers import external, master, records
from documents.registers.places import places_of
from documents.services import controlled_copy as controlled_copies
from documents.services import draft as drafts
from documents.services import version as services
from documents.services.controlled_copy import Holder
from qms.standards.models import Clause
from tests.factories import make_unit
from tests.pdf import pages_of
from tests.signing import approve
from tests.words import say

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def on(day: dt.date) -> list[str]:
    return [v.number for v in Version.objects.in_force_on(day).order_by("pk")]


@pytest.fixture
def revised(in_force, cast):
    """Issue 01 in force for 100 days, then superseded today by its amendment 01."""
    Version.objects.filter(pk=in_force.pk).update(
        issued_on=TODAY - dt.timedelta(days=100), effective_on=TODAY - dt.timedelta(days=100)
    )
    started = say(drafts.revise(in_force, by=cast["author"]))
    services.submit(started, by=cast["author"])
    services.review(started, by=cast["reviewer"])
    approve(started, by=cast["approver"], effective_on=TODAY)
    return started


def test_every_day_has_the_version_of_that_day(revised):
    assert on(TODAY - dt.timedelta(days=101)) == []
    assert on(TODAY - dt.timedelta(days=100)) == ["lần 01"]
    assert on(TODAY - dt.timedelta(days=1)) == ["lần 01"]
    assert on(TODAY) == ["lần 01, sửa đổi 01"]


def test_what_will_come_into_force_stands_on_its_day(in_approval, cast):
    later = TODAY + dt.timedelta(days=5)
    approve(in_approval, by=cast["approver"], effective_on=later)

    assert on(TODAY) == []
    assert on(later) == ["lần 01"]


def test_a_withdrawn_document_left_the_list_that_day(in_force, cast):
    services.withdraw(in_force, by=cast["quality"], reason="Hết dùng.")
    assert on(TODAY) == []


def test_the_page_shows_the_day_asked_for(revised, cast, client):
    client.force_login(cast["reader"])
    yesterday = TODAY - dt.timedelta(days=1)

    page = client.get("/documents/register/", {"on": f"{yesterday:%d/%m/%Y}"}).content.decode()
    assert "lần 01" in page
    assert "sửa đổi 01" not in page
    assert client.get("/documents/register/", {"on": "31/02/2026"}).status_code == 422
    assert client.get("/documents/register.xlsx", {"on": "x"}).status_code == 422


def test_the_file_of_a_past_day_knows_as_little_of_what_came_later_as_the_page(
    revised, cast, client
):
    client.force_login(cast["reader"])
    day = TODAY - dt.timedelta(days=1)
    asked = {"on": f"{day:%d/%m/%Y}"}
    page = client.get("/documents/register/", asked).content.decode()
    book = load_workbook(io.BytesIO(client.get("/documents/register.xlsx", asked).content))
    rows = book.worksheets[0].iter_rows(values_only=True)
    [row] = [row for row in rows if "QT-03" in row]

    assert f"hết {TODAY:%d/%m/%Y}" not in page
    assert not [c for c in row if isinstance(c, dt.datetime) and c.date() == TODAY]


def test_others_see_nothing_of_it(in_force, stranger, client):
    client.force_login(stranger)
    assert "QT-03" not in client.get("/documents/register/").content.decode()
    assert len(_sheet(client)) == 3


def test_the_file_has_real_dates_and_texts_that_are_never_formulas(in_approval, cast, client):
    Version.objects.filter(pk=in_approval.pk).update(title='=HYPERLINK("http://x","y")')
    fresh = Version.objects.get(pk=in_approval.pk)
    from documents.services import content as contents  # noqa: PLC0415

    Version.objects.filter(pk=fresh.pk).update(content_hash=contents.hash_of(fresh))
    fresh.refresh_from_db()
    approve(fresh, by=cast["approver"], effective_on=TODAY)
    client.force_login(cast["reader"])

    rows = _sheet(client)
    assert rows[0][0].value == "DANH MỤC TÀI LIỆU NỘI BỘ"
    assert rows[3][1].value == "Quy trình hệ thống"
    row = rows[4]
    assert row[3].value == '=HYPERLINK("http://x","y")'
    assert row[3].data_type == "s"
    assert row[8].value.date() == TODAY


def _sheet(client):
    response = client.get("/documents/register.xlsx")
    assert response.status_code == 200
    return list(load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows())


def pdf_text(data: bytes) -> str:
    """The words of a PDF, one line."""
    return " ".join(" ".join(pages_of(data)).split())


def cells(client, address: str, *, raw: bool = False) -> list:
    """Every cell of an Excel file that an address gives, as texts or as they are."""
    response = client.get(address)
    assert response.status_code == 200
    rows = load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows()
    found = [cell for row in rows for cell in row]
    return found if raw else [str(cell.value) for cell in found]


def test_filters_narrow_by_kind_unit_clause_state_and_words(
    revised, agency, cast, client, clauses
):
    desk = make_unit(agency, "Phòng Một cửa")
    Document.objects.filter(pk=revised.document_id).update(unit=desk)
    other = make_unit(agency, "Văn phòng")
    client.force_login(cast["reader"])

    def rows(**chosen) -> str:
        page = client.get("/documents/register/", chosen)
        assert page.status_code == 200
        return page.content.decode().split('class="mt4"', 1)[1]

    assert "QT-03" in rows(kind="system_procedure", unit=desk.pk, q="kiểm soát")
    for nothing in ({"kind": "form"}, {"unit": other.pk}, {"q": "không có"}, {"clause": "9.2"}):
        assert "QT-03" not in rows(**nothing), nothing
    ended = rows(state="expired")
    assert "Tài liệu đã hết hiệu lực" in ended
    assert "sửa đổi 01" not in ended.split("<tbody>")[1]
    for wrong in ({"kind": "x"}, {"state": "x"}, {"unit": "9999"}, {"clause": "x"}):
        assert client.get("/documents/register/", wrong).status_code == 422, wrong
    for wrong in ("-1", "1000000000", "x"):
        assert client.get("/documents/register/", {"page": wrong}).status_code == 404


def test_a_clause_finds_what_is_said_about_it_or_below(draft, cast, clauses, client):
    draft.sections.get(order=5).clauses.set(
        Clause.objects.filter(edition__is_default=True, number="7.5.3.2")
    )
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    approve(draft, by=cast["approver"], effective_on=TODAY)
    client.force_login(cast["reader"])

    for number, there in (("7", True), ("7.5.3", True), ("8", False)):
        page = client.get("/documents/register/", {"clause": number}).content.decode()
        assert (">QT-03<" in page) is there, number


def test_the_paper_is_a4_landscape_and_says_how_it_was_narrowed(in_force, cast, client):
    client.force_login(cast["reader"])
    data = client.get("/documents/register.pdf", {"kind": "system_procedure"}).content

    with pypdfium2.PdfDocument(data) as paper:
        width, height = paper[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    told = pdf_text(data)
    for word in ("BM.01.02", "DANH MỤC TÀI LIỆU NỘI BỘ", "QT-03", "SỞ NỘI VỤ", "Loại tài liệu"):
        assert word in told, word


@pytest.mark.parametrize("register", [external, master, records])
def test_the_columns_fill_the_paper_and_no_more(register):
    css = (settings.BASE_DIR / "qms/paper/paper.css").read_text(encoding="utf-8")

    assert len(register.WIDTHS) == len(register.HEAD)
    assert sum(register.WIDTHS) + 4 == 100, "with the 4 % of the number"
    assert all(f".w{width} {{" in css for width in register.WIDTHS)


def test_saved_views_are_ones_own(in_force, cast, client):
    client.force_login(cast["reader"])
    today = f"{TODAY:%d/%m/%Y}"
    client.post(f"/documents/views/master/save/?q=kiểm&on={today}&evil=1", {"name": "Của tôi"})
    view = SavedView.objects.get()
    assert view.query == "q=ki%E1%BB%83m", "today moves on, and unknown words are left out"
    opened = client.get(f"/documents/views/{view.pk}/")
    assert opened["Location"] == f"/documents/register/?{view.query}"
    twice = client.post("/documents/views/master/save/", {"name": "Của tôi"})
    assert twice.status_code == 422
    assert client.post("/documents/views/nothing/save/", {"name": "x"}).status_code == 404

    client.force_login(cast["author"])
    assert "Của tôi" not in client.get("/documents/register/").content.decode()
    for verb in ("", "remove/"):
        address = f"/documents/views/{view.pk}/{verb}"
        assert (client.post if verb else client.get)(address).status_code == 404
    client.force_login(cast["reader"])
    client.post(f"/documents/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


def test_the_list_says_where_a_document_is_distributed(client, in_force, cast, agency):
    usual = Distribution.objects.create(agency=agency, kind=in_force.document.kind)
    DistributionLine.objects.create(distribution=usual, role="author")
    controlled_copies.give(
        in_force, by=cast["quality"], holders=[Holder(words="Tủ hồ sơ một cửa")], given_on=TODAY
    )
    client.force_login(cast["quality"])

    said = "M: Người soạn thảo; 01: Tủ hồ sơ một cửa"
    assert said in client.get("/documents/register/").content.decode()
    sheet = load_workbook(io.BytesIO(client.get("/documents/register.xlsx").content)).worksheets[0]
    assert said in [cell.value for row in sheet.iter_rows() for cell in row]
    before = TODAY - dt.timedelta(days=1)
    assert places_of([in_force], before) == {in_force.pk: ""}


def test_the_register_of_copies_is_printed_too(client, in_force, cast):
    controlled_copies.give(
        in_force, by=cast["quality"], holders=[Holder(words="Tủ hồ sơ một cửa")], given_on=TODAY
    )
    client.force_login(cast["quality"])

    answer = client.get("/documents/copies.pdf")

    assert answer["Content-Type"] == "application/pdf"
    [page] = pages_of(answer.content)
    assert "Tủ hồ sơ một cửa" in " ".join(page.split())
    assert client.get("/documents/copies.pdf?state=zzz").status_code == 422
