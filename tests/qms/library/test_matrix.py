"""The adoption matrix says of every agency and template how things stand, and only to the province."""

import io

import pytest
from openpyxl import load_workbook

from qms.agencies.models import Agency, Role
from qms.library.matrix import matrix_of
from qms.library.models import Template
from qms.library.services import adoption as adoptions
from qms.library.services import update as updates
from qms.library.services import waiver as waivers
from qms.notices.models import Notice
from qms.trail.models import Event
from tests.factories import hire, make_agency
from tests.qms.library.province import publish_next, reword
from tests.qms.library.test_update import approved

pytestmark = pytest.mark.django_db


def states(day) -> dict[str, list[str]]:
    templates = [*Template.objects.published().select_related("document")]
    matrix = matrix_of(templates, [*Agency.objects.order_by("code")], day)
    return {row.agency.code: [cell.state for cell in row.cells] for row in matrix.rows}


@pytest.fixture
def day():
    from django.utils import timezone  # noqa: PLC0415

    return timezone.localdate()


def test_a_cell_follows_what_happens(template, agency, cast, editor, day):
    key = agency.code
    assert states(day)[key] == ["missing", "missing"]

    adoption = adoptions.adopt(
        template, agency, by=cast["author"], answers={"dia_chi": "Số 1", "co_quan_chu_quan": "T"}
    )
    assert states(day)[key][0] == "in_progress"
    approved(adoption.document.versions.get(), cast)
    assert states(day)[key][0] == "current"
    publish_next(template, lambda c: reword(c, "Mục đích", "Quy định", "Nêu rõ"), by=editor)
    assert states(day)[key][0] == "behind"
    assert updates.compare_waiting() == 1
    waivers.waive(
        Template.objects.get(document__code="M-QT-02"), agency, by=cast["quality"], reason="Không."
    )
    assert states(day)[key] == ["behind", "waived"]


def test_agencies_of_other_kinds_are_outside(template, day):
    Template.objects.update(audience=["commune"])

    assert set(states(day)["SNV"]) == {"outside"}


def test_shares_are_computed_from_the_cells(template, agency, cast, day):
    adoption = adoptions.adopt(template, agency, by=cast["author"])
    approved(adoption.document.versions.get(), cast)
    matrix = matrix_of([template], [agency], day)

    assert (matrix.rows[0].done, matrix.rows[0].wanted, matrix.totals) == (1, 1, [100])


def test_the_page_and_the_file_say_the_same(client, template, agency, cast, editor):
    client.force_login(editor)

    page = client.get("/library/matrix/").content.decode()
    assert agency.short_name in page
    assert "Chưa áp dụng" in page
    sheet = load_workbook(io.BytesIO(client.get("/library/matrix.xlsx").content)).worksheets[0]
    assert agency.name in [cell.value for row in sheet.iter_rows() for cell in row]
    assert client.get("/library/matrix/?state=zzz").status_code == 422


def test_only_the_province_sees_it(client, template, cast, stranger):
    for person in (cast["quality"], cast["approver"], stranger):
        client.force_login(person)
        assert client.get("/library/matrix/").status_code == 403
        assert client.get("/library/matrix.xlsx").status_code == 403
        assert client.post("/library/matrix/remind/").status_code == 403


def test_reminding_tells_each_quality_office_once_a_day(client, template, cast, editor):
    client.force_login(editor)

    for _again in range(2):
        assert client.post("/library/matrix/remind/").status_code == 302
    assert Notice.objects.filter(person=cast["quality"]).count() == 1
    assert Notice.objects.exclude(person=cast["quality"]).count() == 0
    assert Event.objects.filter(name="library.reminded").count() == 2


def test_the_matrix_costs_three_queries_however_large(template, day, django_assert_num_queries):
    for number in range(5):
        make_agency(f"XA{number}", f"UBND xã {number}")
    templates = [*Template.objects.published().select_related("document")]
    agencies = [*Agency.objects.all()]

    with django_assert_num_queries(3):
        matrix_of(templates, agencies, day)


def test_an_overseer_of_the_province_sees_it(client, template, province):
    client.force_login(hire(province.oversight_body, "thanh", Role.OVERSEER))

    assert client.get("/library/matrix/").status_code == 200
