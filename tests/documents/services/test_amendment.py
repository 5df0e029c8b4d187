"""The amendment sheet is proposed from what changed and worded by the author."""

import pytest
from django.core.exceptions import PermissionDenied

from documents.lifecycles import VersionState
from documents.models import Section
from documents.services import amendment as services
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import version as versions
from documents.services.redline import compare
from qms.kernel.content import Amendment
from qms.kernel.refusals import Stale, Unacceptable

pytestmark = pytest.mark.django_db
LINE = Amendment("Đoàn đánh giá", "Mục 5", "Sửa thời hạn bước 3.", "01/01", "1/12/2026")


@pytest.fixture
def revision(in_force, cast):
    """A revision in which one word of section 5 changed and section 7 got a line."""
    draft = drafts.revise(in_force, by=cast["author"])
    five, seven = draft.sections.get(number="5"), draft.sections.get(number="7")
    Section.objects.filter(pk=five.pk).update(html=five.html.replace("cơ quan", "sở"))
    Section.objects.filter(pk=seven.pk).update(html=seven.html + "<p>Lưu 10 năm.</p>")
    return draft


def proposed(revision, in_force):
    redline = compare(contents.content_of(in_force), contents.content_of(revision))
    number, on = services.stamp(revision)
    return services.proposals(redline, number=number, on=on)


def test_every_changed_section_is_proposed_in_words(revision, in_force):
    first, second = proposed(revision, in_force)

    assert first.place.startswith("Mục 5. ")
    assert first.description == "sửa “cơ quan” thành “sở”."
    assert (second.place[:6], second.description) == ("Mục 7.", "thêm “Lưu 10 năm.”.")
    assert first.number == "01/01"


def test_the_author_words_them_and_earlier_lines_stay(revision, in_force, cast):
    services.amend(revision, by=cast["author"], lines=[LINE], kept=0, revision=revision.revision)
    services.amend(
        revision, by=cast["author"], lines=[LINE, LINE], kept=1, revision=revision.revision
    )

    assert [a.description for a in revision.amendments.all()] == ["Sửa thời hạn bước 3."] * 3
    assert contents.content_of(revision).amendments[0] == LINE


def test_what_stood_there_before_is_told_from_what_is_new(in_force, revision, cast):
    assert services.earlier(revision, in_force) == 0
    assert services.earlier(revision, None) == 0


@pytest.mark.parametrize("who", ["reader", "reviewer", "approver"])
def test_who_does_not_write_does_not_amend(who, revision, cast):
    with pytest.raises(PermissionDenied):
        services.amend(revision, by=cast[who], lines=[LINE], kept=0, revision=1)


def test_a_line_must_say_what_and_an_old_page_overwrites_nothing(revision, cast):
    empty = Amendment("", "Mục 5", " ", "01/01", "")
    with pytest.raises(Unacceptable):
        services.amend(
            revision, by=cast["author"], lines=[empty], kept=0, revision=revision.revision
        )
    seen = revision.revision
    services.amend(revision, by=cast["author"], lines=[LINE], kept=0, revision=seen)
    with pytest.raises(Stale):
        services.amend(revision, by=cast["quality"], lines=[], kept=0, revision=seen)


def test_the_page_proposes_and_the_sheet_reaches_the_paper(revision, cast, client):
    client.force_login(cast["author"])
    address = f"/documents/versions/{revision.pk}/amend/"

    page = client.get(address).content.decode()
    assert "sửa “cơ quan” thành “sở”." in page
    answer = client.post(address, {
        "revision": revision.revision, "rows": 2, "description_1": "Sửa cho đúng tên cơ quan.",
        "place_1": "Mục 5",
    })  # fmt: skip
    assert answer.status_code == 302
    assert "Sửa cho đúng tên cơ quan." in client.get(address).content.decode()
    revision.refresh_from_db()
    versions.submit(revision, by=cast["author"])
    assert contents.content_of(revision).amendments[-1].description == "Sửa cho đúng tên cơ quan."


def test_a_page_with_nonsense_is_refused_kindly(revision, cast, client):
    client.force_login(cast["author"])
    address = f"/documents/versions/{revision.pk}/amend/"
    for rows in ("-1", "abc", "9" * 30, ""):
        answer = client.post(address, {"revision": "x", "rows": rows})
        assert answer.status_code == 422


def test_a_revision_is_not_submitted_while_its_sheet_is_empty(in_force, cast):
    started = drafts.revise(in_force, by=cast["author"])
    with pytest.raises(Unacceptable, match="Bảng sửa đổi còn trống"):
        versions.submit(started, by=cast["author"])

    line = Amendment("", "Mục 5", "Rút thời hạn còn 5 ngày.", "01/01", "24/11/2026")
    services.amend(started, by=cast["author"], lines=[line], kept=0, revision=started.revision)
    versions.submit(started, by=cast["author"])
    assert started.state == VersionState.IN_REVIEW
