"""Writing a section in a real browser: typing, tools, Word's clipboard, two people, lost links."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from documents.models import DocumentKind, Section
from documents.services import draft as drafts
from documents.services import section as sections
from documents.services.section import Wording
from tests.factories import PASSWORD
from tests.journeys.checks import check_page
from tests.pictures import PNG

pytestmark = pytest.mark.django_db(transaction=True)
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm}
@list l0:level1{mso-level-number-format:decimal}</style></head><body><!--StartFragment-->
<h1 style='mso-pagination:widow-orphan'><span style='font-size:14.0pt'>Cách tiếp nhận<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify;color:red'>Người dân nộp <b style='mso-bidi-font-weight:normal'>hồ sơ</b>.</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>Ghi sổ<o:p></o:p></p>
<p class=MsoListParagraph style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>a.<span>&nbsp; </span></span><![endif]>Cấp giấy hẹn<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>Chuyển phòng<o:p></o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0'><td width=208 colspan=2 style='width:155.8pt'><p class=MsoNormal>Bước</p></td>
<td><p class=MsoNormal>Hạn</p></td></tr><tr><td rowspan=2><p class=MsoNormal>1</p></td>
<td><p class=MsoNormal>Một cửa</p></td><td><p class=MsoNormal>2 giờ</p></td></tr>
<tr><td><p class=MsoNormal>Văn thư</p></td><td><p class=MsoNormal>1 giờ</p></td></tr></table>
<p class=MsoNormal><img src="file:///C:/Temp/clip_image001.png"><script>alert(1)</script></p>
<!--EndFragment--></body></html>"""
PASTE = """html => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  document.querySelector('.ProseMirror').dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def draft(agency, cast, clauses):
    return drafts.create(
        agency,
        by=cast["author"],
        kind=DocumentKind.SYSTEM_PROCEDURE,
        code="QT-03",
        title="Tiếp dân",
    )


@pytest.fixture
def address(draft):
    return reverse("documents:section-edit", args=[draft.pk, draft.sections.get(number="5").pk])


def html_of(draft) -> str:
    return draft.sections.get(number="5").html


def write(page, address: str, text: str) -> None:
    page.goto(address)
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def save(page, button: str = "Lưu mục này") -> None:
    page.get_by_role("button", name=button).click()


def test_typing_and_every_tool_by_keyboard(page, come_in, cast, draft, address):
    come_in(cast["author"]).goto(address)
    page.locator(".ProseMirror").focus()
    page.keyboard.type("Nộp hồ sơ ")
    page.keyboard.press("Alt+F10")
    for _stop in range(2):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Đậm")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".ProseMirror")).to_be_focused()
    page.keyboard.type("tại Một cửa")
    page.get_by_role("button", name="Căn giữa").click()
    expect(page.get_by_role("button", name="Căn giữa")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Tên mục").fill("Cách làm")
    page.locator(".clausebox summary").click()
    page.get_by_label("8.2.1").check()
    page.keyboard.press("Control+s")
    page.wait_for_url("**/sections/")

    section = draft.sections.get(number="5")
    assert section.html == '<p align="center">Nộp hồ sơ <strong>tại Một cửa</strong></p>'
    assert (section.title, section.clauses.get().number) == ("Cách làm", "8.2.1")
    page.goto(address)
    expect(page.locator(".ProseMirror strong")).to_have_text("tại Một cửa")
    check_page(page)


def test_words_clipboard_becomes_our_text(page, come_in, cast, draft, address):
    come_in(cast["author"]).goto(address)
    page.locator(".ProseMirror").click()
    page.evaluate(PASTE, WORD)
    save(page)
    page.wait_for_url("**/sections/")

    html = html_of(draft)
    assert html.startswith(
        '<h3>Cách tiếp nhận</h3><p align="justify">Người dân nộp <strong>hồ sơ</strong>.</p>'
    )
    assert (
        '<ol><li>Ghi sổ<ol type="a"><li>Cấp giấy hẹn</li></ol></li><li>Chuyển phòng</li></ol>'
        in html
    )
    assert '<td colspan="2">Bước</td>' in html
    assert '<td rowspan="2">1</td>' in html
    assert not any(
        word in html for word in ("mso", "style", "class", "file:", "script", "<p></p>")
    )


def test_a_picture_is_added_and_stays(page, come_in, cast, draft, address):
    come_in(cast["author"]).goto(address)
    page.locator("[data-picture]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    )
    expect(page.get_by_role("alert")).to_contain_text("không phải hình")
    page.locator("[data-picture]").set_input_files(
        {"name": "sơ đồ.png", "mimeType": "image/png", "buffer": PNG}
    )
    expect(page.get_by_role("img", name="sơ đồ")).to_be_visible()
    save(page)
    page.wait_for_url("**/sections/")
    assert 'src="asset:' in html_of(draft)
    page.goto(draft.get_absolute_url())
    assert page.evaluate("document.querySelector('.paper img').naturalWidth") == 8


def test_two_people_at_once_lose_nothing(page, come_in, cast, draft, address):
    write(come_in(cast["author"]), address, "Bản của Bình.")
    section = draft.sections.get(number="5")
    sections.edit(section, by=cast["quality"], revision=1,
                  wording=Wording("5", section.title, "<p>Bản của Em.</p>"))  # fmt: skip
    save(page)

    expect(page.get_by_role("heading", name="Chưa lưu")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Võ Thị Em")
    expect(page.get_by_role("region", name="Hai bản cạnh nhau")).to_contain_text("Bản của Em.")
    expect(page.locator(".ProseMirror")).to_have_text("Bản của Bình.")
    assert html_of(draft) == "<p>Bản của Em.</p>"
    check_page(page)
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Và của Em.")
    save(page, "Giữ bản của tôi")
    page.wait_for_url("**/sections/")
    assert html_of(draft) == "<p>Bản của Bình. Và của Em.</p>"


def test_a_failing_save_keeps_the_text_and_says_so(page, come_in, cast, draft, address):
    write(come_in(cast["author"]), address, "Viết lâu rồi.")
    page.route("**/edit/", lambda route: route.abort())
    page.evaluate("console.error = () => {}")
    save(page)
    expect(page.get_by_role("alert").last).to_contain_text("Chưa lưu được. Nội dung vẫn còn")
    page.unroute("**/edit/")
    page.route("**/edit/", lambda route: route.fulfill(status=502, body="x"))
    save(page)
    expect(page.get_by_role("alert").last).to_contain_text("Máy chủ chưa lưu được")
    expect(page.locator(".ProseMirror")).to_have_text("Viết lâu rồi.")
    page.unroute("**/edit/")
    save(page)
    page.wait_for_url("**/sections/")
    assert html_of(draft) == "<p>Viết lâu rồi.</p>"


def test_an_ended_session_keeps_the_text_until_the_person_is_back(
    page, come_in, cast, draft, address
):
    write(come_in(cast["author"]), address, "Trước giờ nghỉ trưa.")
    Session.objects.all().delete()
    save(page)
    expect(page.get_by_role("alert").last).to_contain_text("Phiên đã hết")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập lại ở thẻ mới").click()
    door = opened.value
    door.get_by_label("Tên đăng nhập").fill("binh")
    door.get_by_label("Mật khẩu").fill(PASSWORD)
    door.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    door.wait_for_url("**/edit/")
    door.close()
    save(page)
    page.wait_for_url("**/sections/")
    assert html_of(draft) == "<p>Trước giờ nghỉ trưa.</p>"


def test_text_of_a_page_that_was_left_is_offered_again(page, come_in, cast, draft, address):
    write(come_in(cast["author"]), address, "Chưa kịp lưu.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Lấy lại nội dung đó").click()
    expect(page.locator(".ProseMirror")).to_have_text("Chưa kịp lưu.")


def test_without_scripts_the_text_is_kept_and_can_be_edited(
    browser, live_server, come_in, page, cast, draft, address
):
    section = draft.sections.get(number="5")
    Section.objects.filter(pk=section.pk).update(html="<p>Cũ.</p>")
    come_in(cast["author"])
    plain = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
    )
    tab = plain.new_page()
    tab.goto(address)
    tab.get_by_label("Tên mục").fill("Đổi tên")
    save(tab)
    tab.wait_for_url("**/sections/")
    assert (html_of(draft), draft.sections.get(number="5").title) == ("<p>Cũ.</p>", "Đổi tên")
    plain.close()


def test_a_held_draft_names_its_holder_and_goes_round_by_word(page, come_in, cast, draft):
    come_in(cast["author"]).goto(draft.get_absolute_url())
    page.get_by_role("button", name="Nhận sửa").click()
    expect(page.locator("main")).to_contain_text("Bạn đang nhận sửa bản này")
    with page.expect_download() as file:
        page.get_by_role("link", name="Tải Word").click()
    come_in(cast["quality"]).goto(draft.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Lê Thị Bình đang nhận sửa bản này từ")
    expect(page.get_by_role("button", name="Trình soát xét")).to_have_count(0)
    come_in(cast["author"]).goto(draft.get_absolute_url())
    page.get_by_text("Tải lên bản Word đã sửa").click()
    page.get_by_label("Bản Word đã sửa").set_input_files(
        {"name": "a.docx", "mimeType": drafts.WORD, "buffer": file.value.path().read_bytes()}
    )
    page.get_by_role("button", name="Thay nội dung bằng tệp này").click()
    expect(page.get_by_role("button", name="Nhận sửa")).to_be_visible()
    assert draft.checkouts.get().outcome == "checked_in"
