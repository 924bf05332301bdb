"""A real browser against the real site, over loopback."""

import os
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test.testcases import LiveServerThread
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
    yield context
    found = list(complaints)
    # an autosave would meet the emptying of the tables, also one of a second window
    for window in browser.contexts:
        window.set_offline(True)
        window.close()
    wait_until_all_is_answered(live_server.thread)
    assert found == []


def wait_until_all_is_answered(server: LiveServerThread) -> None:
    """Wait until each request has ended, also one that is not accepted yet."""
    with socket.create_connection((server.host, server.port)) as last:
        last.shutdown(socket.SHUT_WR)
        last.recv(1)  # connections are accepted in turn: this one closes after theirs
    give_up_at = time.monotonic() + LONGEST_ANSWER_S
    while is_answering() and time.monotonic() < give_up_at:
        time.sleep(0.02)
    assert not is_answering()


def is_answering() -> bool:
    """Tell whether the server has a thread for a connection; socketserver names it."""
    return any(
        thread.name.endswith("(process_request_thread)")
        for thread in threading.enumerate()
    )


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def editor(page: Page) -> Page:
    """Let an editor in."""
    sign_in(page.context, make_user("Editor", "Publisher", username="edda"))
    return page
