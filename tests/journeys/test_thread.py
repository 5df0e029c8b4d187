"""The whole thread in a real browser: each person does his part, from page to page."""

import pytest
from playwright.sync_api import expect

from audits.models import Audit, Nonconformity
from documents.models import Document, Version
from qms.agencies.models import Role
from qms.search import index
from qms.standards.loading import load_standards
from qms.trail.services import first_fault
from tests.factories import PASSWORD, hire, make_unit
from tests.pdf import pages_of
from tests.qms.word.files import procedure

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def people(agency, cast):
    load_standards()
    office, desk = make_unit(agency, "Văn phòng"), make_unit(agency, "Phòng Một cửa")
    return cast | {
        "lead": hire(agency, "giang", Role.LEAD_AUDITOR, full_name="Đỗ Thị Giang", unit=office),
        "auditor": hire(agency, "hai", Role.AUDITOR, full_name="Lý Văn Hải", unit=office),
        "owner": hire(agency, "lam", Role.READER, full_name="Hồ Văn Lâm", unit=desk),
    }


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def follow(page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def downloaded(page, name: str) -> bytes:
    with page.expect_download() as file:
        page.get_by_role("link", name=name).first.click()
    return file.value.path().read_bytes()


def test_a_word_procedure_comes_in_is_approved_found_and_downloaded(page, come_in, people, agency):
    come_in(people["author"]).goto("/")
    page.get_by_role("link", name="Nhập tài liệu Word").click()
    page.get_by_label("Tệp Word").set_input_files([
        {"name": "QT 07.docx", "mimeType": WORD, "buffer": procedure()},
        {"name": "hỏng.docx", "mimeType": WORD, "buffer": b"not a word file"},
    ])  # fmt: skip
    press(page, "Nhập tài liệu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả nhập tài liệu")
    expect(page.locator("main")).to_contain_text("Tệp không phải tệp Word .docx")
    page.get_by_role("link", name="Tiếp nhận phản ánh của công dân").click()
    expect(page.locator("main")).to_contain_text("QT 07/VP")
    press(page, "Trình soát xét")
    expect(page.locator("main")).to_contain_text("Chờ soát xét")

    come_in(people["reviewer"]).goto("/")
    follow(page, "Soát xét: Tiếp nhận phản ánh của công dân")
    press(page, "Đồng ý, chuyển bước tiếp theo")
    come_in(people["approver"]).goto("/")
    follow(page, "Phê duyệt: Tiếp nhận phản ánh của công dân")
    page.get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    press(page, "Ký và phê duyệt")
    expect(page.locator("main")).to_contain_text("Đang hiệu lực")

    come_in(people["reader"]).goto("/")
    page.get_by_role("searchbox").first.fill("tiep nhan phan anh")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Tiếp nhận phản ánh của công dân").click()
    pages = pages_of(downloaded(page, "Tải PDF"))
    assert all("QT 07/VP" in text for text in pages)
    assert "Nguyễn Văn Dũng" in pages[0]
    assert "Đoạn văn thứ 5 của quy trình." in " ".join(pages)
    assert Version.objects.get().state == "in_force"
    assert index.healthy(f"agency-{agency.pk}")
    assert first_fault(agency) is None


def test_what_is_sent_back_comes_again_with_its_reason(page, come_in, people, agency):
    come_in(people["author"]).goto("/documents/import/")
    page.get_by_label("Tệp Word").set_input_files(
        [{"name": "a.docx", "mimeType": WORD, "buffer": procedure()}]
    )
    press(page, "Nhập tài liệu")
    page.get_by_role("link", name="Tiếp nhận phản ánh của công dân").click()
    address = page.url
    press(page, "Trình soát xét")

    come_in(people["reviewer"]).goto(address)
    page.get_by_text("Trả lại để sửa").first.click()
    press(page, "Trả lại")
    expect(page.locator(".error, .errsum").first).to_be_visible()
    page.get_by_label("Lý do").fill("Thiếu biểu mẫu.")
    press(page, "Trả lại")

    come_in(people["author"]).goto("/")
    follow(page, "Sửa theo ý kiến trả lại")
    expect(page.locator("main")).to_contain_text("Thiếu biểu mẫu.")


def test_an_audit_finds_a_nonconformity_that_is_mended_and_closed(page, come_in, people, agency):
    audit = _plan(page, come_in, people)
    come_in(people["lead"]).goto("/")
    follow(page, "Bắt đầu: Đánh giá đợt 1")
    press(page, "Bắt đầu đánh giá")
    _answer_all(page, audit.items.count())
    page.goto(audit.get_absolute_url())
    page.get_by_label("Kết luận của cuộc đánh giá").fill("Hệ thống được duy trì.")
    press(page, "Lập báo cáo")
    assert "Chưa có sổ cải tiến." in " ".join(pages_of(downloaded(page, "Tải báo cáo PDF")))

    case = Nonconformity.objects.get()
    _mend(page, come_in, people, case.get_absolute_url())
    case.refresh_from_db()
    assert (case.state, case.verification.by) == ("closed", people["auditor"])

    come_in(people["lead"]).goto(audit.get_absolute_url())
    press(page, "Đóng cuộc đánh giá")
    audit.refresh_from_db()
    assert audit.state == "closed"
    assert first_fault(agency) is None


def _plan(page, come_in, people) -> Audit:
    come_in(people["quality"]).goto("/audits/new/")
    page.get_by_label("Tên cuộc đánh giá").fill("Đánh giá đợt 1")
    page.get_by_label("Phòng Một cửa").check()
    page.get_by_label("10.3").check()
    page.get_by_label("Từ ngày").fill("01/12/2026")
    page.get_by_label("Đến ngày").fill("02/12/2026")
    page.get_by_label("Lý Văn Hải").check()
    for label in ("Mục tiêu", "Phạm vi", "Chuẩn mực đánh giá"):
        page.get_by_role("textbox", name=label).fill("Theo TCVN ISO 9001:2015.")
    press(page, "Lưu kế hoạch")
    audit = Audit.objects.get()
    assert audit.items.exists()
    page.get_by_text("Thêm vào lịch đánh giá").click()
    page.get_by_label("Từ giờ").fill("08:00")
    page.get_by_label("Đến giờ").fill("09:30")
    press(page, "Thêm vào lịch")
    expect(page.get_by_role("table", name="Lịch đánh giá")).to_contain_text("08:00–09:30")
    return audit


def _answer_all(page, count: int) -> None:
    """The first question does not conform, without its evidence at first; the others do."""
    first = page.locator("section.q").first
    first.get_by_role("radio", name="KPH nhẹ").check()
    first.get_by_role("button", name="Lưu câu này").click()
    expect(page.locator(".errsum")).to_contain_text("Nhập số hiệu hồ sơ")
    first = page.locator("section.q").first
    first.get_by_label("Bằng chứng").fill("Không có sổ tại quầy 2 ngày 01/12.")
    first.get_by_label("Mô tả sự việc").fill("Chưa có sổ cải tiến.")
    first.get_by_role("button", name="Lưu câu này").click()
    for n in range(1, count):
        question = page.locator("section.q").nth(n)
        question.get_by_role("radio", name="Phù hợp", exact=True).check()
        question.get_by_role("button", name="Lưu câu này").click()
    expect(page.locator(".auditbar")).to_contain_text(f"{count}/{count}")


def _mend(page, come_in, people, address: str) -> None:
    come_in(people["quality"]).goto(address)
    page.get_by_label("Người chịu trách nhiệm").select_option(label="Hồ Văn Lâm")
    press(page, "Tiếp nhận và giao")

    come_in(people["owner"]).goto("/")
    follow(page, "Phân tích nguyên nhân")
    page.get_by_label("Khắc phục ngay").fill("Lập sổ trong ngày.")
    page.get_by_label("Nguyên nhân gốc rễ").fill("Quy trình không nói ai lập sổ.")
    page.get_by_label("Hành động khắc phục 1").fill("Ghi người lập sổ vào quy trình.")
    page.get_by_label("Người thực hiện 1").select_option(label="Hồ Văn Lâm")
    page.get_by_label("Hạn 1").fill("31/12/2099")
    press(page, "Trình biện pháp")

    come_in(people["approver"]).goto("/")
    follow(page, "Duyệt biện pháp")
    press(page, "Duyệt biện pháp")
    come_in(people["owner"]).goto(address)
    expect(page.locator("main")).to_contain_text("Còn 1 hành động chưa xong")
    page.get_by_text("Ghi kết quả", exact=True).click()
    page.get_by_label("Kết quả, bằng chứng").fill("Quy trình sửa đổi lần 01.")
    press(page, "Đã làm xong")
    press(page, "Đã xong, chuyển xác minh")

    come_in(people["auditor"]).goto("/")
    follow(page, "Xác minh hiệu lực")
    page.get_by_label("Đã kiểm tra gì, thấy gì").first.fill("Sổ có đủ 12 dòng từ 01/12.")
    press(page, "Đạt, đóng phiếu")


def test_a_commune_takes_a_template_over(page, come_in, people, agency, province, monkeypatch):
    from io import StringIO  # noqa: PLC0415

    from django.core.management import call_command  # noqa: PLC0415

    hire(province.oversight_body, "director", Role.APPROVER, position="Giám đốc")
    hire(province.oversight_body, "editor", Role.LIBRARY_EDITOR)
    call_command("load_library", by="editor", only=["M-QT-02"], publish=True, stdout=StringIO())

    page.goto("/library/")
    assert downloaded(page, "DOCX").startswith(b"PK")
    come_in(people["author"]).goto("/library/")
    page.get_by_role("link", name="Đánh giá nội bộ").first.click()
    page.get_by_role("link", name="Tạo bản nháp từ mẫu").click()
    press(page, "Tạo 1 bản nháp")
    expect(page.locator("main")).to_contain_text("Bản nháp")
    expect(page.locator("main")).to_contain_text("Sở Nội vụ")
    assert Document.objects.get(agency=agency).adoption.base_version.code == "M-QT-02"


def test_the_thread_needs_no_script(browser, live_server, people, agency):
    """Submit, review and approve with JavaScript switched off."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    def come(user, path):
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        page.goto(path)

    come(people["author"], "/documents/import/")
    page.locator("input[type=file]").set_input_files(
        [{"name": "a.docx", "mimeType": WORD, "buffer": procedure()}]
    )
    press(page, "Nhập tài liệu")
    page.get_by_role("link", name="Tiếp nhận phản ánh của công dân").click()
    address = page.url
    press(page, "Trình soát xét")
    come(people["reviewer"], address)
    press(page, "Đồng ý, chuyển bước tiếp theo")
    come(people["approver"], address)
    page.get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    press(page, "Ký và phê duyệt")
    assert Version.objects.get().state == "in_force"
    context.close()
