"""A dropped file is hashed in the browser; what leaves the machine is its hash alone."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from qms.vault import services as vault
from tests.house import world as worlds
from tests.journeys.checks import check_page

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "original": "đúng từng byte là bản gốc",
    "copy": "bản sao do hệ thống cấp ngày",
    "other": "khác bản gốc",
}


def test_a_dropped_file_is_compared_without_leaving_the_machine(page, live_server):
    world = worlds.build()
    version = world.things["in_force"]
    reader = Client()
    reader.force_login(world.people["reader"])
    sealed = vault.read(version.sealed_file)
    copy = reader.get(reverse("documents:file-pdf", args=[version.pk])).content
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.post_data)))

    page.goto(f"/check/{version.check_code}/")
    expect(page.get_by_text("tệp không rời máy của bạn")).to_be_visible()
    for kind, data in (("original", sealed), ("copy", copy), ("other", sealed + b" ")):
        file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": data}
        page.set_input_files("input[type=file]", [file])
        expect(page.locator("[data-verdict]")).to_contain_text(WORDS[kind])
        expect(page.locator("#live")).to_contain_text(WORDS[kind])
    page.get_by_role("button", name="So tệp").click()
    expect(page.locator("[data-verdict]")).to_contain_text(WORDS["other"])
    assert {method for method, _body in sent} == {"GET"}
    check_page(page)


def test_without_scripts_the_server_compares(browser, live_server):
    world = worlds.build()
    version = world.things["in_force"]
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/check/{version.check_code}/")
    data = vault.read(version.sealed_file)
    page.set_input_files(
        "input[type=file]", [{"name": "a.pdf", "mimeType": "application/pdf", "buffer": data}]
    )
    page.get_by_role("button", name="So tệp").click()
    expect(page.locator("[data-verdict]")).to_contain_text(WORDS["original"])
    context.close()
