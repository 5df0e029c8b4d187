"""Every list costs the same number of queries with one row and with three."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audits.services import audit as audits
from audits.services import nonconformity as cases
from audits.services import programme as programmes
from documents.models import DocumentKind
from documents.services import batch as batches
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import Role
from qms.library.models import Template
from qms.library.services import adoption
from tests.factories import hire, make_unit
from tests.house.requests import named_addresses
from tests.house.world import say
from tests.qms.word import files

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 1, 15)


def _document(n, agency, people):
    return say(drafts.create(
        agency, by=people["author"], kind=DocumentKind.SYSTEM_PROCEDURE, code=f"QT-{n}",
        title=f"Kiểm soát {n}",
    ))  # fmt: skip


def _issued(n, agency, people):
    version = _document(n, agency, people)
    versions.submit(version, by=people["author"])
    versions.review(version, by=people["reviewer"])
    versions.approve(version, by=people["approver"], effective_on=timezone.localdate())


def _waiting(n, agency, people):
    versions.submit(_document(n, agency, people), by=people["author"])


def _audit(n, agency, people):
    audits.create(
        agency, by=people["quality"], lead=people["lead"], kind="internal", title=f"Đợt {n}",
        objectives="a", scope="b", criteria="c", starts_on=TODAY, ends_on=TODAY,
    )  # fmt: skip


def _programme(n, agency, people):
    programmes.create(
        agency, by=people["quality"], year=2026 + n, objectives="a", criteria="b", scope="c",
        method="on_site",
    )  # fmt: skip


def _case(_n, agency, people):
    cases.report(
        agency, by=people["reader"], source="report", description="a", requirement="b",
        evidence="c", unit=agency.units.first(),
    )  # fmt: skip


def _batch(n, agency, people):
    data = files.procedure(code=f"QT-{n}")
    handed = batches.Handed("a.docx", len(data), lambda: data)
    batches.create(agency, by=people["author"], files=[handed], name=f"Đợt {n}")


def _adoption(n, agency, people):
    adoption.adopt(Template.objects.order_by("pk")[n - 1], agency, by=people["author"])


def _nothing(_n, _agency, _people):
    """The shipped texts are there already."""


# The address, who looks, what makes a row, and the queries it takes: the same for 1 and for 3.
LISTS = {
    "documents:document-list": ("author", _document, 7),
    "documents:batch-list": ("author", _batch, 5),
    "documents:register-list": ("reader", _issued, 6),
    "home:inbox-show": ("reviewer", _waiting, 11),
    "home:search-show": ("author", _document, 5),
    "audits:audit-list": ("quality", _audit, 5),
    "audits:programme-list": ("quality", _programme, 5),
    "audits:nonconformity-list": ("quality", _case, 5),
    "library:template-list": ("author", _nothing, 12),
    "library:adoption-list": ("author", _adoption, 5),
}


def test_every_list_is_here():
    lists = {name for name in named_addresses() if name.endswith("-list")}
    assert lists <= set(LISTS)


@pytest.fixture
def people(cast, agency, province, clauses):
    make_unit(agency)
    hire(province.oversight_body, "director", Role.APPROVER, position="Giám đốc")
    return cast | {"lead": hire(agency, "giang", Role.LEAD_AUDITOR)}


@pytest.fixture
def templates(people, province):
    """Three published templates."""
    hire(province.oversight_body, "editor", Role.LIBRARY_EDITOR)
    codes = ["M-QT-01", "M-QT-02", "M-QT-04"]
    call_command("load_library", by="editor", only=codes, publish=True, stdout=StringIO())


@pytest.mark.parametrize("name", LISTS)
def test_one_row_and_three_cost_the_same(name, client, agency, people, request):
    who, make, expected = LISTS[name]
    if name.startswith("library:"):
        request.getfixturevalue("templates")
    client.force_login(people[who])
    address = reverse(name) + ("?q=kiểm soát" if "search" in name else "")

    make(1, agency, people)
    first = _asked(client, address)
    make(2, agency, people)
    make(3, agency, people)
    third = _asked(client, address)

    assert (len(first), len(third)) == (expected, expected), "\n".join(third)


def _asked(client, address) -> list[str]:
    call_command(
        "rebuild_index", stdout=StringIO()
    )  # reactions wait for a commit, here none comes
    client.get(address)  # what is cached for the process is cached now
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked.captured_queries]
