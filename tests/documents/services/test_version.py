"""What submitting, deciding and putting in force do, and refuse to do."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import Decision, Section, Version
from documents.services import draft as drafts
from documents.services import version as services
from qms.agencies.models import Role, User
from qms.kernel.refusals import IllegalMove, Refusal, Stale, Unacceptable
from qms.trail.models import Event
from qms.trail.services import first_fault
from qms.vault import services as vault
from tests.factories import hire
from tests.signing import approve

pytestmark = pytest.mark.django_db


def tomorrow():
    return timezone.localdate() + dt.timedelta(days=1)


def test_submit_freezes_the_text_under_its_hash(draft, cast):
    services.submit(draft, by=cast["author"])

    draft.refresh_from_db()
    assert (draft.state, draft.round, len(draft.content_hash)) == (VersionState.IN_REVIEW, 1, 64)
    assert Decision.objects.get().content_hash == draft.content_hash
    assert Event.objects.get(name="version.submitted").by == cast["author"]


def test_submit_refuses_an_unsettled_code(agency, cast, draft, write):
    twin = drafts.new_document(agency, kind="system_procedure", code="qt - 03", title="Khác")
    version = write(drafts.new_version(twin, by=cast["author"]))

    with pytest.raises(Unacceptable, match="chưa được chốt"):
        services.submit(version, by=cast["author"])


def test_submit_refuses_to_let_the_author_decide(draft, cast):
    with pytest.raises(Unacceptable, match="Người soạn thảo không"):
        services.submit(draft, by=cast["author"], approver=cast["author"])


def test_review_hands_the_version_to_the_approver(in_review, cast):
    services.review(in_review, by=cast["reviewer"], comment="Rõ.")

    in_review.refresh_from_db()
    assert in_review.state == VersionState.IN_APPROVAL
    decision = Decision.objects.get(duty="reviewer")
    assert (decision.by_name, decision.by_position, decision.by_agency) == (
        "Phạm Thị Chi",
        "Trưởng phòng",
        "Sở Nội vụ",
    )


def test_review_belongs_to_the_person_named(draft, cast, agency):
    other = hire(agency, "other", Role.REVIEWER)
    services.submit(draft, by=cast["author"], reviewer=other)

    with pytest.raises(PermissionDenied):
        services.review(draft, by=cast["reviewer"])
    services.review(draft, by=other)


def test_send_back_gives_the_reason_to_the_author_and_starts_a_new_round(in_approval, cast):
    services.send_back(in_approval, by=cast["approver"], reason="Thiếu mục 6.")
    services.submit(in_approval, by=cast["author"])

    in_approval.refresh_from_db()
    assert (in_approval.state, in_approval.round) == (VersionState.IN_REVIEW, 2)
    assert Decision.objects.get(verdict="sent_back").comment == "Thiếu mục 6."


def test_send_back_refuses_to_say_nothing(in_review, cast):
    with pytest.raises(Unacceptable, match="Nêu lý do"):
        services.send_back(in_review, by=cast["reviewer"], reason="  ")


def test_approve_seals_a_pdf_and_records_who_when_and_what(in_approval, cast):
    approve(in_approval, by=cast["approver"], effective_on=tomorrow(), comment="Đồng ý.")

    in_approval.refresh_from_db()
    assert (in_approval.state, in_approval.approved_by) == (
        VersionState.APPROVED,
        cast["approver"],
    )
    assert vault.read(in_approval.sealed_file).startswith(b"%PDF-")
    facts = Event.objects.get(name="version.approved").facts
    assert facts["sealed_sha256"] == in_approval.sealed_file.sha256
    assert facts["content_hash"] == in_approval.content_hash


def test_approve_for_today_puts_in_force_at_once(in_force):
    in_force.refresh_from_db()
    assert in_force.state == VersionState.IN_FORCE


def test_approve_refuses_the_author_even_as_head_and_superuser(in_approval, cast, agency):
    hire(agency, "binh", Role.APPROVER)
    author = User.objects.get(username="binh")
    author.is_superuser = True
    author.save()

    with pytest.raises(PermissionDenied):
        approve(in_approval, by=author, effective_on=tomorrow())


def test_approve_refuses_a_superuser_without_the_role(in_approval):
    root = User.objects.create_superuser("root", full_name="Root")
    with pytest.raises(PermissionDenied):
        approve(in_approval, by=root, effective_on=tomorrow())


def test_approve_refuses_a_day_in_the_past(in_approval, cast):
    with pytest.raises(Unacceptable, match="Ngày hiệu lực"):
        approve(
            in_approval,
            by=cast["approver"],
            effective_on=timezone.localdate() - dt.timedelta(days=1),
        )


def test_approve_refuses_a_text_that_is_not_the_one_submitted(in_approval, cast):
    Section.objects.filter(version=in_approval, order=1).update(html="<p>Khác.</p>")

    with pytest.raises(Stale, match="không còn đúng"):
        approve(in_approval, by=cast["approver"], effective_on=tomorrow())


@pytest.mark.parametrize("state", [s for s in VersionState if s != VersionState.IN_APPROVAL])
def test_approve_refuses_every_state_but_in_approval(in_approval, cast, state):
    in_approval.state = state
    with pytest.raises(IllegalMove):
        approve(in_approval, by=cast["approver"], effective_on=tomorrow())


def test_approve_loses_to_the_one_who_was_first(in_approval, cast, agency):
    second = hire(agency, "second", Role.APPROVER)
    late = Version.objects.get(pk=in_approval.pk)
    approve(in_approval, by=cast["approver"], effective_on=tomorrow())

    with pytest.raises(Stale):
        approve(late, by=second, effective_on=tomorrow())

    assert Event.objects.filter(name="version.approved").count() == 1


def test_a_failing_pdf_means_no_approval(in_approval, cast):
    Section.objects.filter(version=in_approval, order=1).update(
        html='<p><img src="asset:' + "0" * 64 + '" alt=""></p>'
    )
    Version.objects.filter(pk=in_approval.pk).update(content_hash=_rehash(in_approval))
    in_approval.refresh_from_db()

    with pytest.raises(Unacceptable, match="Không tạo được bản PDF"):
        approve(in_approval, by=cast["approver"], effective_on=tomorrow())

    in_approval.refresh_from_db()
    assert (in_approval.state, in_approval.sealed_file) == (VersionState.IN_APPROVAL, None)


def _rehash(version):
    from documents.services.content import hash_of  # noqa: PLC0415

    return hash_of(Version.objects.get(pk=version.pk))


def test_database_itself_refuses_an_author_as_approver(in_approval, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=in_approval.pk).update(approved_by=cast["author"])


def test_put_in_force_supersedes_the_version_before_in_one_act(in_force, cast, write):
    second = drafts.revise(in_force, by=cast["author"])
    services.submit(write(second, "Bản mới"), by=cast["author"])
    services.review(second, by=cast["reviewer"])
    approve(second, by=cast["approver"], effective_on=timezone.localdate())

    states = dict(second.document.versions.values_list("amendment_no", "state"))
    assert states == {0: VersionState.SUPERSEDED, 1: VersionState.IN_FORCE}
    assert Event.objects.get(name="version.superseded").facts == {"replaced_by": second.pk}


def test_the_clock_puts_due_versions_in_force_and_no_others(in_approval, cast):
    approve(in_approval, by=cast["approver"], effective_on=tomorrow())
    assert services.put_due_in_force(by=User.clock()) == []

    Version.objects.filter(pk=in_approval.pk).update(
        issued_on=timezone.localdate() - dt.timedelta(days=3),
        effective_on=timezone.localdate() - dt.timedelta(days=1),
    )
    assert services.put_due_in_force(by=User.clock()) == [in_approval]
    assert Event.objects.get(name="version.put_in_force").by.is_clock


def test_nobody_puts_in_force_before_the_day(in_approval, cast):
    approve(in_approval, by=cast["approver"], effective_on=tomorrow())
    with pytest.raises(PermissionDenied):
        services.put_in_force(in_approval, by=cast["quality"])


def test_withdraw_refuses_while_a_later_version_waits_for_its_day(in_force, cast, write):
    """The clock would bring the withdrawn document back."""
    second = drafts.revise(in_force, by=cast["author"])
    services.submit(write(second, "Bản mới"), by=cast["author"])
    services.review(second, by=cast["reviewer"])
    approve(second, by=cast["approver"], effective_on=tomorrow())
    with pytest.raises(IllegalMove, match="Lần 01, sửa đổi 01 đã phê duyệt, có hiệu lực từ"):
        services.withdraw(in_force, by=cast["quality"], reason="Bãi bỏ.")

    in_force.refresh_from_db()
    assert in_force.state == VersionState.IN_FORCE


def test_the_author_says_at_submission_how_much_a_revision_changes(in_force, cast, write, client):
    first = drafts.revise(in_force, by=cast["author"])
    client.force_login(cast["author"])
    address = reverse("documents:version-submit", args=[write(first, "Bản mới").pk])
    assert (
        "Mức độ thay đổi so với bản trước" in client.get(first.get_absolute_url()).content.decode()
    )
    assert client.post(address, {"is_substantive": "0"}).status_code == 302
    services.recall(first_of(first), by=cast["author"], reason="Sửa thêm.")
    assert client.post(address, {"is_substantive": "0"}).status_code == 302

    assert first_of(first).dissemination.is_substantive is False
    weighed = Event.objects.get(name="version.weighed")
    assert (weighed.by, weighed.facts) == (cast["author"], {"is_substantive": False})


def test_of_a_first_version_nobody_asks_how_much_it_changes(draft, cast, client):
    client.force_login(cast["author"])
    assert "Mức độ thay đổi" not in client.get(draft.get_absolute_url()).content.decode()


def first_of(version):
    return Version.objects.get(pk=version.pk)


def test_register_refuses_a_paper_older_than_what_is_in_force(in_force, cast, write):
    """It would leave nothing in force "as of today": the register counts the later one."""
    second = write(drafts.revise(in_force, by=cast["author"]), "Bản cũ")
    second.issued_on = timezone.localdate() - dt.timedelta(days=400)
    second.save()
    second.signatories.create(duty="approver", name="Nguyễn Văn Dũng")
    with pytest.raises(Unacceptable, match="sau ngày ban hành trên trang bìa"):
        services.register(second, by=cast["quality"])

    assert Version.objects.in_force_on(timezone.localdate()).get() == in_force


def test_withdraw_needs_a_reason_and_ends_the_version(in_force, cast):
    services.withdraw(in_force, by=cast["quality"], reason="Thủ tục đã bãi bỏ.")

    in_force.refresh_from_db()
    assert (in_force.state, in_force.ended_on) == (VersionState.WITHDRAWN, timezone.localdate())


def test_discard_frees_the_code(draft, cast, agency):
    services.discard(draft, by=cast["author"], reason="Nhập nhầm.")

    again = drafts.create(agency, by=cast["author"], kind="policy", code="QT-03", title="Khác")
    assert again.document.code_settled


def test_the_chain_of_events_holds_after_a_whole_life(in_force, cast, agency):
    services.withdraw(in_force, by=cast["quality"], reason="Hết dùng.")
    assert Event.objects.filter(agency=agency).count() >= 6
    assert first_fault(agency) is None


@pytest.mark.django_db(transaction=True)
def test_one_of_ten_approvals_at_once_succeeds(in_approval, cast, agency):
    heads = [hire(agency, f"head{n}", Role.APPROVER) for n in range(10)]
    outcomes = []

    def sign(head):
        try:
            approve(Version.objects.get(pk=in_approval.pk), by=head, effective_on=tomorrow())
            outcomes.append("approved")
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=(head,)) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("approved") == 1
    assert len(outcomes) == 10
    assert Decision.objects.filter(duty="approver").count() == 1
    assert first_fault(agency) is None


def test_recall_gives_the_text_back_to_its_author_and_voids_what_was_decided(in_approval, cast):
    services.recall(in_approval, by=cast["author"], reason="Sai mục 3.")

    assert in_approval.state == VersionState.DRAFT
    assert Event.objects.get(name="version.recalled").reason == "Sai mục 3."
    services.submit(in_approval, by=cast["author"])
    assert (in_approval.state, in_approval.round) == (VersionState.IN_REVIEW, 2)
    assert Decision.objects.filter(round=1, duty="reviewer").exists()


def test_recall_frees_what_waits_for_somebody_who_left(draft, cast, agency):
    from qms.agencies.models import Membership  # noqa: PLC0415

    gone = hire(agency, "gone", Role.REVIEWER)
    services.submit(draft, by=cast["author"], reviewer=gone)
    Membership.objects.filter(user=gone).update(ends_on=timezone.localdate())
    with pytest.raises(PermissionDenied):
        services.review(draft, by=User.objects.get(username="gone"))

    services.recall(draft, by=cast["quality"], reason="Người soát xét đã chuyển công tác.")
    assert draft.state == VersionState.DRAFT


def test_recall_belongs_to_the_author_and_the_quality_office(in_review, cast):
    for who in ("reader", "reviewer", "approver"):
        with pytest.raises(PermissionDenied):
            services.recall(in_review, by=cast[who], reason="x")
    with pytest.raises(Unacceptable):
        services.recall(in_review, by=cast["author"], reason=" ")
