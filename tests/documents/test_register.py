"""The master list says what was in force on a day, to those who may know, and as a true file."""

import datetime as dt
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import Version
from documents.services import draft as drafts
from documents.services import version as services
from tests.pdf import pages_of
from tests.signing import approve

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
    started = drafts.revise(in_force, by=cast["author"])
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
