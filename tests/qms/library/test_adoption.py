"""An agency takes a template over as its own draft, which remembers where it came from."""

import pytest
from django.core.exceptions import PermissionDenied

from documents.lifecycles import VersionState
from documents.models import Document
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import Agency
from qms.kernel.refusals import IllegalMove
from qms.library.models import Adoption, Template
from qms.library.services import adoption as services
from qms.library.waiting import waiting_for
from qms.trail.models import Event
from tests.signing import approve
from tests.words import say

pytestmark = pytest.mark.django_db


def test_adopt_makes_a_filled_draft_that_remembers_its_version(template, agency, cast):
    Agency.objects.filter(pk=agency.pk).update(address="Số 5 & <Hẻm> 2")
    agency.refresh_from_db()

    kept = services.adopt(template, agency, by=cast["author"])

    version = kept.document.versions.get()
    text = " ".join(s.html for s in version.sections.all())
    assert (version.state, version.author) == (VersionState.DRAFT, cast["author"])
    assert kept.document.code == "QT-01"
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
    drafts.create(agency, by=cast["author"], kind="system_procedure", code="QT-01", title="Có")

    assert services.adopt(template, agency, by=cast["author"]).document.code == "QT-02"


def test_a_withdrawn_template_is_not_adopted(template, agency, cast, editor):
    from qms.agencies.models import Role  # noqa: PLC0415
    from tests.factories import hire  # noqa: PLC0415

    quality = hire(template.document.agency, "q", Role.QUALITY)
    versions.withdraw(template.document.versions.get(), by=quality, reason="Thay luật.")

    with pytest.raises(IllegalMove):
        services.adopt(Template.objects.get(pk=template.pk), agency, by=cast["author"])


def test_a_newer_template_waits_for_those_who_adopted(template, agency, cast, editor):
    services.adopt(template, agency, by=cast["author"])
    assert waiting_for(cast["author"]) == []

    _publish_next(template, editor)

    [task] = waiting_for(cast["author"])
    assert "có bản mới" in str(task.title)
    assert waiting_for(cast["reader"]) == []
    assert Adoption.objects.behind().get().behind == 1


def _publish_next(template, editor):
    """The province revises the text and puts it in force."""
    from django.utils import timezone  # noqa: PLC0415

    from qms.agencies.models import Role, User  # noqa: PLC0415
    from tests.factories import hire  # noqa: PLC0415

    body = template.document.agency
    hire(body, "reviewer2", Role.REVIEWER)
    started = say(drafts.revise(template.document.versions.get(), by=editor))
    versions.submit(started, by=editor)
    versions.review(started, by=User.objects.get(username="reviewer2"))
    approve(started, by=User.objects.get(username="director"), effective_on=timezone.localdate())
