"""What was read without being sure: asked with its reason, settled by a person, never passed over."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from documents.models import Version
from documents.services import intake
from documents.services import version as versions
from documents.services.confirmation import confirm, require_confirmed
from documents.services.source import FILE_NAME
from documents.waiting import waiting_for
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.models import Event
from qms.word.doubts import SENTENCES
from tests.qms.word import files

pytestmark = pytest.mark.django_db
SAID = {"code": "QT-40", "title": "Tiếp dân", "issue_no": 2, "amendment_no": 1,
        "issued_on": dt.date(2024, 5, 2)}  # fmt: skip


@pytest.fixture
def unsure(agency, cast):
    """A draft whose issue number was assumed and whose code is only in the file's name."""
    row = intake.create(
        agency,
        by=cast["author"],
        data=files.procedure(code="", issue=""),
        name="QT-40 Tiếp dân.docx",
    )
    assert row.unsure == [
        str(SENTENCES["issue_no", "assumed"]), str(SENTENCES["code", FILE_NAME]),
    ]  # fmt: skip
    return Version.objects.get(pk=row.version)


def test_every_doubt_is_a_sentence_that_names_field_and_reason():
    for said in map(str, SENTENCES.values()):
        assert said.startswith("Cần xác nhận ")
        assert ": " in said
        assert said.endswith(".")


def test_a_draft_with_doubts_is_neither_submitted_nor_registered(unsure, cast):
    for act in (versions.submit, versions.register):
        with pytest.raises(Unacceptable, match="Cần xác nhận lần ban hành"):
            act(unsure, by=cast["quality"])
    assert unsure.code == "QT-40"


def test_confirming_as_read_or_corrected_opens_the_way(unsure, cast):
    confirm(unsure, by=cast["author"], **SAID)
    made = Version.objects.select_related("document").get(pk=unsure.pk)
    assert {name: getattr(made, name) for name in SAID} == SAID
    assert (made.document.title, made.document.code_settled) == ("Tiếp dân", True)
    require_confirmed(made)
    assert not made.doubts.open().exists()
    assert {d.confirmed_by for d in made.doubts.all()} == {cast["author"]}
    event = Event.objects.get(name="version.confirmed")
    assert sorted(event.facts["fields"]) == ["code", "issue_no"]
    assert (event.facts["before"]["issue_no"], event.facts["after"]["issue_no"]) == (1, 2)
    versions.submit(made, by=cast["author"])


def test_nothing_is_confirmed_twice(unsure, cast):
    confirm(unsure, by=cast["author"], **SAID)
    with pytest.raises(IllegalMove, match="Không còn thông tin"):
        confirm(unsure, by=cast["quality"], **SAID)


def test_of_two_who_confirm_at_once_the_second_is_told(unsure, cast, monkeypatch):
    real = type(unsure.doubts.all()).update

    def late(self, **values):  # the other one's transaction ends first
        self.model.objects.filter(version=unsure).exclude(field="code").delete()
        return real(self, **values)

    monkeypatch.setattr(type(unsure.doubts.all()), "update", late)
    with pytest.raises(Stale, match="Người khác vừa xác nhận"):
        confirm(unsure, by=cast["author"], **SAID)


@pytest.mark.parametrize(("wrong", "says"), [
    ({"code": " "}, "Nhập mã hiệu"), ({"title": ""}, "Nhập tên"), ({"issue_no": 0}, "từ 1"),
    ({"issued_on": dt.date(2999, 1, 1)}, "tương lai"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(unsure, cast, wrong, says):
    with pytest.raises(Unacceptable, match=says):
        confirm(unsure, by=cast["author"], **(SAID | wrong))
    assert unsure.doubts.open().count() == 2
    assert Version.objects.get(pk=unsure.pk).issue_no == 1


def test_a_code_that_is_taken_is_refused_with_a_free_one(unsure, draft, cast):
    with pytest.raises(Unacceptable, match="ví dụ qt-04"):
        confirm(unsure, by=cast["author"], **(SAID | {"code": "qt-03"}))
    assert unsure.doubts.open().count() == 2


def test_the_inbox_asks_for_it_first(unsure, cast):
    assert [task.title for task in waiting_for(cast["author"])] == [
        "Xác nhận thông tin: Tiếp nhận phản ánh của công dân"
    ]


def test_only_who_writes_confirms(unsure, cast):
    for who in ("reader", "reviewer", "approver"):
        with pytest.raises(PermissionDenied):
            confirm(unsure, by=cast[who], **SAID)


def test_the_page_asks_with_the_reason_and_offers_nothing_else_first(unsure, cast, client):
    client.force_login(cast["author"])
    page = client.get(unsure.get_absolute_url()).content.decode()
    assert "lấy từ tên tệp, trong tài liệu không có" in page
    assert "Trình soát xét</button>" not in page
    address = reverse("documents:version-confirm", args=[unsure.pk])
    assert client.post(address, {"code": "QT-40"}).status_code == 422
    typed = SAID | {"issued_on": "02/05/2024"}
    assert client.post(address, typed).status_code == 302
    assert "Trình soát xét</button>" in client.get(unsure.get_absolute_url()).content.decode()
