"""A newer template reaches those who adopted it as a draft of their own, and nothing is lost."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import Version
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import version as versions
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.library.models import Update, UpdateState
from qms.library.services import adoption as adoptions
from qms.library.services import update as services
from qms.library.waiting import waiting_for
from qms.trail.models import Event
from qms.trail.services import deliver_owed
from tests.qms.library.province import publish_next, reword
from tests.signing import approve

pytestmark = pytest.mark.django_db

AIM, SCOPE = "Mục đích", "Phạm vi áp dụng"


@pytest.fixture
def adoption(template, agency, cast):
    agency.address = "Số 1 đường Hùng Vương"
    agency.save()
    return adoptions.adopt(template, agency, by=cast["author"])


@pytest.fixture
def in_force(adoption, cast):
    """The adopted text, approved by the agency as it is."""
    return approved(adoption.document.versions.get(), cast)


def approved(version: Version, cast) -> Version:
    versions.submit(version, by=cast["author"])
    versions.review(version, by=cast["reviewer"])
    approve(version, by=cast["approver"], effective_on=timezone.localdate())
    deliver_owed()
    version.refresh_from_db()
    return version


def first_words(version: Version, title: str) -> str:
    html = version.sections.get(title=title).html
    return html.split("</p>")[0].removeprefix("<p>")


def edit(version: Version, title: str, before: str, after: str) -> None:
    """The agency's own hand in its draft."""
    contents.write(version, reword(contents.content_of(version), title, before, after))


def province_says(template, editor, title: str, before: str, after: str) -> Update:
    """The province changes one place; the only update there is, compared."""
    publish_next(template, lambda c: reword(c, title, before, after), by=editor)
    services.compare_waiting()
    return Update.objects.latest("pk")


def test_every_adopter_is_offered_the_new_version_once(template, in_force, editor, cast):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")

    assert update.state == UpdateState.CLEAN
    assert update.adoption.document == in_force.document
    assert services.offer(update.version) == 0
    assert services.compare_waiting() == 0
    [task] = waiting_for(cast["author"])
    assert "có bản mới" in str(task.title)
    assert waiting_for(cast["reader"]) == []


def test_taking_makes_a_draft_and_publishes_nothing(template, in_force, editor, cast, agency):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")

    draft = services.take(update, by=cast["author"])

    assert draft.state == VersionState.DRAFT
    assert "Quy trình này áp dụng" in draft.sections.get(title=SCOPE).html
    assert agency.short_name in draft.sections.get(title=SCOPE).html
    in_force.refresh_from_db()
    assert in_force.state == VersionState.IN_FORCE
    assert waiting_for(cast["author"]) == []
    event = Event.objects.get(name="document.update_taken")
    assert (event.by, event.facts["draft"]) == (cast["author"], draft.pk)


def test_what_the_agency_wrote_itself_survives(template, adoption, editor, cast):
    draft = adoption.document.versions.get()
    edit(draft, AIM, "Quy định cách", "Quy định rõ cách")
    approved(draft, cast)
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")

    taken = services.take(update, by=cast["author"])

    assert "Quy định rõ cách" in taken.sections.get(title=AIM).html
    assert "Quy trình này áp dụng" in taken.sections.get(title=SCOPE).html


def test_a_place_both_changed_waits_for_a_person(template, adoption, editor, cast):
    draft = adoption.document.versions.get()
    edit(draft, AIM, "Quy định cách", "Quy định rõ cách")
    approved(draft, cast)
    update = province_says(template, editor, AIM, "Quy định cách", "Quy định thống nhất cách")

    assert (update.state, update.conflicts) == (UpdateState.CONFLICT, 1)
    with pytest.raises(Unacceptable, match="chưa chọn"):
        services.take(update, by=cast["author"])
    assert not Version.objects.filter(document=adoption.document).in_flight().exists()
    [conflict] = services.merge_of(update).conflicts
    taken = services.take(update, by=cast["author"], choices={conflict.key: "province"})
    assert "Quy định thống nhất cách" in taken.sections.get(title=AIM).html


def test_the_new_version_is_the_base_once_it_is_in_force(template, in_force, editor, cast):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")
    draft = services.take(update, by=cast["author"])
    adoption = update.adoption
    adoption.refresh_from_db()
    assert adoption.base_version != update.version

    _with_sheet(draft)
    approved(draft, cast)

    adoption.refresh_from_db()
    update.refresh_from_db()
    assert (adoption.base_version, update.state) == (update.version, UpdateState.DONE)
    assert adoption.diverged == 0


