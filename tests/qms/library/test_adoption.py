"""An agency takes a template over as its own draft, which remembers where it came from."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from documents.lifecycles import VersionState
from documents.models import Document, DocumentKind, Version
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import Agency
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.library.models import Adoption, Template, Waiver
from qms.library.services import adoption as services
from qms.library.services import waiver as waivers
from qms.library.services.answer import keep_answers
from qms.library.services.filling import questions, values_for
from qms.trail.models import Event

pytestmark = pytest.mark.django_db


def test_adopt_makes_a_filled_draft_that_remembers_its_version(template, agency, cast):
    Agency.objects.filter(pk=agency.pk).update(address="Số 5 & <Hẻm> 2")
    agency.refresh_from_db()

    kept = services.adopt(template, agency, by=cast["author"])

    version = kept.document.versions.get()
    text = " ".join(s.html for s in version.sections.all())
    assert (version.state, version.author) == (VersionState.DRAFT, cast["author"])
    assert kept.document.code == "QT.01"
    assert "Sở Nội vụ" in text
    assert "{{ten_co_quan}}" not in text
    assert "<Hẻm>" not in text
    assert kept.base_version == template.document.versions.get()
    assert set(kept.base_hashes) == {str(s.order) for s in version.sections.all()}
    event = Event.objects.get(name="document.adopted")
    assert (event.by, event.facts["base_version"]) == (cast["author"], kept.base_version.pk)


def test_adopt_carries_the_clauses_over(template, agency, cast):
    version = services.adopt(template, agency, by=cast["author"]).document.versions.get()

    ours = {c.number for s in version.sections.all() for c in s.clauses.all()}
    assert ours == {c.number for c in template.clauses.all()}


def test_a_template_is_adopted_once(template, agency, cast):
    services.adopt(template, agency, by=cast["author"])

    with pytest.raises(IllegalMove, match="đã áp dụng mẫu này"):
        services.adopt(template, agency, by=cast["quality"])
    assert Document.objects.filter(agency=agency).count() == 1


@pytest.mark.parametrize("who", ["reader", "reviewer", "approver"])
def test_who_does_not_write_does_not_adopt(who, template, agency, cast):
    with pytest.raises(PermissionDenied):
        services.adopt(template, agency, by=cast[who])


def test_a_stranger_does_not_adopt_for_another_agency(template, agency, stranger):
    with pytest.raises(PermissionDenied):
        services.adopt(template, agency, by=stranger)


def test_a_taken_code_gives_way_to_the_next_free_one(template, agency, cast):
    drafts.create(agency, by=cast["author"], kind="system_procedure", code="QT.01", title="Có")

    assert services.adopt(template, agency, by=cast["author"]).document.code == "QT.02"


def test_a_withdrawn_template_is_not_adopted(template, agency, cast, editor):
    from qms.agencies.models import Role  # noqa: PLC0415
    from tests.factories import hire  # noqa: PLC0415

    quality = hire(template.document.agency, "q", Role.QUALITY)
    versions.withdraw(template.document.versions.get(), by=quality, reason="Thay luật.")

    with pytest.raises(IllegalMove):
        services.adopt(Template.objects.get(pk=template.pk), agency, by=cast["author"])


def test_forms_come_with_their_procedure_under_its_number(template, agency, cast):
    form = Template.objects.create(
        document=drafts.new_document(
            template.document.agency, kind=DocumentKind.GUIDANCE, code="M-BM.01.09", title="Phiếu"
        ),
        target_kind=DocumentKind.FORM, parent=template, order=9, summary="Thử.",
        audience=["department"],
    )  # fmt: skip
    Version.objects.filter(pk=drafts.new_version(form.document, by=cast["author"]).pk).update(
        state=VersionState.IN_FORCE, effective_on="2026-01-01", content_hash="0" * 64,
        sealed_file=template.document.versions.get().sealed_file,
    )  # fmt: skip

    adopted = services.adopt(template, agency, by=cast["author"])

    own = Adoption.objects.get(template=form).document
    assert (own.code, own.parent) == ("BM.01.09", adopted.document)


def test_what_the_agency_lacks_is_asked_once_and_never_left_blank(agency, cast, library):
    call_command("load_library", by="editor", only=["M-CS-01"], publish=True, stdout=StringIO())
    policy = Template.objects.get(document__code="M-CS-01")
    Agency.objects.filter(pk=agency.pk).update(place="")
    agency.refresh_from_db()
    texts = services.texts_of_takings(services.plan([policy], agency))
    lacking = [q.name for q in questions(agency, texts, values_for(agency)) if not q.answer]
    assert "dia_danh" in lacking

    with pytest.raises(Unacceptable, match="Còn thiếu thông tin của cơ quan: Địa danh"):
        services.adopt(policy, agency, by=cast["author"])
    assert not Document.objects.filter(agency=agency).exists()
    made = services.adopt(
        policy, agency, by=cast["author"], answers=dict.fromkeys(lacking, "Mỹ <Tho>")
    )
    assert values_for(agency)["dia_danh"] == "Mỹ <Tho>"
    text = " ".join(s.html for s in made.document.versions.get().sections.all())
    assert "Mỹ &lt;Tho&gt;" in text
    assert all(q.answer for q in questions(agency, texts, values_for(agency)))


@pytest.mark.parametrize("text", ["{{dia_chi}}", "{{#so}}", "{{ma:M-QT-01}}"])
def test_an_answer_is_never_a_place_to_be_filled(text, agency, cast, library):
    with pytest.raises(Unacceptable):
        keep_answers(agency, {"dia_chi": text}, by=cast["author"])


def test_an_agency_that_ended_adopts_nothing(template, agency, cast):
    Agency.objects.filter(pk=agency.pk).update(valid_to="2026-10-01")

    with pytest.raises(IllegalMove, match="không còn hoạt động"):
        services.adopt(template, agency, by=cast["author"])


def test_a_waived_template_is_left_out_of_a_set_until_it_is_adopted_by_name(
    template, agency, cast, library
):
    waivers.waive(template, agency, by=cast["quality"], reason="Không có việc này.")

    made = services.adopt_all(Template.objects.all(), agency, by=cast["author"])
    assert template.pk not in [one.template_id for one in made]
    services.adopt(template, agency, by=cast["author"])
    assert Waiver.objects.get().lifted_at is not None
    with pytest.raises(IllegalMove, match="Không còn mẫu nào"):
        services.adopt_all(Template.objects.all(), agency, by=cast["author"])


def test_a_waiver_needs_a_reason_and_the_quality_office(template, agency, cast):
    with pytest.raises(Unacceptable):
        waivers.waive(template, agency, by=cast["quality"], reason=" ")
    with pytest.raises(PermissionDenied):
        waivers.waive(template, agency, by=cast["author"], reason="Không cần.")
    waivers.waive(template, agency, by=cast["quality"], reason="Không cần.")
    with pytest.raises(IllegalMove):
        waivers.waive(template, agency, by=cast["approver"], reason="Không cần.")


def test_a_text_with_an_open_place_is_not_submitted(template, agency, cast):
    draft = services.adopt(template, agency, by=cast["author"]).document.versions.get()
    section = draft.sections.first()
    section.html += "<p>{{?so_dien_thoai}}</p>"
    section.save()

    with pytest.raises(Unacceptable, match="Còn chỗ chưa điền"):
        versions.submit(draft, by=cast["author"])


@pytest.mark.django_db(transaction=True)
def test_what_is_adopted_together_is_found_at_once_after_one_write(template, agency, cast):
    from documents import lookup  # noqa: PLC0415

    services.adopt_all(
        Template.objects.all(), agency, by=cast["author"],
        answers={"dia_chi": "Số 1", "co_quan_chu_quan": "UBND tỉnh"},
    )  # fmt: skip

    assert Event.objects.filter(name="library.adopted").count() == 1
    assert Event.objects.filter(name="document.adopted").count() == 2
    found = lookup.search("đánh giá nội bộ", by=cast["author"])
    assert any(hit.version.document.agency == agency for hit in found.found)
