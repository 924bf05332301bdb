"""The preview beside the text: in step both ways, steady, and honest when it cannot."""

from itertools import product

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.editing import log_in, open_guide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# Pages and texts of very different height: one long line, one block of short lines.
LONG_LINE = "Words and more words. " * 150
SHORT_LINES = "\n".join(f"- Entry {number}" for number in range(150))
SOURCE = (
    f"## Beginning\n\n{LONG_LINE}\n\n## Middle\n\n{SHORT_LINES}\n\n## Later\n\n"
    f"{LONG_LINE}\n\n## End\n\n{LONG_LINE}"
)


@pytest.fixture
def text(editor: Page) -> Locator:
    field = open_guide(editor, SOURCE)
    expect(preview_of(editor).get_by_role("heading", name="End")).to_be_attached()
    return field


def preview_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.editor-preview__frame")


SCROLL_TO_LINE = """(field, words) => {
    const lines = field.value.split("\\n");
    const copy = document.createElement("div");
    const { font, padding } = getComputedStyle(field);
    const isolated = { font, padding, whiteSpace: "pre-wrap", position: "absolute" };
    Object.assign(copy.style, isolated, { width: `${field.clientWidth}px` });
    copy.textContent = lines.slice(0, lines.indexOf(words)).join("\\n") + "\\n";
    field.after(copy);
    const { paddingTop, paddingBottom } = getComputedStyle(copy);
    field.scrollTop = copy.clientHeight - parseFloat(paddingBottom);
    copy.remove();
    return field.scrollTop;
}"""
FOCUSED_IN_PREVIEW = """() => document.querySelector("iframe.editor-preview__frame")
    .contentDocument.activeElement.textContent.trim()"""
TOP = "element => element.getBoundingClientRect().top"


def test_the_page_shows_the_line_that_the_text_shows(text: Locator) -> None:
    for width, words in product(("Desktop", "Phone"), ("Later", "Middle")):
        text.page.get_by_label(width).check()
        heading = preview_of(text.page).get_by_role("heading", name=words)

        text.evaluate(SCROLL_TO_LINE, f"## {words}")

        expect(heading).to_be_in_viewport()
        assert abs(heading.evaluate(TOP)) < 60


def test_the_text_follows_the_page(text: Locator) -> None:
    wanted = text.evaluate(SCROLL_TO_LINE, "## Later")
    text.evaluate("field => field.scrollTo(0, 0)")
    heading = preview_of(text.page).get_by_role("heading", name="Later")
    expect(heading).not_to_be_in_viewport()

    heading.evaluate("element => element.scrollIntoView()")

    text.page.wait_for_function(
        "([field, wanted]) => Math.abs(field.scrollTop - wanted) < 60",
        arg=[text.element_handle(), wanted],
    )


def test_a_link_within_the_page_scrolls_it(text: Locator) -> None:
    preview = preview_of(text.page)
    preview.get_by_text("On this page").first.click()

    preview.get_by_role("link", name="Later").click()

    expect(preview.get_by_role("heading", name="Later")).to_be_in_viewport()
    expect(preview.get_by_role("heading", name="Beginning")).not_to_be_in_viewport()


def test_the_ends_meet(text: Locator) -> None:
    page = preview_of(text.page).locator("html")

    text.evaluate("field => field.scrollTo(0, field.scrollHeight)")

    at_end = "page => page.scrollHeight - page.clientHeight - page.scrollTop"
    expect(preview_of(text.page).locator(".prose > :last-child")).to_be_attached()
    assert page.evaluate(at_end) < 2
    text.evaluate("field => field.scrollTo(0, 0)")
    expect(preview_of(text.page).locator("h1")).to_be_in_viewport()


def test_a_change_keeps_the_page_where_it_is(text: Locator) -> None:
    heading = preview_of(text.page).get_by_role("heading", name="Later")
    text.evaluate(SCROLL_TO_LINE, "## Later")
    expect(heading).to_be_in_viewport()
    before = heading.evaluate(TOP)

    text.evaluate("field => field.setSelectionRange(14, 14, 'none')")
    text.press_sequentially("New ")
    text.evaluate(SCROLL_TO_LINE, "## Later")
    expect(preview_of(text.page).locator(".prose")).to_contain_text("New Words and")

    expect(heading).to_be_in_viewport()
    assert abs(heading.evaluate(TOP) - before) < 60


def test_the_keyboard_passes_by_what_is_around_the_page(text: Locator) -> None:
    text.page.get_by_label("Phone").focus()
    met = []

    for _ in range(60):
        text.page.keyboard.press("Tab")
        if text.page.evaluate("document.activeElement.closest('.findings') !== null"):
            break
        met.append(text.page.evaluate(FOCUSED_IN_PREVIEW))

    assert len(met) < 60, "the checks were never reached"
    assert "On this page" in met
    assert {"Skip to the content", "Find a doctor", "Home", "Privacy"}.isdisjoint(met)


def test_what_goes_wrong_is_said_and_forgotten_when_it_is_over(
    text: Locator, failing: list[str]
) -> None:
    failing.append("/preview/")
    page = text.page
    status = page.locator(".editor-preview__status")

    page.route("**/preview/", lambda route: route.abort())
    text.press_sequentially("a")
    expect(status).to_contain_text("The server does not answer.")
    expect(status).to_contain_text("Your text is still in the form")
    page.unroute("**/preview/")
    page.route("**/preview/", lambda route: route.fulfill(status=500))
    text.press_sequentially("b")
    expect(status).to_contain_text("error 500")
    page.unroute("**/preview/")
    text.press_sequentially("c")
    expect(status).to_be_empty()
    text.fill("x" * 100_001)

    expect(status).to_contain_text("The text has 100,001 bytes")
    expect(preview_of(page).locator("h1")).to_be_attached()


def test_one_who_logs_in_again_elsewhere_goes_on_and_saves(
    text: Locator, failing: list[str]
) -> None:
    failing.append("/preview/")
    page = text.page
    status = page.locator(".editor-preview__status")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")

    text.fill("New words.")
    expect(status).to_contain_text("You were logged out. Log in again in another tab")
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto("/admin/")
    log_in(other, "edda")
    expect(other.get_by_role("button", name="Log out")).to_be_visible()
    assert {c["value"] for c in cookies}.isdisjoint(
        c["value"] for c in page.context.cookies()
    )
    text.press_sequentially(" More.")
    expect(status).to_be_empty()
    page.get_by_role("button", name="Save draft").click()

    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("#id_source")).to_have_value("New words. More.")
