"""Two people at one guide, a server that is gone, a session that has ended."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event

import pytest
from django.contrib.sessions.models import Session
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished
from django.db import transaction
from django.db.models.signals import post_save
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from playwright.sync_api import Browser, Error, Page, expect

from articles.admin import article as article_admin
from articles.models import Autosave
from tests.articles.factories import make_draft, make_topic, make_user
from tests.browser.barriers import violations
from tests.browser.editing import log_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = "One line here.\nTwo lines here.\nThree lines here."


@pytest.fixture
def failing() -> list[str]:
    """The server does not answer, answers that somebody else writes, asks to log in."""
    return ["/autosave/", "/preview/", "/change/"]


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("toolbar")).to_be_visible()


def change(article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def test_two_sessions_that_edit_one_guide_bring_their_texts_together(
    editor: Page, browser: Browser, live_server
) -> None:
    guide = make_draft("a", TEXT)
    make_user("Editor", username="otto")
    second = browser.new_context(base_url=live_server.url)
    other = second.new_page()
    other.emulate_media(color_scheme="dark")
    other.goto("/admin/")
    log_in(other, "otto")
    opened(editor, change(guide))
    opened(other, change(guide))

    editor.locator("#id_source").fill(TEXT.replace("One", "A"))
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messagelist")).to_contain_text("Saved.")
    other.locator("#id_source").fill(TEXT.replace("Three", "C"))
    other.get_by_role("button", name="Save draft").click()

    expect(other.locator(".together")).to_contain_text("edda stored revision 2")
    expect(other.locator("#id_source")).to_have_value(
        "A line here.\nTwo lines here.\nC lines here.\n"
    )
    assert violations(other) == []
    other.get_by_role("button", name="Save draft").focus()
    other.keyboard.press("Enter")
    expect(other.locator(".messagelist")).to_contain_text("Saved.")
    assert guide.latest_revision().number == 3
    assert not Autosave.objects.exists()
    second.close()


class OneAnswer(QuietWSGIRequestHandler):
    """Ends its connection: on one that was used before, a browser asks once more."""

    protocol_version = "HTTP/1.0"


class SamePortServer(ThreadedWSGIServer):
    """Ends its connections when it is stopped, and takes the port of such a one."""

    def __init__(self, address, _handler, **options) -> None:
        self.taken: list[socket.socket] = []
        super().__init__(address, OneAnswer, **options | {"allow_reuse_address": True})

    def get_request(self):
        connection, address = super().get_request()
        self.taken.append(connection)
        return connection, address

    def server_close(self) -> None:
        for connection in self.taken:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()


class StoppableServer(LiveServerThread):
    server_class = SamePortServer


def served(port: int = 0) -> StoppableServer:
    server = StoppableServer("localhost", static_handler=StaticFilesHandler, port=port)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    return server


def test_what_is_typed_while_the_server_is_stopped_is_offered_after_its_restart(
    editor: Page,
) -> None:
    guide = make_draft("a", TEXT)
    make_topic("Knees")
    server = served()
    address = f"http://localhost:{server.port}{change(guide)}"
    opened(editor, address)
    editor.wait_for_load_state("networkidle")  # the frame of the preview, too

    server.terminate()
    editor.get_by_label("Knees").check()
    editor.locator("#id_source").fill("Typed without a server.")
    expect(editor.locator(".autosave__status")).to_contain_text(
        "It is kept in this browser too."
    )
    context = editor.context
    with pytest.raises(Error, match="crash"):  # so that nothing is sent on leaving
        editor.goto("chrome://crash")
    editor.close()
    editor = context.new_page()
    server = served(server.port)
    opened(editor, address)

    expect(editor.locator(".autosave__offer")).to_contain_text("kept in this browser")
    expect(editor.locator("#id_source")).to_have_value(TEXT)
    assert violations(editor) == []
    editor.get_by_role("button", name="Use it").click()
    expect(editor.locator("#id_source")).to_have_value("Typed without a server.")
    expect(editor.get_by_label("Knees")).to_be_checked()
    expect(editor.locator(".autosave__status")).to_contain_text("kept on the server")
    assert Autosave.objects.get().fields["source"] == ["Typed without a server."]
    editor.goto("about:blank")
    server.terminate()


def test_a_server_that_stops_in_the_middle_of_a_save_stores_all_or_nothing(
    editor: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = make_draft("a", TEXT)
    server = served()
    address = f"http://localhost:{server.port}{change(guide)}"
    opened(editor, address)
    stored, is_gone = Event(), Event()

    def store_and_die(**values: object) -> None:
        save_revision(**values)
        stored.set()
        is_gone.wait(10)
        request_finished.send(sender=None)  # nobody else says so
        raise SystemExit

    save_revision = article_admin.save_revision
    monkeypatch.setattr(article_admin, "save_revision", store_and_die)
    editor.locator("#id_source").fill("Typed before the server stopped.")
    editor.get_by_role("button", name="Save draft").click(no_wait_after=True)
    assert stored.wait(10)
    server.terminate()
    is_gone.set()
    monkeypatch.undo()
    with suppress(Error):  # until it has asked once more, in vain
        editor.wait_for_url("chrome-error://**")
    assert guide.latest_revision().source == TEXT
    again = editor.context.new_page()
    editor.close()
    server = served(server.port)
    opened(again, address)

    expect(again.locator(".autosave__offer")).to_contain_text("kept in this browser")
    again.get_by_role("button", name="Use it").click()
    again.get_by_role("button", name="Save draft").click()
    expect(again.locator(".messagelist")).to_contain_text("Saved.")
    assert guide.latest_revision().source == "Typed before the server stopped."
    again.goto("about:blank")
    server.terminate()


@contextmanager
def kept_on_the_server() -> Iterator[None]:
    """Wait until the server has stored what the block made the browser send."""
    is_kept = Event()

    def remember(**_: object) -> None:
        transaction.on_commit(is_kept.set)

    post_save.connect(remember, sender=Autosave, weak=False)
    try:
        yield
        assert is_kept.wait(10)
    finally:
        post_save.disconnect(remember, sender=Autosave)


def test_who_leaves_at_once_finds_the_last_words_on_the_server(editor: Page) -> None:
    guide = make_draft("a", TEXT)
    opened(editor, change(guide))

    with kept_on_the_server():
        editor.locator("#id_source").fill("Typed just before leaving.")
        editor.goto("about:blank")
    opened(editor, change(guide))

    assert Autosave.objects.get().fields["source"] == ["Typed just before leaving."]
    offer = editor.locator(".autosave__offer")
    expect(offer).to_have_count(1)
    offer.get_by_role("link", name="Use it").click()
    expect(editor.locator("#id_source")).to_have_value("Typed just before leaving.")


def test_who_leaves_after_a_refused_save_finds_the_words_again(editor: Page) -> None:
    guide = make_draft("a", TEXT)
    opened(editor, change(guide))
    editor.locator("#id_title").fill("")
    editor.locator("#id_source").fill("Refused with its title.")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".errornote")).to_be_visible()

    with kept_on_the_server():
        editor.goto("/admin/articles/topic/")
    opened(editor, change(guide))

    assert guide.latest_revision().source == TEXT
    editor.locator(".autosave__offer").get_by_role("link", name="Use it").click()
    expect(editor.locator("#id_source")).to_have_value("Refused with its title.")


def test_keeping_goes_on_after_a_clock_change_and_a_save_that_got_stuck(
    editor: Page,
) -> None:
    guide = make_draft("a", TEXT)
    opened(editor, change(guide))
    editor.evaluate("Date.now = () => Date.UTC(2037, 0)")  # wrong until the next page
    with kept_on_the_server():
        editor.locator("#id_source").fill("Typed in 2037.")
    editor.locator("#id_slug").fill("Not an address")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".errornote")).to_be_visible()

    with kept_on_the_server():
        editor.locator("#id_source").fill("Typed after the clock was mended.")
    assert Autosave.objects.get().fields["source"] == [
        "Typed after the clock was mended."
    ]

    editor.route(f"**{change(guide)}", lambda route: route.fulfill(status=204))
    editor.locator("#id_source").fill("Typed and sent at once.")
    editor.get_by_role("button", name="Save draft").click()
    with kept_on_the_server():
        editor.locator("#id_source").fill("Typed after the save got stuck.")
    assert Autosave.objects.get().fields["source"] == [
        "Typed after the save got stuck."
    ]


def test_two_windows_of_one_editor_take_nothing_from_each_other(editor: Page) -> None:
    guide = make_draft("a", TEXT)
    second = editor.context.new_page()
    opened(editor, change(guide))
    opened(second, change(guide))

    editor.locator("#id_source").fill(TEXT.replace("One", "A"))
    expect(editor.locator(".autosave__status")).to_contain_text("kept on the server")
    second.locator("#id_source").fill(TEXT.replace("Three", "C"))
    expect(second.locator(".autosave__status")).to_contain_text(
        "Another window of yours has this guide open"
    )
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messagelist")).to_contain_text("Saved.")
    second.get_by_role("button", name="Save draft").click()

    expect(second.locator(".together")).to_contain_text("You, in another window")
    second.get_by_role("button", name="Save draft").click()
    expect(second.locator(".messagelist")).to_contain_text("Saved.")
    newest = guide.latest_revision()
    assert newest.source == "A line here.\nTwo lines here.\nC lines here."


def test_what_is_typed_after_the_session_ended_is_offered_after_the_login(
    editor: Page,
) -> None:
    guide = make_draft("a", TEXT)
    opened(editor, change(guide))
    Session.objects.all().delete()

    editor.locator("#id_source").fill("Typed after the session.")
    expect(editor.locator(".autosave__status")).to_contain_text(
        "You were logged out. Log in again in another tab"
    )
    editor.goto(change(guide))
    log_in(editor, "edda")

    expect(editor.locator(".autosave__offer")).to_contain_text("kept in this browser")
    editor.locator("#id_source").fill("Typed before the offer was seen.")
    with kept_on_the_server():
        editor.get_by_role("button", name="Use it").click()
    expect(editor.locator("#id_source")).to_have_value("Typed after the session.")
    assert Autosave.objects.get().fields["source"] == ["Typed after the session."]
    editor.get_by_role("button", name="Use it").click()  # what it took the place of
    expect(editor.locator("#id_source")).to_have_value(
        "Typed before the offer was seen."
    )


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_is_sent_after_the_session_ended_is_stored_after_the_login(
    editor: Page, browser: Browser, live_server, has_scripts: bool
) -> None:
    guide = make_draft("a", TEXT)
    same = editor.context.storage_state()
    context = browser.new_context(
        base_url=live_server.url, storage_state=same, java_script_enabled=has_scripts
    )
    page = context.new_page()
    page.goto(change(guide))
    Session.objects.all().delete()

    page.locator("#id_source").fill('\nTyped after\n\nthe "session".')
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("h1")).to_have_text("You were logged out")
    expect(page.get_by_label("Text")).to_have_value('\nTyped after\n\nthe "session".')
    if has_scripts:
        assert violations(page) == []
    log_in(page, "edda")

    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator(".autosave__offer")).to_have_count(0)
    assert guide.latest_revision().source == 'Typed after\n\nthe "session".'
    context.close()
