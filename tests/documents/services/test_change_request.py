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
        asked = Asked(what="Rút thời hạn còn 5 ngày.", **line)
        return requests.create(
            agency, by=cast["reader"], wish=wish, reason="Nghị định mới.", lines=[asked]
        )

    return ask


def test_accepting_opens_the_drafts_and_the_last_one_in_force_closes(
    ask, in_force, cast, agency, django_capture_on_commit_callbacks
):
    asked = requests.create(
        agency, by=cast["reader"], wish="amend", reason="Nghị định mới.",
        lines=[Asked("Sửa mục 5.", in_force.document), Asked("Sửa mục 5 nữa.", in_force.document)],
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
    asked = ask("issue", title="Quy trình tiếp công dân")
    requests.accept(asked, by=cast["quality"], author=cast["author"])

    draft = asked.lines.get().version
    assert (draft.title, draft.document.code_settled) == ("Quy trình tiếp công dân", False)


def test_a_wish_to_withdraw_closes_when_it_is_withdrawn(
    ask, in_force, cast, django_capture_on_commit_callbacks
):
    asked = ask("withdraw")
    requests.accept(asked, by=cast["quality"])
    with django_capture_on_commit_callbacks(execute=True):
        versions.withdraw(in_force, by=cast["quality"], reason="Không còn dùng.")

    asked.refresh_from_db()
    assert asked.state == "done"


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
            agency, by=stranger, wish="amend", reason="x", lines=[Asked("x", in_force.document)]
        )
    requests.retract(asked, by=cast["reader"])
    assert asked.state == "retracted"


def test_bad_requests_are_refused(agency, cast, in_force, stranger):
    other = drafts.create(
        stranger.memberships.first().agency, by=stranger, kind=DocumentKind.POLICY, code="X",
        title="Của cơ quan khác",
    ).document  # fmt: skip
    for wish, reason, lines in (
        ("amend", " ", [Asked("x", in_force.document)]),
        ("amend", "x", []),
        ("amend", "x", [Asked(" ", in_force.document)]),
        ("amend", "x", [Asked("x", title="Tên")]),
        ("issue", "x", [Asked("x")]),
        ("amend", "x", [Asked("x", other)]),
        ("amend", "x", [Asked("x", in_force.document)] * 21),
    ):
        with pytest.raises(Unacceptable):
            requests.create(agency, by=cast["reader"], wish=wish, reason=reason, lines=lines)
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
                agency, by=User.objects.get(pk=cast["reader"].pk), wish="amend", reason="x",
                lines=[Asked("x", in_force.document)],
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
