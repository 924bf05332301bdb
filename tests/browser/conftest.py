"""A real browser against the real site, over loopback."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.articles.factories import make_user
from tests.browser.chromium import chromium
from tests.browser.editing import sign_in

# Playwright keeps an event loop in this thread; the queries of a test are not in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# As root there is no sandbox; the rest keeps the browser off the network.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A page that tests miss on purpose: the console says 404, and rightly.
MISSING_PAGE = "/nothing-here/"
# A busy machine takes its time over a preview that nobody waits for any more.
LONGEST_ANSWER_S = 30


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()  # asks Playwright itself, so not while another is open
    outside = connections["default"]
    with sync_playwright() as playwright:
        # Inside the event loop Django would make another connection, one that does not
        # know what to restore between tests.
        connections["default"] = outside
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def failing() -> list[str]:
    """Parts of addresses that a test makes fail, so that the console complains."""
    return [MISSING_PAGE]


@pytest.fixture
def context(
    browser: Browser, live_server, failing: list[str]
) -> Iterator[BrowserContext]:
    """A window of its own; whatever the console complains about fails the test."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 800}
    )
    complaints: list[str] = []
    context.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error"
            and not any(part in message.location["url"] for part in failing)
            else None
        ),
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.set_default_timeout(10_000)
    with counting_requests() as under_way:
        yield context
        found = list(complaints)
        # an autosave would meet the emptying of the tables
        context.set_offline(True)
        context.close()
        give_up_at = time.monotonic() + LONGEST_ANSWER_S
        while under_way and time.monotonic() < give_up_at:
            time.sleep(0.05)
    assert found == []


@contextmanager
def counting_requests() -> Iterator[list[None]]:
    """Keep a list as long as there are requests that the server has not answered."""
    under_way: list[None] = []

    def begun(**_: object) -> None:
        under_way.append(None)

    def answered(**_: object) -> None:
        if under_way:
            under_way.pop()

    request_started.connect(begun, weak=False)
    request_finished.connect(answered, weak=False)
    try:
        yield under_way
    finally:
        request_started.disconnect(begun)
        request_finished.disconnect(answered)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def editor(page: Page) -> Page:
    """Let an editor in."""
    sign_in(page.context, make_user("Editor", "Publisher", username="edda"))
    return page
