"""A restricted document does not exist for whoever is not named: one test for each door.

The stranger to it is a colleague with every role but the quality office's, so that no role
opens a door; the same doors are then shown to open for a named reader.
"""

import io
import re
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from documents import lookup
from documents.lifecycles import VersionState
from documents.models import Document, DocumentKind, Version
from documents.permissions import (
    audiences_of,
    reach_of,
    scope_of,
    verbs_for,
    visible_documents,
    visible_versions,
)
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import intake
from documents.services import reader as readers
from documents.services import reference as references
from documents.services import version as services
from documents.services.telling import tell_named
from qms.agencies.models import Role, User
from qms.home.figures import systems_of
from qms.home.waiting import waiting_for
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.notices.models import Notice
from qms.notices.services import notify
from qms.trail.models import Event
from qms.trail.services import deliver_owed
from qms.word import writing
from tests.documents.test_register import pdf_text
from tests.factories import hire
from tests.signing import approve

pytestmark = pytest.mark.django_db
SECRET = "Xử lý đơn tố cáo cán bộ zyxmật"
TOKEN = "zyxmật"


def again(user: User) -> User:
    """The same person at his next request: what he could see is asked anew."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def colleague(agency):
    """Somebody of the agency who writes, decides and audits, and is not named."""
    roles = [Role.READER, Role.AUTHOR, Role.REVIEWER, Role.APPROVER, Role.LEAD_AUDITOR, Role.ADMIN]
    return hire(agency, "khach", *roles, full_name="Người không có tên")


@pytest.fixture
def secret(agency, cast, write):
    """Restricted while still a draft, then issued; another document names it in its text."""
    version = drafts.create(
        agency, by=cast["author"], kind=DocumentKind.SYSTEM_PROCEDURE, code="QT-88", title=SECRET
    )
    write(version, f"Nội dung {TOKEN} không ai được biết.")
    readers.restrict(version.document, by=cast["author"], reason="Thông tin người tố cáo.")
    services.submit(version, by=cast["author"])
    services.review(version, by=cast["reviewer"])
    approve(version, by=cast["approver"], effective_on=timezone.localdate())
    return Version.objects.get(pk=version.pk)


@pytest.fixture
def named(secret, cast):
    """A reader of the agency, named with a reason."""
    readers.grant(secret.document, by=cast["quality"], reader=cast["reader"], reason="Được giao.")
    return again(cast["reader"])


@pytest.fixture
def index(secret):
    def build():
        call_command("rebuild_index", stdout=io.StringIO())

    build()
    return build


def page(client, user, name, *args, **query) -> str:
    client.force_login(again(user))
    response = client.get(reverse(f"documents:{name}", args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


# ── who it is there for ──────────────────────────────────────────────────────────────────


def test_it_is_there_for_its_author_those_who_decided_and_the_quality_office(
    secret, cast, colleague, stranger
):
    seen = {
        who: visible_versions(again(user)).filter(pk=secret.pk).exists()
        for who, user in (cast | {"colleague": colleague, "stranger": stranger}).items()
    }
    assert seen == {
        "reader": False, "author": True, "reviewer": True, "approver": True, "quality": True,
        "colleague": False, "stranger": False,
    }  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "in_review", "in_approval", "in_force"])
def test_the_index_is_told_the_same_as_the_database(state, request, cast, colleague, stranger):
    version = request.getfixturevalue(state)
    Document.objects.filter(pk=version.document_id).update(restricted=True)
    version = Version.objects.get(pk=version.pk)

    for who, user in (cast | {"colleague": colleague, "stranger": stranger}).items():
        person = again(user)
        in_rows = visible_versions(person).filter(pk=version.pk).exists()
        in_index = not reach_of(person).get(scope_of(version), set()).isdisjoint(
            audiences_of(version)
        )  # fmt: skip
        assert in_rows == in_index, who


def test_on_its_way_it_is_there_for_whose_turn_it_is(draft, cast, colleague, agency):
    other = hire(agency, "khac", Role.REVIEWER)
    readers.restrict(draft.document, by=cast["quality"], reason="Nhân sự.")
    services.submit(Version.objects.get(pk=draft.pk), by=cast["author"], reviewer=cast["reviewer"])

    def sees(user):
        return visible_versions(again(user)).filter(pk=draft.pk).exists()

    assert sees(cast["reviewer"])
    assert not sees(other)
    assert not sees(cast["approver"]), "his turn has not come"
    services.review(Version.objects.get(pk=draft.pk), by=again(cast["reviewer"]))
    assert sees(cast["approver"])
    assert sees(cast["reviewer"]), "who decided keeps seeing it"


def test_no_role_does_anything_to_what_it_does_not_see(secret, colleague):
    assert verbs_for(again(colleague), secret) == []
    with pytest.raises(Exception, match="không có quyền"):
        drafts.revise(secret, by=again(colleague))


def test_named_readers_read_also_at_another_agency_and_as_a_group(secret, cast, stranger):
    readers.grant(secret.document, by=cast["quality"], reader=stranger, reason="Phối hợp.")
    assert visible_versions(again(stranger)).get() == secret

    group, member = Group.objects.create(name="Tổ công tác"), cast["reader"]
    member.groups.add(group)
    readers.grant(secret.document, by=cast["quality"], reader=group, reason="Tổ công tác.")
    assert visible_versions(again(member)).filter(pk=secret.pk).exists()
    readers.revoke(secret.document, by=cast["quality"], reader=group, reason="Tổ đã giải thể.")
    assert not visible_versions(again(member)).filter(pk=secret.pk).exists()


# ── the acts ─────────────────────────────────────────────────────────────────────────────


def test_every_act_is_in_the_trail_with_its_reason_and_its_reader(secret, cast):
    document, quality = secret.document, cast["quality"]
    readers.grant(document, by=quality, reader=cast["reader"], reason="Được giao.")
    readers.revoke(document, by=quality, reader=cast["reader"], reason="Xong việc.")
    readers.open(document, by=quality, reason="Đã công khai.")

    told = Event.objects.filter(subject_type="documents.document", subject_id=document.pk)
    assert list(told.order_by("pk").values_list("name", "reason"))[-4:] == [
        ("document.restricted", "Thông tin người tố cáo."), ("document.granted", "Được giao."),
        ("document.revoked", "Xong việc."), ("document.opened", "Đã công khai."),
    ]  # fmt: skip
    assert told.get(name="document.granted").facts["reader"] == cast["reader"].pk


@pytest.mark.parametrize("verb", ["restrict", "grant", "revoke"])
def test_an_act_without_reason_or_done_already_changes_nothing(verb, secret, named, cast):
    extra = {} if verb == "restrict" else {"reader": named}
    if verb == "revoke":
        readers.revoke(secret.document, by=cast["quality"], reader=named, reason="a")
    before = Event.objects.count()
    act = getattr(readers, verb)

    with pytest.raises(Unacceptable):
        act(secret.document, by=cast["quality"], reason=" ", **extra)
    with pytest.raises(IllegalMove):
        act(secret.document, by=cast["quality"], reason="a", **extra)
    assert Event.objects.count() == before


def test_who_is_named_is_told_and_what_others_were_told_is_taken_back(
    in_force, cast, colleague, agency
):
    document = in_force.document
    for person in (colleague, cast["author"]):
        notify(
            [person], agency=agency, key="x", subject=f"Đọc {document}",
            address=in_force.get_absolute_url(),
        )  # fmt: skip
    readers.restrict(document, by=cast["quality"], reason="Nhân sự.")
    assert [n.person for n in Notice.objects.filter(subject__contains="QT-03")] == [cast["author"]]

    readers.grant(document, by=cast["quality"], reader=colleague, reason="Được giao.")
    told = Notice.objects.get(person=colleague)
    assert "QT-03" in told.subject
    assert told.address == document.get_absolute_url()
    readers.revoke(document, by=cast["quality"], reader=colleague, reason="Xong.")
    assert not Notice.objects.filter(person=colleague).exists()


def test_a_reader_of_a_draft_is_told_no_title(draft, cast, stranger):
    readers.grant(draft.document, by=cast["quality"], reader=stranger, reason="Phối hợp.")
    assert draft.title not in Notice.objects.get(person=stranger).subject


# ── the doors ────────────────────────────────────────────────────────────────────────────


def test_a_reader_named_before_publication_hears_on_its_day(draft, cast, stranger):
    readers.restrict(draft.document, by=cast["author"], reason="Mật.")
    readers.grant(draft.document, by=cast["quality"], reader=stranger, reason="Phối hợp.")
    services.submit(draft, by=cast["author"])
    services.review(draft, by=cast["reviewer"])
    approve(draft, by=cast["approver"], effective_on=timezone.localdate())
    deliver_owed()

    said = [n.subject for n in Notice.objects.filter(person=stranger)]
    assert [subject for subject in said if "đã có hiệu lực" in subject and draft.code in subject]
    before = len(said)
    tell_named(Event.objects.get(name="version.put_in_force"))
    assert Notice.objects.filter(person=stranger).count() == before


def test_list_and_counts(secret, named, colleague, client):
    hidden = page(client, colleague, "document-list")
    assert "QT-88" not in hidden
    assert "0 tài liệu" in hidden
    for chosen in ({"kind": "system_procedure"}, {"state": "in_force"}, {"q": TOKEN}):
        assert SECRET not in page(client, colleague, "document-list", **chosen)
    assert systems_of(again(colleague), timezone.localdate())[0].in_force == 0
    assert visible_documents(again(colleague)).count() == 0

    assert SECRET in page(client, named, "document-list")
    assert systems_of(again(named), timezone.localdate())[0].in_force == 1


VERSION_PAGES = [
    "version-detail", "version-history", "version-compare", "reference-list", "version-amend",
    "file-pdf", "file-docx", "file-source",
]  # fmt: skip


def test_version_pages_and_files(secret, colleague, client):
    """404, and word for word the page of a version that never was."""
    client.force_login(again(colleague))
    for name in VERSION_PAGES:
        hidden = client.get(reverse(f"documents:{name}", args=[secret.pk]))
        missing = client.get(reverse(f"documents:{name}", args=[999_999]))

        assert (hidden.status_code, missing.status_code) == (404, 404), name
        assert _without_number(hidden) == _without_number(missing), name


def test_pictures(secret, colleague, client):
    client.force_login(again(colleague))
    address = reverse("documents:file-picture", args=[secret.pk, "0" * 64])
    assert client.get(address).status_code == 404


def test_the_document_and_who_reads_it(secret, colleague, client):
    client.force_login(again(colleague))
    for name in ("document-detail", "reader-list"):
        hidden = client.get(reverse(f"documents:{name}", args=[secret.document_id]))
        missing = client.get(reverse(f"documents:{name}", args=[999_999]))
        assert hidden.status_code == 404
        assert _without_number(hidden) == _without_number(missing)


ACTS = ["restrict", "open", "grant"]


def test_nobody_shares_what_he_does_not_see(secret, colleague, client):
    client.force_login(again(colleague))
    before = Event.objects.count()
    data = {"username": colleague.username, "reason": "Cho tôi xem."}

    for verb in ACTS:
        address = reverse(f"documents:reader-{verb}", args=[secret.document_id])
        assert client.post(address, data).status_code == 404, verb
    assert Event.objects.count() == before
    assert not visible_versions(again(colleague)).exists()


POSTS = [
    "submit", "review", "approve", "send-back", "recall", "put-in-force", "register", "withdraw",
    "discard", "upload", "settle-code", "revise",
]  # fmt: skip


def test_acts_on_its_versions(secret, colleague, client):
    client.force_login(again(colleague))
    for verb in POSTS:
        address = reverse(f"documents:version-{verb}", args=[secret.pk])
        assert client.post(address, {"reason": "x", "code": "y"}).status_code == 404, verb


def test_master_list_page_files_and_bundle(secret, named, colleague, client):
    assert "QT-88" not in page(client, colleague, "register-list")
    for user, there in ((colleague, False), (named, True)):
        client.force_login(again(user))
        sheet = load_workbook(io.BytesIO(client.get("/documents/register.xlsx").content))
        cells = [str(c.value) for row in sheet.worksheets[0].iter_rows() for c in row]
        assert any("QT-88" in cell for cell in cells) is there
        assert (TOKEN in pdf_text(client.get("/documents/register.pdf").content)) is there
        bundle = b"".join(client.get("/documents/register.zip").streaming_content)
        names = zipfile.ZipFile(io.BytesIO(bundle)).namelist()
        assert any("QT-88" in name for name in names) is there


def test_what_was_exported_counts_only_what_was_seen(secret, colleague, client):
    client.force_login(again(colleague))
    b"".join(client.get("/documents/register.zip").streaming_content)
    assert not Event.objects.filter(name="register.exported").exists()


def test_search_page_and_command(index, named, colleague, client):
    for query in (TOKEN, "QT-88", "tố cáo cán bộ"):
        assert SECRET not in client_search(client, colleague, query)
    out = io.StringIO()
    call_command("search_documents", TOKEN, by=colleague.username, json=True, stdout=out)
    assert out.getvalue().strip() == "[]"

    assert SECRET in client_search(client, named, TOKEN)


def test_search_right_after_revoking_and_restricting_with_a_stale_index(
    index, secret, named, cast, in_force, colleague
):
    index()
    assert lookup.search(TOKEN, by=again(named)).found
    readers.revoke(secret.document, by=cast["quality"], reader=named, reason="Xong.")
    assert not lookup.search(TOKEN, by=again(named)).found

    assert lookup.search("kiểm soát thông tin", by=again(colleague)).found
    readers.restrict(in_force.document, by=cast["quality"], reason="Nhân sự.")
    assert not lookup.search("kiểm soát thông tin", by=again(colleague)).found


def test_search_without_an_index_and_the_index_asked_alone(index, secret, colleague, settings):
    from qms.search import index as whoosh  # noqa: PLC0415

    assert whoosh.find(TOKEN, reach_of(again(colleague))).hits == []
    settings.INDEX_DIR = settings.INDEX_DIR.parent / "none"
    found = lookup.search(TOKEN, by=again(colleague))
    assert found.found == []
    assert not found.degraded, "not even that there should be something"


def test_public_page_says_its_standing_and_nothing_else(secret, cast, client):
    answer = client.get(f"/check/{secret.check_code}/")
    told = answer.content.decode()

    assert answer.status_code == 200
    assert "đang có hiệu lực" in told
    for word in (TOKEN, "QT-88", "Sở Nội vụ", "lần 01", secret.sealed_file.sha256):
        assert word not in told, word
    services.withdraw(secret, by=cast["quality"], reason="Hết dùng.")
    assert "đã bị bãi bỏ" in client.get(f"/check/{secret.check_code}/").content.decode()


def test_inbox(draft, cast, colleague):
    readers.restrict(draft.document, by=cast["quality"], reason="Nhân sự.")
    version = Version.objects.get(pk=draft.pk)
    services.submit(version, by=cast["author"], reviewer=cast["reviewer"])

    assert waiting_for(again(colleague)) == []
    assert [t.code for t in waiting_for(again(cast["reviewer"]))] == ["QT-03 · lần 01"]


def test_where_used_both_ways_and_links_in_the_text(
    secret, in_force, named, colleague, cast, client, without_sealed_triggers
):
    in_force.sections.filter(order=3).update(html="<p>Xem QT-88 và cả QT-03.</p>")
    secret.sections.filter(order=3).update(html="<p>Theo QT-03.</p>")
    assert references.relink([in_force, secret]) == 2

    for user, there in ((colleague, False), (named, True)):
        text = page(client, user, "version-detail", in_force.pk)
        related = page(client, user, "reference-list", in_force.pk)
        assert (f'href="{secret.document.get_absolute_url()}"' in text) is there
        assert "Xem " in text
        assert (SECRET in related) is there


def test_records_do_not_name_it(secret, colleague, named, client, agency, cast):
    from documents.services import record as records  # noqa: PLC0415

    said = records.Said(
        name="Đơn thư", retention_years=10, since=timezone.localdate(), document=secret.document
    )
    series = records.create(agency, by=cast["quality"], said=said)

    for user, there in ((colleague, False), (named, True)):
        assert ("QT-88" in page(client, user, "record-list")) is there
        assert (TOKEN in page(client, user, "record-detail", series.pk)) is there
        assert TOKEN not in page(client, colleague, "record-create")
        client.force_login(again(user))
        sheet = load_workbook(io.BytesIO(client.get("/documents/records.xlsx").content))
        cells = [str(c.value) for row in sheet.worksheets[0].iter_rows() for c in row]
        assert any("QT-88" in cell for cell in cells) is there


def test_a_taken_code_names_no_title(secret, agency, colleague):
    with pytest.raises(Unacceptable) as refusal:
        drafts.create(
            agency, by=again(colleague), kind=DocumentKind.FORM, code="QT-88", title="Khác"
        )
    assert TOKEN not in str(refusal.value)
    assert "QT-88" in str(refusal.value)


def test_the_library_does_not_tell_of_an_adopted_copy(agency, cast, colleague, province, clauses):
    from qms.library.models import Adoption, Template  # noqa: PLC0415
    from qms.library.permissions import visible_adoptions  # noqa: PLC0415
    from qms.library.services import adoption  # noqa: PLC0415

    hire(province.oversight_body, "director", Role.APPROVER, position="Giám đốc")
    hire(province.oversight_body, "editor", Role.LIBRARY_EDITOR)
    call_command("load_library", by="editor", only=["M-QT-01"], publish=True, stdout=io.StringIO())
    taken = adoption.adopt(Template.objects.get(), agency, by=cast["author"])
    readers.restrict(taken.document, by=cast["quality"], reason="Nhân sự.")

    assert not visible_adoptions(again(colleague)).exists()
    assert visible_adoptions(again(cast["author"])).exists()
    assert Template.objects.all().for_list().get().adopters == 0
    assert not Adoption.objects.open().exists()
    with pytest.raises(IllegalMove) as refusal:
        adoption.adopt(Template.objects.get(), agency, by=again(colleague))
    assert taken.document.title not in str(refusal.value)


def test_an_import_of_the_same_file_says_nothing_of_it(draft, agency, cast, colleague):
    data = writing.docx(contents.content_of(draft), assets={})
    kept = intake.create(agency, by=cast["author"], data=data, name="a.docx")
    document = Version.objects.get(pk=kept.version).document
    assert "giống hệt" in str(
        intake.create(agency, by=colleague, data=data, name="b.docx").warnings
    )

    Document.objects.filter(agency=agency).update(restricted=True)
    told = intake.create(agency, by=again(colleague), data=data, name="c.docx")
    assert "giống hệt" not in str(told.warnings)
    assert document.title not in str(told.warnings)


def test_a_template_of_the_province_is_never_restricted(agency, cast):
    from django.db import IntegrityError, transaction  # noqa: PLC0415

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(
            agency=agency, kind=DocumentKind.GUIDANCE, code="M-1", title="Mẫu", restricted=True
        )


def test_ended_versions_stay_hidden(secret, cast, colleague):
    services.withdraw(secret, by=cast["quality"], reason="Hết dùng.")
    assert Version.objects.get(pk=secret.pk).state == VersionState.WITHDRAWN
    assert not visible_versions(again(colleague)).exists()


def client_search(client, user, query) -> str:
    client.force_login(again(user))
    return client.get("/search/", {"q": query}).content.decode().split("<ol", 1)[-1]


def _without_number(response) -> str:
    """The page without the number to quote, the token of its forms, and its own address."""
    text = re.sub(
        r'value="[A-Za-z0-9]{20,}"|[A-Z0-9]{6,}-?[A-Z0-9]*', "", response.content.decode()
    )
    text = re.sub(r'name="next" value="[^"]*"', "", text)
    return re.sub(r"/(999999|\d+)/", "/", text)
