"""A real browser on the live site. Every page it opens must keep the console clean."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from qms.web import assets

# Playwright's synchronous API keeps an event loop in this thread; the ORM is used all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("QMS_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One browser at a time, whatever the number of workers."""
    for item in items:
        if "tests/journeys" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not assets.is_current():
        assets.build()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, live_server, settings) -> Iterator[Page]:
    """A fresh page on the live site, with the kit mounted; its console must stay empty."""
    settings.ROOT_URLCONF = "tests.journeys.urls"
    context = browser.new_context(base_url=live_server.url, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    said: list[str] = []
    page.on("console", lambda message: _note(said, page, message))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.fixture
def come_in(page, live_server):
    """Return `come_in(user)`: from now on the page belongs to that person."""

    def come_in(user):
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return come_in


def _note(said: list[str], page: Page, message) -> None:
    """Errors and warnings count; that a refused page has a 4xx status of its own does not."""
    own_status = "Failed to load resource" in message.text and "/static/" not in str(
        message.location.get("url")
    )
    if message.type in {"error", "warning"} and not own_status:
        said.append(f"{page.url}: {message.text}")
