"""The shell and the components in a real browser."""

import pytest
from playwright.sync_api import expect

from qms.agencies.models import Role, User
from tests.factories import hire
from tests.journeys.checks import check_page, walk_keyboard

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def khoa(agency):
    return hire(agency, "khoa", Role.APPROVER, Role.QUALITY, full_name="Trần Minh Khoa")


def test_log_in_page_passes_and_names_what_is_missing(page):
    page.goto("/login/")
    check_page(page)
    page.get_by_role("button", name="Đăng nhập").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Có 2 lỗi cần sửa")
    summary.get_by_role("link", name="Nhập mật khẩu").click()
    expect(page.get_by_label("Mật khẩu")).to_be_focused()
    check_page(page)


def test_every_component_passes_wide_and_narrow_light_and_dark(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    check_page(page)


def test_form_with_errors_passes(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    page.get_by_role("button", name="Trình soát xét").click()
    expect(page.locator(".errsum")).to_be_focused()
    expect(page.locator(".errsum")).to_contain_text("Nhập ngày hiệu lực")
    check_page(page)


@pytest.mark.parametrize("path", ["/kit/refused", "/kit/denied", "/kit/unavailable", "/nowhere"])
def test_pages_that_refuse_pass(page, come_in, khoa, path):
    come_in(khoa).goto(path)
    check_page(page)


def test_stranger_gets_the_public_frame_when_a_page_is_absent(page):
    page.goto("/nowhere")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang này")
    check_page(page)


@pytest.mark.parametrize("width", [1366, 360])
def test_every_focus_stop_is_visible(page, come_in, khoa, width):
    come_in(khoa).set_viewport_size({"width": width, "height": 740})
    page.goto("/kit/")
    names = walk_keyboard(page)
    assert names[0] == "Chuyển đến nội dung chính"
    assert len(names) > 30


def test_narrowest_phone_has_no_sideways_scroll(page, come_in, khoa):
    come_in(khoa).set_viewport_size({"width": 320, "height": 640})
    page.goto("/kit/")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_slash_goes_to_search_and_escape_closes_a_menu(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    page.keyboard.press("/")
    expect(page.locator("#head-search")).to_be_focused()
    account = page.locator(".head details.menu")
    account.locator("summary").click()
    expect(account).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(account).not_to_have_attribute("open", "")
    expect(account.locator("summary")).to_be_focused()


def test_j_and_k_walk_the_tasks(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    rows = page.locator(".task h3 a")
    for key, row in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(rows.nth(row)).to_be_focused()


def test_dark_is_kept_with_the_account(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    page.locator(".head summary").click()
    with page.expect_response("**/theme/"):
        page.get_by_role("button", name="Giao diện tối").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert User.objects.get(pk=khoa.pk).theme == "dark"


def test_english_is_kept_with_the_account(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    page.locator(".head summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    check_page(page)


def test_dialog_opens_in_the_middle_and_gives_focus_back(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    opener = page.locator("[data-open=ask]")
    opener.click()
    expect(page.get_by_role("dialog", name="Ban hành QT-03, bản 4?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_drop_area_names_the_chosen_files(page, come_in, khoa):
    come_in(khoa).goto("/kit/")
    files = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": b"x"}
        for name in ("QT-01.docx", "QT-02.docx")
    ]
    page.get_by_label("Tệp Word").set_input_files(files)
    expect(page.locator("[data-drop-names] li")).to_have_text(["QT-01.docx", "QT-02.docx"])


def test_everything_works_without_scripts(browser, live_server, settings, khoa):
    settings.ROOT_URLCONF = "tests.journeys.urls"
    khoa.set_password("một hai ba bốn")
    khoa.save()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login/?next=/kit/")
    page.get_by_label("Tên đăng nhập").fill("khoa")
    page.get_by_label("Mật khẩu").fill("một hai ba bốn")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bộ thành phần giao diện")
    page.locator(".head summary").click()
    page.get_by_role("button", name="Giao diện tối").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()
