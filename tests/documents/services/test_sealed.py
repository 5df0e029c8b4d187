"""What was approved stays as it was approved, also for those who reach the database itself."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.models import AmendmentLine, Decision, Section, Signatory, Version
from documents.services import content as contents
from documents.services import sealing
from qms.kernel.refusals import Stale
from tests.signing import approve

pytestmark = pytest.mark.django_db


def refuse(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_text_of_a_sealed_version_cannot_be_touched(in_force):
    first = in_force.sections.first()
    for act in (
        lambda: Section.objects.filter(pk=first.pk).update(html="<p>Khác</p>"),
        lambda: Section.objects.filter(pk=first.pk).delete(),
        lambda: Section.objects.create(version=in_force, order=99, number="9", title="Thêm"),
        lambda: AmendmentLine.objects.create(version=in_force, order=1),
        lambda: Signatory.objects.create(version=in_force, duty="approver", name="Khác"),
    ):
        refuse(act)
    assert contents.hash_of(in_force) == in_force.content_hash


def test_a_section_cannot_be_moved_into_a_sealed_version(in_force, write, cast):
    from documents.services import draft as drafts  # noqa: PLC0415

    draft = drafts.revise(in_force, by=cast["author"])
    refuse(lambda: Section.objects.filter(version=draft).update(version=in_force))


@pytest.mark.parametrize("change", [
    {"title": "Khác"}, {"code": "X"}, {"content_hash": "0" * 64}, {"sealed_file": None},
    {"issue_no": 9}, {"approved_by": None},
])  # fmt: skip
def test_of_a_sealed_version_what_was_decided_stays(change, in_force):
    refuse(lambda: Version.objects.filter(pk=in_force.pk).update(**change))


def test_a_decision_is_never_changed_or_removed(in_force):
    refuse(lambda: Decision.objects.update(comment="khác"))
    refuse(lambda: Decision.objects.all()._raw_delete("default"))
    refuse(lambda: Version.objects.filter(pk=in_force.pk)._raw_delete("default"))


def test_nothing_sealed_is_emptied_replaced_or_slipped_in(in_force):
    from django.db import connection  # noqa: PLC0415

    names = ("section", "decision", "version")
    for name in names:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                refuse(lambda n=name, c=cursor: c.execute(f"TRUNCATE documents_{n} CASCADE"))
            else:
                sql = f"INSERT OR REPLACE INTO documents_{name} SELECT * FROM documents_{name}"
                refuse(lambda s=sql, c=cursor: c.execute(s))
    refuse(lambda: Version.objects.create(
        document=in_force.document, issue_no=9, author=in_force.author, title="Khác",
        state="withdrawn",
    ))  # fmt: skip
    assert in_force.sections.count() == 7


def test_a_draft_is_free(draft):
    Section.objects.filter(version=draft).update(html="<p>Khác</p>")
    draft.sections.all().delete()


def test_what_changed_while_the_pdf_was_made_is_not_approved(in_approval, cast, monkeypatch):
    """Sent back, edited and submitted again in the seconds that the rendering takes."""
    seal = sealing.seal

    def slow(version, **more):
        sealed = seal(version, **more)
        Section.objects.filter(version=version, order=1).update(html="<p>Khác</p>")
        fresh = Version.objects.get(pk=version.pk)
        new_hash = contents.hash_of(fresh)
        Version.objects.filter(pk=version.pk).update(round=2, content_hash=new_hash)
        return sealed

    monkeypatch.setattr(sealing, "seal", slow)
    with pytest.raises(Stale):
        approve(in_approval, by=cast["approver"], effective_on=timezone.localdate())
    assert Version.objects.get(pk=in_approval.pk).state == "in_approval"
    assert not Decision.objects.filter(duty="approver").exists()


def test_a_superuser_without_the_role_approves_nothing(in_approval, cast):
    from qms.agencies.models import User  # noqa: PLC0415

    root = User.objects.create(username="root", is_superuser=True)
    with pytest.raises(PermissionDenied):
        approve(in_approval, by=root, effective_on=timezone.localdate())
