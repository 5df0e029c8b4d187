"""Approving is signing: proved again, with its meaning, bound to the text, shown when broken."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from documents.lifecycles import VersionState
from documents.models import Decision, Section
from documents.services import delegation as delegations
from documents.services import version as services
from documents.waiting import waiting_for
from qms.agencies.models import Role, User
from qms.agencies.proof import Proof, prove
from qms.kernel.refusals import Stale, Unacceptable
from qms.trail.models import Event
from tests.factories import PASSWORD, hire
from tests.signing import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(agency):
    return hire(agency, "thay", Role.READER, full_name="Cao Văn Thay", position="Chánh Văn phòng")


def again(user):
    """The same person at his next request."""
    return User.objects.get(pk=user.pk)


def test_prove_takes_the_right_password_only(cast):
    assert prove(cast["approver"], PASSWORD).holds_for(cast["approver"])
    with pytest.raises(PermissionDenied):
        prove(cast["approver"], "sai")


def test_approve_refuses_the_proof_of_another_or_of_long_ago(in_approval, cast):
    head, now = cast["approver"], timezone.now()
    for proof in (
        Proof(cast["author"].pk, "password", now),
        Proof(head.pk, "password", now - dt.timedelta(minutes=6)),
    ):
        with pytest.raises(PermissionDenied):
            services.approve(in_approval, by=head, proof=proof, effective_on=timezone.localdate())
    assert in_approval.state == VersionState.IN_APPROVAL
    assert not Event.objects.filter(name="version.approved").exists()


@pytest.mark.parametrize("password", ["", "sai"])
def test_the_page_refuses_without_the_right_password(client, in_approval, cast, password):
    client.force_login(cast["approver"])
    url = reverse("documents:version-approve", args=[in_approval.pk])
    response = client.post(
        url, {"effective_on": f"{timezone.localdate():%d/%m/%Y}", "password": password}
    )

    assert response.status_code == 403
    assert "Chưa có gì thay đổi" in response.content.decode()
    in_approval.refresh_from_db()
    assert in_approval.state == VersionState.IN_APPROVAL


def test_the_record_holds_who_as_what_when_how_and_which_text(in_approval, cast):
    approve(in_approval, by=cast["approver"], effective_on=timezone.localdate())
    signed = Decision.objects.get(duty="approver")

    assert (signed.by_name, signed.by_position, signed.by_agency) == (
        "Nguyễn Văn Dũng", "Giám đốc", "Sở Nội vụ",
    )  # fmt: skip
    assert (signed.method, signed.content_hash) == ("password", in_approval.content_hash)
    assert timezone.now() - signed.at < dt.timedelta(minutes=1)


def test_a_text_changed_behind_its_back_shows_the_signature_as_void(
    client, in_force, cast, request
):
    client.force_login(cast["reader"])
    url = in_force.get_absolute_url()
    assert "Chữ ký không còn hiệu lực" not in client.get(url).content.decode()

    request.getfixturevalue("without_sealed_triggers")
    Section.objects.filter(version=in_force, order=1).update(html="<p>Khác một chữ.</p>")

    assert "Chữ ký không còn hiệu lực" in client.get(url).content.decode()


def test_a_signature_moved_to_another_version_is_void_there(
    client, in_force, cast, agency, write, request
):
    from documents.services import draft as drafts  # noqa: PLC0415

    other = write(
        drafts.create(agency, by=cast["author"], kind="policy", code="CS", title="Chính sách")
    )
    services.submit(other, by=cast["author"])
    services.review(other, by=cast["reviewer"])
    approve(other, by=cast["approver"], effective_on=timezone.localdate())
    request.getfixturevalue("without_sealed_triggers")
    Decision.objects.filter(version=other, duty="approver").update(
        content_hash=in_force.content_hash
    )
    client.force_login(cast["reader"])

    assert "Chữ ký không còn hiệu lực" in client.get(other.get_absolute_url()).content.decode()


def test_a_deputy_decides_for_his_giver_and_the_record_says_so(in_approval, cast, agency, deputy):
    today = timezone.localdate()
    delegations.create(
        agency,
        by=cast["approver"],
        deputy=deputy,
        starts_on=today,
        ends_on=today,
        reason="Đi họp.",
    )
    deputy = again(deputy)
    assert [task.kind for task in waiting_for(deputy)] == ["approve"]

    approve(in_approval, by=deputy, effective_on=today, signing_as=("TUQ.", "Giám đốc"))

    signed = Decision.objects.get(duty="approver")
    assert (signed.by_name, signed.for_name) == ("Cao Văn Thay", "Nguyễn Văn Dũng")
    assert in_approval.approved_by_id == deputy.pk


def test_a_deputy_stops_when_the_days_end_or_it_is_ended(in_approval, cast, agency, deputy):
    today = timezone.localdate()
    said = {"by": cast["approver"], "deputy": deputy, "reason": "Nghỉ phép."}
    delegations.create(
        agency,
        starts_on=today + dt.timedelta(days=1),
        ends_on=today + dt.timedelta(days=3),
        **said,
    )
    with pytest.raises(PermissionDenied):
        approve(in_approval, by=again(deputy), effective_on=today)

    held = delegations.create(agency, starts_on=today, ends_on=today, **said)
    delegations.end(held, by=cast["approver"])
    with pytest.raises(PermissionDenied):
        approve(in_approval, by=again(deputy), effective_on=today)
    with pytest.raises(Stale):
        delegations.end(held, by=cast["approver"])


def test_the_author_is_nobodys_deputy_for_his_own_text(in_approval, cast, agency, deputy):
    today = timezone.localdate()
    said = {"starts_on": today, "ends_on": today, "reason": "Đi họp."}
    delegations.create(agency, by=cast["approver"], deputy=cast["author"], **said)
    with pytest.raises(PermissionDenied):
        approve(in_approval, by=again(cast["author"]), effective_on=today)

    # Nor does his own deputy decide in his place, should the author be a head himself.
    hire(agency, "binh", Role.APPROVER)
    delegations.create(agency, by=again(cast["author"]), deputy=deputy, **said)
    with pytest.raises(PermissionDenied):
        approve(in_approval, by=again(deputy), effective_on=today)


def test_delegation_refusals(agency, cast, stranger, deputy):
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    good = {
        "by": cast["approver"], "deputy": deputy, "starts_on": today, "ends_on": today,
        "reason": "Họp.",
    }  # fmt: skip
    for wrong in (
        {"deputy": cast["approver"]}, {"deputy": stranger}, {"reason": " "},
        {"starts_on": today + day}, {"starts_on": today - day, "ends_on": today - day},
        {"ends_on": today + 200 * day},
    ):  # fmt: skip
        with pytest.raises(Unacceptable):
            delegations.create(agency, **(good | wrong))
    with pytest.raises(PermissionDenied):
        delegations.create(agency, **(good | {"by": cast["author"], "giver": cast["approver"]}))
    delegations.create(agency, **good)
    with pytest.raises(Unacceptable):
        delegations.create(agency, **(good | {"ends_on": today + day}))
