"""Anybody asks, the quality office answers, drafts open, and the request closes when all is done."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from documents.models import ChangeRequest, DocumentKind
from documents.services import change_request as requests
from documents.services import draft as drafts
from documents.services import version as versions
from documents.services.change_request import Asked
from documents.waiting import waiting_for
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Unacceptable
from tests.pdf import pages_of
from tests.signing import approve
from tests.words import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(agency, cast, in_force):
    def ask(wish="amend", **line):
        line = line or {"document": in_force.document}
        asked = Asked(wish, what="Rút thời hạn còn 5 ngày.", **line)
        return requests.create(agency, by=cast["reader"], reason="Nghị định mới.", lines=[asked])

    return ask


def test_accepting_opens_the_drafts_and_the_last_one_in_force_closes(
    ask, in_force, cast, agency, django_capture_on_commit_callbacks
):
    asked = requests.create(
        agency, by=cast["reader"], reason="Nghị định mới.",
        lines=[Asked("amend", "Sửa mục 5.", in_force.document),
               Asked("amend", "Sửa mục 5 nữa.", in_force.document)],
    )  # fmt: skip
    assert [t.kind for t in waiting_for(cast["quality"])] == ["change_request"]
    requests.accept(asked, by=cast["quality"], author=cast["author"])

    first, second = asked.lines.all()
    assert first.version.author == cast["author"]
    assert "đang có một bản nháp" in second.remark
    with django_capture_on_commit_callbacks(execute=True):
        versions.submit(say(first.version), by=cast["author"])
        versions.review(first.version, by=cast["reviewer"])
        approve(first.version, by=cast["approver"], effective_on=timezone.localdate())
    asked.refresh_from_db()
    assert asked.state == "accepted", "the second line has no version"
    requests.finish(asked, by=cast["quality"])
    assert asked.state == "done"


def test_a_request_of_one_closes_by_itself(ask, cast, django_capture_on_commit_callbacks):
    asked = ask()
    requests.accept(asked, by=cast["quality"], author=cast["author"])
    draft = asked.lines.get().version
    with django_capture_on_commit_callbacks(execute=True):
        versions.submit(say(draft), by=cast["author"])
        versions.review(draft, by=cast["reviewer"])
        approve(draft, by=cast["approver"], effective_on=timezone.localdate())

    asked.refresh_from_db()
    assert asked.state == "done"


def test_a_new_document_begins_without_a_code(ask, cast):
    asked = ask("issue", title="Quy chế tiếp công dân", kind="regulation")
    requests.accept(asked, by=cast["quality"], author=cast["author"])

    draft = asked.lines.get().version
    assert (draft.title, draft.document.code_settled) == ("Quy chế tiếp công dân", False)
    assert draft.document.kind == DocumentKind.REGULATION


def test_a_wish_to_withdraw_closes_when_it_is_withdrawn(
    ask, in_force, cast, django_capture_on_commit_callbacks
):
    asked = ask("withdraw")
    requests.accept(asked, by=cast["quality"])
    with django_capture_on_commit_callbacks(execute=True):
        versions.withdraw(in_force, by=cast["quality"], reason="Không còn dùng.")

    asked.refresh_from_db()
    assert asked.state == "done"


def test_one_request_wishes_different_things_of_several_documents(
    agency, cast, in_force, client, django_capture_on_commit_callbacks
):
    old = drafts.create(
        agency, by=cast["author"], kind=DocumentKind.POLICY, code="CS-09", title="Chính sách cũ"
    )
    asked = requests.create(
        agency, by=cast["reader"], reason="Sắp xếp lại hệ thống.",
        lines=[
            Asked("amend", "Sửa mục 5.", in_force.document),
            Asked("issue", "Viết mới.", None, "Quy chế tiếp công dân", DocumentKind.REGULATION),
            Asked("withdraw", "Không còn dùng.", old.document),
        ],
    )  # fmt: skip
    client.force_login(cast["reader"])
    for address in (asked.get_absolute_url(), reverse("documents:change-request-list")):
        assert "Ban hành mới; Sửa đổi, bổ sung; Bãi bỏ" in client.get(address).content.decode()
    requests.accept(asked, by=cast["quality"], author=cast["author"])

    amended, new, gone = asked.lines.all()
    assert amended.version.document == in_force.document
    assert new.version.document.kind == DocumentKind.REGULATION
    assert gone.version is None
    assert "bãi bỏ" in gone.remark
    assert not requests.is_settled(amended)


def test_the_form_sends_each_line_with_its_own_wish(client, agency, cast, in_force):
    client.force_login(cast["reader"])
    address = reverse("documents:change-request-create")
    said = {
        "agency": agency.pk, "reason": "Luật mới.",
        "wish_1": "withdraw", "document_1": in_force.document_id, "what_1": "Không còn dùng.",
        "wish_2": "issue", "title_2": "Quy chế mới", "kind_2": "", "what_2": "Viết mới.",
    }  # fmt: skip
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "Chọn loại của tài liệu mới." in refused.content.decode()
    assert not ChangeRequest.objects.exists()

    assert client.post(address, said | {"kind_2": "regulation"}).status_code == 302
    lines = ChangeRequest.objects.get().lines.values_list("wish", "kind", "title")
    assert [*lines] == [("withdraw", "", ""), ("issue", "regulation", "Quy chế mới")]


def test_a_discarded_draft_is_not_said_to_be_done(ask, cast, django_capture_on_commit_callbacks):
    asked = ask()
    requests.accept(asked, by=cast["quality"], author=cast["author"])
    with django_capture_on_commit_callbacks(execute=True):
        versions.discard(asked.lines.get().version, by=cast["author"], reason="Chưa cần.")

    asked.refresh_from_db()
    assert asked.state == "accepted"


def test_the_agency_stays_named_as_it_was(ask, cast, agency, client):
    asked = ask()
    requests.accept(asked, by=cast["quality"], author=cast["author"])
    before = agency.name
    agency.name = "Sở Nội vụ và Lao động"
    agency.save()
    client.force_login(cast["reader"])
    paper = client.get(reverse("documents:change-request-pdf", args=[asked.pk]))

    asked.refresh_from_db()
    assert (asked.proposed_agency, asked.decided_agency) == (before, before)
    assert agency.name.upper() not in " ".join(" ".join(pages_of(paper.content)).split())


def test_refusing_says_why_and_is_the_end(ask, cast):
    asked = ask()
    with pytest.raises(Unacceptable):
        requests.refuse(asked, by=cast["quality"], answer=" ")
    requests.refuse(asked, by=cast["quality"], answer="Đã có trong bản mới.")
    with pytest.raises(IllegalMove):
        requests.accept(asked, by=cast["quality"])


def test_who_may_what(ask, cast, stranger, agency, in_force):
    asked = ask()
    for verb in (requests.accept, requests.finish):
        with pytest.raises(PermissionDenied):
            verb(asked, by=cast["author"])
    with pytest.raises(PermissionDenied):
        requests.retract(asked, by=cast["quality"])
    with pytest.raises(PermissionDenied):
        requests.create(
            agency, by=stranger, reason="x", lines=[Asked("amend", "x", in_force.document)]
        )
    requests.retract(asked, by=cast["reader"])
    assert asked.state == "retracted"


def test_bad_requests_are_refused(agency, cast, in_force, stranger):
    other = drafts.create(
        stranger.memberships.first().agency, by=stranger, kind=DocumentKind.POLICY, code="X",
        title="Của cơ quan khác",
    ).document  # fmt: skip
    here, new = in_force.document, DocumentKind.REGULATION
    for reason, lines in (
        (" ", [Asked("amend", "x", here)]),
        ("x", []),
        ("x", [Asked("amend", " ", here)]),
        ("x", [Asked("amend", "x", title="Tên")]),
        ("x", [Asked("amend", "x", here, "Tên")]),
        ("x", [Asked("maybe", "x", here)]),
        ("x", [Asked("issue", "x")]),
        ("x", [Asked("issue", "x", None, "Tên")]),
        ("x", [Asked("issue", "x", None, "Tên", "guidance")]),
        ("x", [Asked("issue", "x", here, "Tên", new)]),
        ("x", [Asked("amend", "x", here), Asked("issue", "x", here)]),
        ("x", [Asked("amend", "x", other)]),
        ("x", [Asked("amend", "x", here)] * 21),
    ):
        with pytest.raises(Unacceptable):
            requests.create(agency, by=cast["reader"], reason=reason, lines=lines)
    assert not ChangeRequest.objects.exists()


def test_the_draft_names_its_request_and_proposes_it_for_the_sheet(client, ask, cast):
    asked = ask()
    requests.accept(asked, by=cast["quality"], author=cast["author"])
    draft = asked.lines.get().version
    client.force_login(cast["author"])

    assert asked.number in client.get(draft.get_absolute_url()).content.decode()


def test_the_form_on_paper(client, ask, cast):
    asked = ask()
    client.force_login(cast["reader"])
    response = client.get(reverse("documents:change-request-pdf", args=[asked.pk]))
    text = " ".join(" ".join(pages_of(response.content)).split())

    assert "PHIẾU YÊU CẦU" in text
    assert "Rút thời hạn còn 5 ngày." in text
    assert asked.number in text


@pytest.mark.django_db(transaction=True)
def test_numbers_are_without_gaps_or_doubles(agency, cast, in_force):
    def ask():
        try:
            requests.create(
                agency, by=User.objects.get(pk=cast["reader"].pk), reason="x",
                lines=[Asked("amend", "x", in_force.document)],
            )  # fmt: skip
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = sorted(int(one.number[-3:]) for one in ChangeRequest.objects.all())
    assert numbers == list(range(1, 13))
