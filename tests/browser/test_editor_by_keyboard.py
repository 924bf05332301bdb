"""The editor's whole path without a mouse, from the login to the withdrawal."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.articles.factories import (
    make_contributor,
    make_guide,
    make_source,
    make_topic,
    make_user,
)
from tests.browser.editing import enter, said
from tests.browser.hands import press, skip_to_content, type_into, walk_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TEXT = "Rest the knee.\n\nSee [toes](article:toes).\n\nAsk "
SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"


@pytest.fixture
def desk(page: Page) -> Page:
    """Show the login to the admin of a small site."""
    make_user("Editor", username="edda")
    make_contributor("Ada Example")
    make_guide("hips", title="Hips")
    make_topic("Hearts")
    make_topic("Knees")
    for number in range(15):
        make_source(f"study-{number}", title=f"Study {number} of knees")
    page.goto("/admin/")
    return page


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def step(page: Page, name: str):
    return page.locator(".editor-standing").get_by_role("link", name=name, exact=True)


def test_from_the_login_to_the_withdrawal_by_keyboard(desk: Page) -> None:
    page, keyboard = desk, desk.keyboard
    field = page.locator("#id_source")
    preview = page.frame_locator("iframe.editor-preview__frame")

    # sign in, and from the dashboard to a new guide
    keyboard.type("edda")  # the login begins in its first field
    type_into(page.get_by_label("Password"), "secret")
    keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/$"))  # the login has a heading, too
    skip_to_content(page)
    press(page.locator("main a[href='/admin/articles/article/add/']"))
    expect(page.get_by_role("toolbar")).to_be_visible()

    # its head, and a topic
    skip_to_content(page)
    type_into(page.get_by_label("Title"), "Knees")
    type_into(page.get_by_label("Slug"), "knees")
    press(page.get_by_label("Knees", exact=True), "Space")

    # the text: typed, with a link from the search, seen in the preview
    type_into(field, TEXT)
    walk_to(button(page, "Bold"), "Shift+Tab")
    while not button(page, "Link").evaluate("e => e === document.activeElement"):
        keyboard.press("ArrowRight")
    keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    keyboard.type("hips")
    expect(page.locator(".link-picker__option").first).to_contain_text("Hips")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value(TEXT + "[Hips](article:hips)")
    expect(preview.get_by_role("link", name="Hips")).to_be_visible()
    walk_to(page.get_by_label("Phone"))
    keyboard.press("ArrowRight")
    expect(page.get_by_label("Desktop")).to_be_checked()

    # the checks: a line number leads to its line
    press(page.get_by_role("button", name="Line 3").first)
    expect(field).to_be_focused()
    assert field.evaluate(SELECTED) == "See [toes](article:toes)."
    keyboard.type("See what helps.")

    # author and sources; the search that looks like a field to send does not send
    walk_to(page.get_by_label("Author"))
    keyboard.type("Ada")
    type_into(page.get_by_label("Search sources"), "study 7")
    keyboard.press("Enter")
    press(page.get_by_role("checkbox", name="study-7"), "Space")
    press(button(page, "Save draft"))
    said(page, "Saved.")
    guide = Article.objects.get(slug="knees")
    text = guide.latest_revision()
    assert text.author.name == "Ada Example"
    assert [each.key for each in text.cited_sources()] == ["study-7"]
    assert [each.name for each in guide.topics.all()] == ["Knees"]
    change = page.url.partition("#")[
        0
    ]  # with the part behind # it would not be reloaded

    # another text, compared with the first
    skip_to_content(page)
    walk_to(field)
    keyboard.press("ControlOrMeta+End")
    keyboard.type(" and [Hips](article:hips).")
    press(button(page, "Save draft"))
    said(page, "Saved.")
    press(button(page, "Compare the two chosen"))
    expect(page.locator(".compare ins")).to_contain_text("and")
    press(page.get_by_role("link", name="knees", exact=True))

    # sent, and signed off by a reviewer
    skip_to_content(page)
    press(step(page, "Send for review"))
    type_into(page.get_by_label("For the reviewer"), "Is it right?")
    press(button(page, "Send for review"))
    said(page, "Sent for review.")
    enter(page, "Medical reviewer")
    page.goto(change)
    skip_to_content(page)
    press(step(page, "Sign off"))
    press(page.get_by_label("I have read exactly this text"), "Space")
    press(button(page, "Sign off"))
    said(page, "Signed off.")

    # planned, published after all, withdrawn
    enter(page, "Publisher")
    page.goto(change)
    press(step(page, "Publish"))
    type_into(page.get_by_label("Public from"), "12312099")
    keyboard.press("Tab")  # from the year to the hour
    keyboard.type("1030AM")
    press(button(page, "Publish"))
    said(page, "Planned: readers see this text from 2099-12-31 10:30 UTC.")
    press(step(page, "Cancel what is planned"))
    press(button(page, "Cancel what is planned"))
    press(step(page, "Publish"))
    press(button(page, "Publish"))
    said(page, "Published.")
    press(step(page, "Withdraw"))
    press(page.get_by_label("The address says"), "Space")
    type_into(page.get_by_label("Reason"), "Hips says it better.")
    press(button(page, "Withdraw"))
    said(page, "Withdrawn.")


def test_no_field_of_the_form_keeps_the_keyboard(editor: Page) -> None:
    guide = make_guide("knees")
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")
    expect(editor.get_by_role("toolbar")).to_be_visible()

    skip_to_content(editor)
    walk_to(editor.locator(".editor-history__rows"))
    walk_to(editor.get_by_role("link", name="Skip to main content"))
