"""Every list costs the same number of queries with one row and with three."""

import datetime as dt
from dataclasses import replace
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
from documents.models import (
    Document,
    DocumentKind,
    ExternalDocument,
    ExternalGroup,
    Reference,
    Version,
)
from documents.services import batch as batches
from documents.services import change_request as requests
from documents.services import controlled_copy as copies
from documents.services import delegation as delegations
from documents.services import disposal as disposals
from documents.services import distribution as lists
from documents.services import draft as drafts
from documents.services import external as externals
from documents.services import promulgation as promulgations
from documents.services import reader as readers
from documents.services import record as records
from documents.services import route as routes
from documents.services import run as runs
from documents.services import version as versions
from documents.services.controlled_copy import Holder
from documents.services.distribution import Line
from qms.agencies.models import Role, User
from qms.library.models import Template
from qms.library.services import adoption
from qms.library.services import update as updates
from qms.notices.services import notify
from tests.factories import hire, make_unit
from tests.house.requests import named_addresses
from tests.qms.library.province import publish_next
from tests.qms.word import files
from tests.signing import approve
from tests.words import say

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
    approve(version, by=people["approver"], effective_on=timezone.localdate())


def _promulgation(n, agency, people):
    _issued(n, agency, people)
    wording = promulgations.Wording(
        "a", "b", "QĐ-SNV", "Đồng Tháp", ["c"], ["d"], ["e"], "", "", "", "Giám đốc", "Dũng"
    )
    found = promulgations.candidates(agency, by=people["quality"])
    promulgations.create(agency, by=people["quality"], wording=wording, versions=[*found])


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


def _external(n, agency, people):
    said = externals.Said(f"{n}/2020/NĐ-CP", "Văn thư", "Chính phủ", ExternalGroup.A)
    externals.create(agency, by=people["quality"], said=said)


def _series(n, agency, people):
    said = records.Said(f"Hồ sơ {n}", 5, dt.date(2020, 1, 1), document=Document.objects.first())
    return records.create(agency, by=people["quality"], said=said)


def _disposal(n, agency, people):
    said = records.FileSaid(f"Năm {n}", dt.date(2015, 1, 1), dt.date(2015, 12, 31))
    file = records.open_file(_series(n, agency, people), by=people["quality"], said=said)
    disposals.propose(agency, by=people["quality"], files=[file])


def _reader(n, agency, people):
    reader = hire(agency, f"nguoi{n}", Role.READER)
    readers.grant(_base(agency, people), by=people["quality"], reader=reader, reason="a")


def _reference(n, agency, people):
    _external(n, agency, people)
    named, naming = _document(n, agency, people), _document(n + 10, agency, people)
    base = _base(agency, people).versions.get()
    external = ExternalDocument.objects.latest("pk")
    Reference.objects.create(version=base, to_external=external, as_written="a")
    Reference.objects.create(version=base, to_document=named.document, as_written="b")
    Reference.objects.create(version=naming, to_document=base.document, as_written="c")


def _base(agency, people):
    """The document whose own list is asked for."""
    there = Document.objects.filter(code="QT-0").first()
    return there or _document(0, agency, people).document


def _page_of(document, name):
    return document.versions.get().pk if "reference" in name else document.pk


def _adoption(n, agency, people):
    _adopted(Template.objects.order_by("document__code")[n - 1], agency, people)


def _adopted(template, agency, people):
    said = {"co_quan_chu_quan": "UBND tỉnh", "dia_chi": "Số 1 đường Hùng Vương"}
    adoption.adopt(template, agency, by=people["author"], answers=said)


def _update(n, agency, people):
    """The n-th template, adopted from its first version, has a second one."""
    template = Template.objects.order_by("document__code")[n - 1]
    _adopted(template, agency, people)
    publish_next(
        template,
        lambda c: replace(c, title=c.title + " mới"),
        by=User.objects.get(username="editor"),
    )
    updates.compare_waiting()


