"""Finding: codes first, accents or not, only what one may see, and never a silent zero."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from guardian.shortcuts import assign_perm

from documents.lookup import search
from documents.models import DocumentKind
from documents.reactions import mend_indexes
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import User
from qms.search import index

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(agency, cast, write, in_force):
    """One in force (QT-03), one being reviewed (QT-11), one draft (QT-12)."""
    made = {"in_force": in_force}
    for code, title in (("QT-11", "Tiếp công dân"), ("QT-12", "Đào tạo, bồi dưỡng")):
        made[code] = write(drafts.create(
            agency, by=cast["author"], kind=DocumentKind.SYSTEM_PROCEDURE, code=code, title=title
        ), f"Chuyện riêng về {title}.")  # fmt: skip
    versions.submit(made["QT-11"], by=cast["author"])
    call_command("rebuild_index", stdout=StringIO())
    return made


def codes(query, by):
    return [found.version.code for found in search(query, by=by).found]


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("typed", ["QT-03", "qt 03", "QT03", "qt.03", " QT - 03 "])
def test_a_code_finds_its_document_however_it_is_typed(typed, papers, cast):
    assert codes(typed, cast["reader"])[0] == "QT-03"


@pytest.mark.parametrize("typed", ["kiểm soát thông tin", "kiem soat thong tin", "KIỂM SOÁT",
                                   "kiểm soát"])  # fmt: skip
def test_accents_and_their_form_do_not_matter(typed, papers, cast):
    assert codes(typed, cast["reader"]) == ["QT-03"]


def test_everybody_finds_what_he_may_see_and_nothing_else(papers, cast, stranger):
    assert codes("chuyện riêng", cast["reader"]) == []
    assert set(codes("chuyện riêng", cast["author"])) == {"QT-11", "QT-12"}
    assert codes("chuyện riêng", cast["reviewer"]) == ["QT-11"]
    assert set(codes("chuyện riêng", cast["quality"])) == {"QT-11", "QT-12"}
    for typed in ("QT-03", "kiểm soát", "QT-11"):
        assert codes(typed, stranger) == []


def test_a_document_named_to_a_stranger_is_his_to_find(papers, stranger):
    assign_perm("view_document", stranger, papers["in_force"].document)

    assert codes("kiểm soát", again(stranger)) == ["QT-03"]
    assert codes("QT-03", again(stranger)) == ["QT-03"]


def test_the_index_may_be_stale_about_text_never_about_permission(papers, cast, in_force):
    versions.withdraw(in_force, by=cast["quality"], reason="Thay đổi tổ chức.")

    assert codes("kiểm soát", cast["reader"]) == []


def _lose(how: str) -> None:
    for folder in Path(django_settings.INDEX_DIR).iterdir():
        for file in folder.iterdir() if folder.is_dir() else ():
            if how == "gone":
                file.unlink()
            elif not file.name.startswith("."):
                file.write_bytes(file.read_bytes()[:-20] if how == "cut" else b"\0" * 100)


@pytest.mark.parametrize("how", ["gone", "cut", "overwritten"])
def test_a_lost_index_is_told_and_the_database_answers(how, papers, cast):
    _lose(how)

    told = search("kiem soat", by=cast["reader"])
    assert ([f.version.code for f in told.found], told.degraded) == (["QT-03"], True)

    assert mend_indexes()
    told = search("kiem soat", by=cast["reader"])
    assert ([f.version.code for f in told.found], told.degraded) == (["QT-03"], False)


def test_a_change_after_the_loss_does_not_hide_the_rest(papers, cast, agency):
    """A lost index must not begin anew with the one document that changed."""
    from documents.reactions import index_document  # noqa: PLC0415
    from qms.trail.models import Event  # noqa: PLC0415

    _lose("gone")
    changed = papers["QT-12"].document_id
    index_document(Event.objects.get(name="document.created", subject_id=changed))

    assert index.healthy(f"agency-{agency.pk}")
    assert codes("kiểm soát", cast["reader"]) == ["QT-03"]


def test_an_agency_without_documents_has_nothing_broken(cast):
    told = search("kiểm soát", by=cast["reader"])
    assert (told.found, told.degraded) == ([], False)


def test_the_page_says_that_the_index_is_being_mended(papers, cast, client):
    _lose("gone")
    client.force_login(cast["reader"])
    page = client.get("/search/?q=kiểm soát").content.decode()

    assert "Chỉ mục tìm kiếm đang được dựng lại" in page
    assert "QT-03" in page


def test_the_command_prints_what_that_person_would_find(papers, cast):
    out = StringIO()
    call_command("search_documents", "kiem soat", "--by", "an", "--json", stdout=out)

    [row] = json.loads(out.getvalue())
    assert set(row) == {"code", "title", "agency", "score", "snippet"}
    assert (row["code"], row["agency"]) == ("QT-03", "Sở Nội vụ")
    assert "Kiểm soát" in row["snippet"]


def test_the_command_keeps_its_list_clean_when_the_index_is_lost(papers, cast):
    _lose("gone")
    out, told = StringIO(), StringIO()
    call_command("search_documents", "kiem soat", "--by", "an", "--json", stdout=out, stderr=told)

    assert [row["code"] for row in json.loads(out.getvalue())] == ["QT-03"]
    assert "Chỉ mục" in told.getvalue()


def test_the_command_refuses_who_does_not_exist():
    with pytest.raises(CommandError, match="khong-co"):
        call_command("search_documents", "x", "--by", "khong-co")


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "''", "* OR 1=1", "a" * 5000, "😀", "NOT",
                                   "title:x AND (", "%_%", "\u200b"])  # fmt: skip
def test_no_query_breaks_the_page(typed, papers, cast, client):
    client.force_login(cast["reader"])
    assert client.get("/search/", {"q": typed}).status_code == 200