def test_diverged_sections_are_counted_when_they_come_into_force(adoption, cast):
    draft = adoption.document.versions.get()
    edit(draft, AIM, "Quy định cách", "Quy định rõ cách")
    approved(draft, cast)

    adoption.refresh_from_db()
    assert adoption.diverged == 1


def test_a_discarded_draft_opens_the_update_again(template, in_force, editor, cast):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")
    draft = services.take(update, by=cast["author"])

    versions.discard(draft, by=cast["author"], reason="Làm lại.")
    deliver_owed()
    services.compare_waiting()

    update.refresh_from_db()
    assert (update.state, update.draft) == (UpdateState.CLEAN, None)


def test_an_adopted_draft_never_in_force_takes_the_new_text_in_itself(
    template, adoption, editor, cast
):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")

    draft = services.take(update, by=cast["author"])

    adoption.refresh_from_db()
    assert draft == adoption.document.versions.get()
    assert adoption.base_version == update.version


def test_two_new_versions_in_a_row_leave_one_update_open(template, in_force, editor, cast):
    first = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")
    second = province_says(template, editor, SCOPE, "Quy trình này", "Quy trình sau đây")

    first.refresh_from_db()
    assert (first.state, second.state) == (UpdateState.OVERTAKEN, UpdateState.CLEAN)
    with pytest.raises(IllegalMove, match="đã được xử lý"):
        services.take(first, by=cast["author"])
    assert "sau đây" in services.take(second, by=cast["author"]).sections.get(title=SCOPE).html


def test_declining_needs_a_reason_and_is_kept(template, in_force, editor, cast):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")

    with pytest.raises(Unacceptable):
        services.decline(update, by=cast["author"], reason="  ")
    services.decline(update, by=cast["author"], reason="Xã chưa có bộ phận này.")

    update.refresh_from_db()
    assert (update.state, update.decided_by) == (UpdateState.DECLINED, cast["author"])
    assert Event.objects.get(name="document.update_declined").reason == "Xã chưa có bộ phận này."
    with pytest.raises(IllegalMove):
        services.take(update, by=cast["author"])


def test_a_draft_under_review_is_not_touched(template, in_force, editor, cast):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")
    draft = drafts.revise(in_force, by=cast["author"])
    _with_sheet(draft)
    versions.submit(draft, by=cast["author"])

    with pytest.raises(IllegalMove, match="trên đường phê duyệt"):
        services.take(update, by=cast["author"])


def test_only_writers_of_the_agency_take_or_decline(template, in_force, editor, cast, stranger):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")

    for person in (cast["reader"], cast["reviewer"], stranger, editor):
        with pytest.raises(PermissionDenied):
            services.take(update, by=person)
        with pytest.raises(PermissionDenied):
            services.decline(update, by=person, reason="Không.")


def test_all_clean_ones_are_taken_in_one_press(client, template, in_force, editor, cast):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")
    client.force_login(cast["author"])

    page = client.post("/library/updates/take/", follow=True).content.decode()

    update.refresh_from_db()
    assert update.state == UpdateState.DRAFTED
    assert "Đã tạo 1 bản nháp" in page


def test_the_page_shows_both_texts_and_takes_the_choice(client, template, adoption, editor, cast):
    draft = adoption.document.versions.get()
    edit(draft, AIM, "Quy định cách", "Quy định rõ cách")
    approved(draft, cast)
    update = province_says(template, editor, AIM, "Quy định cách", "Quy định thống nhất cách")
    client.force_login(cast["author"])

    page = client.get(f"/library/updates/{update.pk}/").content.decode()
    assert "Quy định rõ cách" in page
    assert "Quy định thống nhất cách" in page
    refused = client.post(f"/library/updates/{update.pk}/take/", {})
    assert refused.status_code == 422
    [conflict] = services.merge_of(update).conflicts
    done = client.post(f"/library/updates/{update.pk}/take/", {f"c_{conflict.key}": "ours"})
    assert done.status_code == 302


def test_a_stranger_sees_no_update(client, template, in_force, editor, stranger):
    update = province_says(template, editor, SCOPE, "Quy trình áp dụng", "Quy trình này áp dụng")
    client.force_login(stranger)

    assert client.get(f"/library/updates/{update.pk}/").status_code == 404
    assert in_force.code not in client.get("/library/updates/").content.decode()


def _with_sheet(draft: Version) -> None:
    from qms.kernel.content import Amendment  # noqa: PLC0415

    said = contents.content_of(draft)
    line = Amendment("", SCOPE, "Theo bản mới của tỉnh.", "01/01", "24/11/2026")
    contents.write(draft, replace(said, amendments=(*said.amendments, line)))
