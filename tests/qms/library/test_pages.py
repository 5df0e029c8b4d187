"""The public library: whole for visitors, filled for agencies, closed for drafts."""

import io

import pytest
from docx import Document as WordFile

from qms.library.models import Download, Template
from qms.library.services import template as services

pytestmark = pytest.mark.django_db


def words_of(data: bytes) -> str:
    file = WordFile(io.BytesIO(data))
    cells = [c.text for t in file.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in file.paragraphs] + cells)


def test_a_visitor_sees_the_library_and_no_login(client, library):
    page = client.get("/library/")

    assert page.status_code == 200
    assert page.content.decode().count("M-QT-") >= 2


def test_a_visitor_takes_the_text_unfilled(client, template):
    response = client.get(f"/library/{template.pk}/docx/")

    text = words_of(response.content)
    assert "{{ten_co_quan}}" in text
    assert "filename*=UTF-8''M-QT-01.docx" in response["Content-Disposition"]
    assert Download.objects.get().by is None


def test_an_agency_takes_the_text_filled_with_its_own_names(client, template, cast):
    client.force_login(cast["author"])

    text = words_of(client.get(f"/library/{template.pk}/docx/").content)
    assert "Sở Nội vụ" in text
    assert "Nguyễn Văn Dũng" in text or "{{ten_nguoi_dung_dau}}" not in text
    assert "{{ten_co_quan}}" not in text
    assert Download.objects.get().agency == cast["author"].memberships.get().agency


def test_the_page_names_open_fields_in_words(client, template):
    page = client.get(f"/library/{template.pk}/").content.decode()

    assert "{{ten_co_quan}}" not in page
    assert '<em class="merge">Tên đầy đủ của cơ quan</em>' in page


def test_the_pdf_is_the_sealed_one(client, template):
    response = client.get(f"/library/{template.pk}/pdf/")

    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"


def test_a_draft_template_does_not_exist_for_others(client, editor, clauses, cast):
    version = services.create(
        by=editor, code="M-QT-77", title="Mẫu chưa xong", target_kind="system_procedure",
        summary="Thử.", audience=["department"],
    )  # fmt: skip
    template = Template.objects.get(document=version.document)

    for login in (None, cast["quality"]):
        if login:
            client.force_login(login)
        assert client.get(f"/library/{template.pk}/").status_code == 404
        assert "Mẫu chưa xong" not in client.get("/library/").content.decode()
    client.force_login(editor)
    assert client.get(f"/library/{template.pk}/").status_code == 200


def test_adopting_is_one_press(client, template, agency, cast):
    client.force_login(cast["author"])

    response = client.post(f"/library/{template.pk}/adopt/", {"agency": agency.pk}, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Bản nháp" in page
    assert "QT.01" in page


@pytest.mark.parametrize("typed", ["đánh giá", "danh gia", "zzzz", "%", "a b c d e f g h i j"])
def test_the_library_is_searched_with_or_without_accents(typed, client, library):
    assert client.get("/library/", {"q": typed}).status_code == 200
    assert ("M-QT-02" in client.get("/library/", {"q": typed}).content.decode()) == (
        typed in {"đánh giá", "danh gia"}
    )


def test_an_editor_is_told_of_fields_that_nobody_could_fill(client, editor, template):
    from documents.models import Section  # noqa: PLC0415
    from documents.services import draft as drafts  # noqa: PLC0415

    version = services.create(
        by=editor, code="M-QT-78", title="Mẫu {{ten_la}}", target_kind="system_procedure",
        summary="Thử.", audience=["department"],
    )  # fmt: skip
    Section.objects.create(
        version=version, order=50, number="8", title="Thêm", html="<p>{{gi_do}}</p>"
    )
    other = Template.objects.get(document=version.document)
    client.force_login(editor)

    page = client.get(f"/library/{other.pk}/").content.decode()
    assert "gi_do, ten_la" in page
    assert (
        "Trường không có trong danh mục"
        not in client.get(f"/library/{template.pk}/").content.decode()
    )
    assert drafts.free_code(version.document.agency, "M-QT-78") == "M-QT-79"
