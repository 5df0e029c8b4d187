"""What a text names is known as soon as it is written, both ways, whatever came first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import DocumentKind, Reference
from documents.services import draft as drafts
from documents.services import reference as references
from qms.agencies.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def begin(agency, cast, write):
    def begin(code: str, text: str):
        version = drafts.create(
            agency, by=cast["author"], kind=DocumentKind.INTERNAL_PROCEDURE, code=code,
            title=f"Quy trình {code}",
        )  # fmt: skip
        return write(version, text)

    return begin


def named(version) -> set[str]:
    return {r.to_document.code for r in version.references.select_related("to_document")}


def test_a_text_names_others_never_itself(begin):
    first, second = begin("QT-11", "Không nêu gì."), begin("QT-12", "Theo QT – 11, QT-12, QT-110.")

    assert references.link(second) == 1
    assert named(second) == {"QT-11"}
    assert references.link(second) == 1, "made anew, not added to"
    assert references.link(first) == 0


def test_a_document_that_comes_later_is_found_in_texts_already_there(begin):
    early = begin("QT-21", "Xem QT-22.")
    references.link(early)
    assert named(early) == set()

    references.link_document(begin("QT-22", "Nội dung.").document)
    assert named(early) == {"QT-22"}


def test_the_tab_shows_both_ways_in_a_fixed_number_of_queries(begin, cast, client):
    target = begin("QT-30", "Theo QT-31, QT-32, QT-33.")
    for n in (1, 2, 3):
        references.link(begin(f"QT-3{n}", "Xem QT-30."))
    client.force_login(User.objects.get(pk=cast["author"].pk))
    address = reverse("documents:reference-list", args=[target.pk])

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        return page, len(queries)

    assert references.link(target) == 3
    page, with_three = asked()
    for n in (1, 2, 3):
        assert page.count(f"Quy trình QT-3{n}") == 2, "named, and naming"
    Reference.objects.exclude(as_written="QT-31").exclude(version__code="QT-31").delete()
    assert asked()[1] == with_three
