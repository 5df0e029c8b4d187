"""The public portal: sets, clauses, whole ZIPs, and what changed between versions."""

import io
import zipfile

import pytest

from qms.library.models import Download, Template, TemplateSet
from tests.qms.library.province import publish_next, reword

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(library):
    return TemplateSet.objects.get(key="commune")


def test_a_visitor_browses_by_set_and_by_clause(client, together):
    every = client.get("/library/").content.decode()
    assert together.name in every
    assert "M-QT-02" in client.get("/library/?set=commune").content.decode()
    by_clause = client.get("/library/?clause=9.2").content.decode()
    assert "M-QT-02" in by_clause
    assert ">M-QT-01<" not in by_clause
    assert client.get("/library/?set=la").status_code == 404


def test_a_set_is_taken_as_one_zip_under_vietnamese_names(client, together):
    answer = client.get(f"/library/sets/{together.pk}.zip")

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert "Quy trình hệ thống/M-QT-02 Đánh giá nội bộ.docx" in archive.namelist()
    assert all(archive.read(name).startswith(b"PK") for name in archive.namelist())
    assert Download.objects.filter(form="zip").count() == len(archive.namelist())


def test_the_history_shows_what_changed(client, template, editor):
    page = client.get(f"/library/{template.pk}/history/")
    assert "Mẫu mới có một bản" in page.content.decode()

    publish_next(template, lambda c: reword(c, "Mục đích", "Quy định", "Nêu rõ"), by=editor)
    page = client.get(f"/library/{template.pk}/history/").content.decode()
    assert "<ins>Nêu rõ</ins>" in page.replace("<ins> ", "<ins>")
    assert client.get(f"/library/{template.pk}/history/?before=abc&after=%00").status_code == 200


def test_a_draft_of_a_template_is_not_in_the_history(client, template, editor):
    from documents.services import draft as drafts  # noqa: PLC0415

    drafts.revise(template.document.versions.get(), by=editor, counting="issue")

    assert "lần 02" not in client.get(f"/library/{template.pk}/history/").content.decode()


def test_forms_stand_under_their_procedure_not_beside_it(client, template):
    form = Template.objects.exclude(pk=template.pk)[0]
    Template.objects.filter(pk=form.pk).update(parent=template, target_kind="form")

    assert ">M-QT-02<" not in client.get("/library/").content.decode()
    assert "M-QT-02" in client.get(f"/library/{template.pk}/").content.decode()
    assert "M-QT-02" in client.get("/library/?kind=form").content.decode()


def test_a_number_that_no_document_has_is_not_found(client, template):
    assert client.get(f"/library/of-document/{template.document_id}/").status_code == 302
    for number in (999_999, 10**20):
        assert client.get(f"/library/of-document/{number}/").status_code == 404
        assert client.get(f"/library/{number}/").status_code == 404