def _route(n, agency, people):
    kind = ["manual", "policy", "objectives"][n - 1]
    document = Document(agency=agency, kind=kind)
    routes.create(
        agency, by=people["quality"], name="Tuyến", kind=kind, steps=runs.plan_of(document)
    )


def _delegation(n, agency, people):
    day = timezone.localdate() + dt.timedelta(days=n)
    delegations.create(
        agency, by=people["approver"], deputy=people["reviewer"], starts_on=day, ends_on=day,
        reason="Họp.",
    )  # fmt: skip


def _request(n, agency, people):
    requests.create(
        agency, by=people["reader"], reason="Thiếu.",
        lines=[requests.Asked("issue", "Viết mới.", None, f"Quy trình {n}", "internal_procedure")],
    )  # fmt: skip


def _notice(n, agency, people):
    notify([people["author"]], agency=agency, key=str(n), subject="Đến lượt bạn", address="/")


def _read(n, agency, people):
    """A document that everybody, the reader among them, has to read."""
    _issued(n, agency, people)
    version = Version.objects.in_force().latest("pk")
    lists.assign(version.document, by=people["quality"], lines=[Line()])


def _copy(n, agency, people):
    _issued(n, agency, people)
    version = Version.objects.in_force().latest("pk")
    holders = [Holder(words="Một cửa")]
    copies.give(version, by=people["quality"], holders=holders, given_on=timezone.localdate())


def _nothing(_n, _agency, _people):
    """The shipped texts are there already."""


# The address, who looks, what makes a row, and the queries it takes: the same for 1 and for 3.
# What the list is asked for, where without it there would be nothing to see.
ASKED = {"home:search-show": "?q=kiểm soát", "documents:periodic-review-list": "?within=all"}
LISTS = {
    "documents:promulgation-list": ("quality", _promulgation, 8),
    "documents:document-list": ("author", _document, 9),
    "documents:register-list": ("reader", _issued, 13),
    "documents:periodic-review-list": ("quality", _issued, 8),
    "documents:change-request-list": ("reader", _request, 7),
    "documents:route-list": ("quality", _route, 8),
    "documents:delegation-list": ("approver", _delegation, 10),
    "notices:notice-list": ("author", _notice, 7),
    "home:inbox-show": ("reviewer", _waiting, 14),
    "home:search-show": ("author", _document, 7),
    "audits:audit-list": ("quality", _audit, 6),
    "audits:programme-list": ("quality", _programme, 6),
    "audits:nonconformity-list": ("quality", _case, 6),
    "library:template-list": ("author", _nothing, 16),
    "library:adoption-list": ("author", _adoption, 6),
    "library:matrix-list": ("editor", _adoption, 12),
    "library:update-list": ("author", _update, 8),
    "documents:reading-list": ("reader", _read, 8),
    "documents:progress-list": ("approver", _read, 11),
    "documents:distribution-list": ("quality", _nothing, 6),
    "documents:controlled-copy-list": ("quality", _copy, 9),
    "documents:batch-list": ("author", _batch, 6),
    "documents:external-list": ("quality", _external, 8),
    "documents:record-list": ("quality", _series, 10),
    "documents:disposal-list": ("quality", _disposal, 6),
    "documents:reader-list": ("quality", _reader, 12),
    "documents:reference-list": ("author", _reference, 24),
}
# Lists that belong to one document.
OF_ONE = {"documents:reader-list", "documents:reference-list"}


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
    people["editor"] = hire(province.oversight_body, "editor", Role.LIBRARY_EDITOR)
    codes = ["M-QT-01", "M-QT-02", "M-QT-04"]
    call_command("load_library", by="editor", only=codes, publish=True, stdout=StringIO())


@pytest.mark.parametrize("name", LISTS)
def test_one_row_and_three_cost_the_same(name, client, agency, people, request):
    who, make, expected = LISTS[name]
    if name.startswith("library:"):
        request.getfixturevalue("templates")
    client.force_login(people[who])
    args = [_page_of(_base(agency, people), name)] if name in OF_ONE else []
    address = reverse(name, args=args) + ASKED.get(name, "")

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
