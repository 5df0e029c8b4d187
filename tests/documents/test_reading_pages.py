"""What readers, heads and strangers see of reading and copies; the sheets; the reminders."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import ControlledCopy, Distribution, Reading, Version
from documents.services import controlled_copy as copies
from documents.services import dissemination, reading_reminders
from documents.services import distribution as lists
from documents.services import draft as drafts
from documents.services import reading as readings
from documents.services.controlled_copy import Holder
from qms.agencies.models import Membership, Role
from qms.home.waiting import waiting_for
from qms.notices.models import Notice
from tests.documents.services.conftest import clock, given, replace  # noqa: F401
from tests.factories import hire, make_unit
from tests.pdf import pages_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page_of(client, user, address: str, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def readings_page(version) -> str:
    return f"/documents/versions/{version.pk}/readings/"


def test_a_first_reader_gets_the_text_and_minutes_a_second_time_only_the_changes(
    given, cast, client, replace  # noqa: F811
):  # fmt: skip
    first = page_of(client, cast["reader"], readings_page(given))
    assert "Bạn cần đọc toàn văn bản này" in first
    assert "khoảng 1 phút đọc" in first
    assert "Kiểm soát tài liệu của cơ quan. 5" in first
    answer = client.post(
        f"{readings_page(given)}acknowledge/", {"seen": given.content_hash}, follow=True
    )
    assert "Đã ghi nhận bạn đọc và hiểu" in answer.content.decode()

    fresh = replace(given)
    dissemination.distribute(fresh, by=cast["quality"])
    second = page_of(client, cast["reader"], readings_page(fresh))
    assert "Những gì đã đổi từ lần 01" in second
    assert "<ins>" in second
    assert "Bạn cần đọc toàn văn" not in second
    assert [t.facts for t in waiting_for(cast["reader"])] == [("Chỉ đọc phần thay đổi",)]


def test_what_is_to_read_waits_in_the_inbox_until_it_is_acknowledged(given, cast):  # noqa: F811
    [task] = waiting_for(cast["reader"])
    assert task.title == "Đọc và xác nhận: Kiểm soát thông tin dạng văn bản"
    assert task.facts == ("Khoảng 1 phút đọc",)
    assert task.due_on == TODAY + dt.timedelta(days=10)

    readings.acknowledge(given, by=cast["reader"], seen=given.content_hash)
    assert waiting_for(cast["reader"]) == []


def test_a_bare_or_forged_acknowledgement_is_refused(given, cast, client):  # noqa: F811
    client.force_login(cast["reader"])
    for seen, status in (("", 422), ("x", 422), ("0" * 64, 409)):
        answer = client.post(f"{readings_page(given)}acknowledge/", {"seen": seen})
        assert answer.status_code == status
    assert Reading.objects.done().count() == 0


def test_others_names_are_for_those_who_follow(given, cast, client, stranger, agency):  # noqa: F811
    office, desk = make_unit(agency), make_unit(agency, "Một cửa")
    head = hire(agency, "head", Role.REVIEWER, unit=office)
    hire(agency, "mine", Role.READER, unit=office, full_name="Ngô Văn Của Tôi")
    hire(agency, "theirs", Role.READER, unit=desk, full_name="Đỗ Thị Của Họ")
    dissemination.distribute(given, by=cast["quality"])

    for who in (cast["quality"], cast["approver"], cast["author"]):
        page = page_of(client, who, readings_page(given))
        assert "Của Tôi" in page and "Của Họ" in page  # noqa: PT018  # both, for each of them
    unit_page = page_of(client, head, readings_page(given))
    assert "Của Tôi" in unit_page
    assert "Của Họ" not in unit_page
    reader = page_of(client, cast["reader"], readings_page(given))
    assert "Của Tôi" not in reader
    assert "người đã xác nhận" not in reader
    page_of(client, stranger, readings_page(given), 404)
    assert "QT-03" not in page_of(client, stranger, "/documents/progress/")
    assert "QT-03" not in page_of(client, stranger, "/documents/readings/")


def test_the_head_sees_percent_who_is_missing_and_who_is_late(given, cast, client):  # noqa: F811
    readings.acknowledge(given, by=cast["reader"], seen=given.content_hash)
    Reading.objects.filter(person=cast["author"]).update(
        assigned_on=TODAY - dt.timedelta(days=12), due_on=TODAY - dt.timedelta(days=2)
    )
    client.force_login(cast["approver"])

    for address in ("/documents/progress/", given.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "1/5 người đã xác nhận, 1 người quá hạn" in page
    late = client.get(f"{readings_page(given)}?state=late").content.decode()
    assert "Lê Thị Bình" in late
    assert "Trần Văn An" not in late
    assert "QT-03" in client.get("/documents/progress/?state=late&q=thong tin").content.decode()
    assert "QT-03" not in client.get("/documents/progress/?q=khong co").content.decode()
    for wrong in ("/documents/progress/?state=x", f"{readings_page(given)}?state=x",
                  "/documents/readings/?state=x", "/documents/progress/?page=-1"):  # fmt: skip
        assert client.get(wrong).status_code == 404


def test_the_sheet_has_everybody_and_says_which_text_it_is(given, cast, client):  # noqa: F811
    readings.acknowledge(given, by=cast["approver"], seen=given.content_hash)
    client.force_login(cast["quality"])

    [page] = pages_of(client.get(f"{readings_page(given)}sheet/").content)
    for said in ("PHIẾU XÁC NHẬN ĐÃ ĐỌC, HIỂU", "QT-03", "Trần Văn An", "Giám đốc", "Chữ ký",
                 given.content_hash[:16], given.check_code, "Đã xác nhận trên hệ thống"):  # fmt: skip
        assert said in page, said
    assert "%" not in page


def test_a_signed_sheet_is_handed_in_and_shown_to_those_concerned(given, cast, client):  # noqa: F811
    address = f"{readings_page(given)}paper/"
    client.force_login(cast["quality"])
    assert "Trần Văn An" in client.get(address).content.decode()

    def post(data: bytes, name: str = "phieu.pdf"):
        file = SimpleUploadedFile(name, data)
        people = [cast["reader"].pk]
        return client.post(
            address, {"file": file, "signed_on": f"{TODAY:%d/%m/%Y}", "people": people}
        )

    for data, name in ((b"MZ", "phieu.pdf"), (b"", "phieu.pdf"), (b"%PDF-1.7", "phieu.exe")):
        assert post(data, name).status_code == 422
    assert post(b"%PDF-1.7 signed").status_code == 302
    reading = Reading.objects.get(person=cast["reader"])
    for who, status in (("reader", 200), ("approver", 200), ("reviewer", 404)):
        client.force_login(cast[who])
        answer = client.get(f"/documents/readings/{reading.pk}/scan/")
        assert answer.status_code == status
    client.force_login(cast["reader"])
    answer = client.get(f"/documents/readings/{reading.pk}/scan/")
    assert answer.content == b"%PDF-1.7 signed"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_list_made_later_is_sent_by_hand_and_a_draft_says_how_many_will_read(
    in_force, cast, client, agency
):

    everybody = [lists.Line()]
    lists.assign_default(agency, by=cast["quality"], kind="system_procedure", lines=everybody)
    draft = drafts.revise(in_force, by=cast["author"])
    assert "5 người nhận yêu cầu" in page_of(client, cast["author"], readings_page(draft))
    assert "Gửi yêu cầu đọc" in page_of(client, cast["quality"], readings_page(in_force))
    answer = client.post(f"{readings_page(in_force)}distribute/", follow=True)
    assert "đến 5 người" in answer.content.decode()
    assert "Gửi yêu cầu đọc" not in client.get(readings_page(in_force)).content.decode()


def test_a_list_is_typed_line_by_line(in_force, cast, client, agency):
    desk = make_unit(agency, "Một cửa")
    client.force_login(cast["quality"])
    address = f"/documents/{in_force.document_id}/distribution/"
    typed = {"revision": 0, "rows": 3, "role_1": "reviewer", "unit_2": desk.pk,
             "person_3": cast["reader"].pk}  # fmt: skip

    wrong = client.post(address, typed | {"role_3": "author"})
    assert wrong.status_code == 422
    assert "Tách thành hai dòng" in wrong.content.decode()
    assert client.post(address, typed | {"unit_1": "999999"}).status_code == 422
    assert Distribution.objects.count() == 0
    assert client.post(address, typed).status_code == 302
    assert [str(line) for line in Distribution.objects.get().lines.all()] == [
        "Người soát xét", "Mọi người của Một cửa", "Trần Văn An",
    ]  # fmt: skip
    assert client.post(address, typed).status_code == 409
    assert client.get(f"/documents/distributions/{agency.pk}/guidance/").status_code == 404


def test_reminders_go_by_ranges_once_each_and_rise_to_the_head_of_the_unit(
    given, cast, agency  # noqa: F811
):  # fmt: skip
    office = make_unit(agency)
    head = hire(agency, "head", Role.REVIEWER, unit=office)
    Membership.objects.filter(user=cast["reader"]).update(unit=office)
    row = Reading.objects.filter(person=cast["reader"])
    Reading.objects.exclude(person=cast["reader"]).delete()

    def told(days: int) -> list[tuple[str, int]]:
        due = TODAY + dt.timedelta(days=days)
        row.update(assigned_on=TODAY - dt.timedelta(days=30), due_on=due, unit=office)
        before = set(Notice.objects.values_list("pk", flat=True))
        reading_reminders.remind_readers()
        reading_reminders.remind_readers()
        return [(n.person.username, n.body) for n in Notice.objects.exclude(pk__in=before)]

    assert told(2) == []
    assert [who for who, _ in told(1)] == ["an"]
    assert "Hôm nay" in told(0)[0][1]
    assert [who for who, _ in told(-3)] == ["an"]
    escalated = dict(told(-4))
    assert set(escalated) == {"an", head.username, "em"}
    assert "Trần Văn An" in escalated["em"]
    readings.acknowledge(given, by=cast["reader"], seen=given.content_hash)
    assert reading_reminders.remind_readers() == 0


@pytest.fixture
def held(in_force, cast):
    """Three copies: of the reader, of a place with a hostile name, and one that was lost."""
    Version.objects.filter(pk=in_force.pk).update(issued_on=TODAY - dt.timedelta(days=30))
    in_force.refresh_from_db()
    rows = copies.give(
        in_force, by=cast["quality"], given_on=TODAY - dt.timedelta(days=9),
        holders=[Holder(person=cast["reader"]), Holder(words="=1+1"), Holder(words="Tủ ISO")],
    )  # fmt: skip
    copies.report_lost(rows[2], by=cast["quality"], day=TODAY, remark="Thất lạc.")
    return rows


def test_the_register_is_filtered_by_state_words_and_day(held, cast, client):
    client.force_login(cast["quality"])

    def shown(query: str) -> list[str]:
        page = client.get(f"/documents/copies/?{query}").content.decode()
        return [copy.holder for copy in held if f"/documents/copies/{copy.pk}/" in page]

    assert shown("") == ["Trần Văn An", "=1+1", "Tủ ISO"]
    assert shown("state=lost") == ["Tủ ISO"]
    assert shown("q=qt-03 tran") == ["Trần Văn An"]
    assert shown(f"on={TODAY:%d/%m/%Y}") == ["Trần Văn An", "=1+1"]
    assert shown(f"on={TODAY - dt.timedelta(days=1):%d/%m/%Y}") == [
        "Trần Văn An",
        "=1+1",
        "Tủ ISO",
    ]
    assert shown("on=01/01/2020") == []
    assert client.get("/documents/copies/?on=31/02/2026").status_code == 422
    assert client.get("/documents/copies.xlsx?state=zzz").status_code == 422


def test_the_file_has_texts_that_are_never_formulas(held, cast, client):
    client.force_login(cast["quality"])
    answer = client.get("/documents/copies.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows())

    assert (rows[4][6].value, rows[4][6].data_type) == ("=1+1", "s")
    assert rows[3][7].value.date() == TODAY - dt.timedelta(days=9)


def test_a_reader_sees_only_what_he_holds_and_a_stranger_nothing(held, cast, client, stranger):
    page = page_of(client, cast["reader"], "/documents/copies/")
    assert "Trần Văn An" in page
    assert "=1+1" not in page
    page_of(client, cast["reader"], f"/documents/copies/{held[1].pk}/", 404)
    nothing = page_of(client, stranger, "/documents/copies/")
    assert "QT-03" not in nothing
    assert "0 bản" in nothing
    client.force_login(stranger)
    rows = load_workbook(io.BytesIO(client.get("/documents/copies.xlsx").content)).worksheets[0]
    assert rows.max_row == 3


def test_what_is_to_be_recalled_waits_for_the_quality_office_and_stands_on_the_new_version(
    held, cast, client, replace  # noqa: F811
):  # fmt: skip
    fresh = replace(Version.objects.get(pk=held[0].version_id))

    [task] = [t for t in waiting_for(cast["quality"]) if t.kind == "recall"]
    assert task.facts == ("2 bản chưa thu hồi",)
    assert [t for t in waiting_for(cast["approver"]) if t.kind == "recall"] == []
    page = page_of(client, cast["quality"], fresh.get_absolute_url())
    assert "Còn 2 bản kiểm soát của bản cũ chưa thu hồi" in page
    assert "Bản số 01, Trần Văn An" in page_of(client, cast["quality"], readings_page(fresh))

    recall = f"/documents/versions/{held[0].version_id}/copies/recall/"
    assert "Bản số 02, =1+1" in client.get(recall).content.decode()
    lost = client.post(recall, {"copies": [held[2].pk], "day": f"{TODAY:%d/%m/%Y}"})
    assert lost.status_code == 422
    wrong = client.post(f"/documents/copies/{held[0].pk}/take-back/", {"day": "01/01/2020"})
    assert wrong.status_code == 422
    assert "trước ngày" in wrong.content.decode()
    done = client.post(f"/documents/copies/{held[0].pk}/take-back/", {"day": f"{TODAY:%d/%m/%Y}"})
    assert done.status_code == 302
    minutes = client.get(f"/documents/versions/{held[0].version_id}/copies/minutes/")
    text = " ".join(pages_of(minutes.content))
    for said in ("BIÊN BẢN", "Thu hồi, hủy bản kiểm soát", "Trần Văn An", "Thất lạc.", "=1+1"):
        assert said in text, said
    typed = {"copies": [held[1].pk], "day": f"{TODAY:%d/%m/%Y}", "exchanged": "on"}
    assert client.post(recall, typed).status_code == 302
    assert ControlledCopy.objects.to_recall().count() == 0
    assert ControlledCopy.objects.out().get().version == fresh
