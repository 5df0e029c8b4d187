"""What texts name is found when they are written and when a code comes up, for those who may see."""

import pytest
from django.urls import reverse

from documents.models import DocumentKind, ExternalGroup, Reference, Version
from documents.services import draft as drafts
from documents.services import external as externals
from documents.services import reference as references
from documents.services import version as services

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def naming(agency, cast, write):
    """A draft that names QT-09 and a decree, which nobody has entered yet."""
    version = drafts.create(
        agency,
        by=cast["author"],
        kind=DocumentKind.SYSTEM_PROCEDURE,
        code="QT-05",
        title="Văn thư",
    )
    write(version, "Theo QT - 09 và Nghị định 30/2020/NĐ-CP; QT-05 là mã của chính nó.")
    references.link(version)
    return version


def targets(version) -> set[str]:
    return {
        str(r.to_document.code if r.to_document else r.to_external.number)
        for r in Reference.objects.filter(version=version)
    }


def enter(agency, cast, number="30/2020/NĐ-CP"):
    said = externals.Said(number, "Công tác văn thư", "Chính phủ", ExternalGroup.A)
    return externals.create(agency, by=cast["quality"], said=said)


def test_a_code_that_comes_up_later_is_found_in_the_texts_there_are(naming, agency, cast):
    assert targets(naming) == set()

    drafts.create(
        agency, by=cast["author"], kind=DocumentKind.FORM, code="QT-09", title="Biểu mẫu"
    )
    enter(agency, cast)
    assert targets(naming) == {"QT-09", "30/2020/NĐ-CP"}


def test_a_number_corrected_is_looked_for_again(naming, agency, cast):
    external = enter(agency, cast)
    said = externals.Said("31/2020/NĐ-CP", "Khác", "Chính phủ", ExternalGroup.A)

    externals.change(external, by=cast["quality"], said=said, revision=1)
    assert targets(naming) == set()


def test_submitting_reads_the_text_as_it_is_then(naming, agency, cast, write):
    enter(agency, cast)
    write(naming, "Không nhắc văn bản nào.")
    services.submit(Version.objects.get(pk=naming.pk), by=cast["author"])
    assert targets(naming) == set()


def test_another_agency_with_the_same_code_is_not_meant(naming, stranger):
    elsewhere = stranger.memberships.first().agency
    drafts.create(
        elsewhere, by=stranger, kind=DocumentKind.FORM, code="QT-09", title="Của nơi khác"
    )
    assert targets(naming) == set()


def test_the_page_links_codes_and_the_tab_shows_both_ways(naming, agency, cast, client):
    external = enter(agency, cast)
    other = drafts.create(
        agency, by=cast["author"], kind=DocumentKind.FORM, code="QT-09", title="Sổ theo dõi"
    )
    client.force_login(cast["author"])

    page = client.get(naming.get_absolute_url()).content.decode()
    assert f'<a class="ref" href="{other.document.get_absolute_url()}"' in page
    assert f'href="{external.get_absolute_url()}"' in page
    related = client.get(reverse("documents:reference-list", args=[naming.pk])).content.decode()
    assert "Sổ theo dõi" in related
    assert "Công tác văn thư" in related
    back = client.get(reverse("documents:reference-list", args=[other.pk])).content.decode()
    assert "Văn thư" in back.split("Nơi dùng")[1].split("</section>")[0]
