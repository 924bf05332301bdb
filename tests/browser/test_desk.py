"""From draft to readers at the desk, by keyboard alone and without a barrier."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from articles.reviewing import send_for_review
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_user,
)
from tests.browser.editing import sign_in
from tests.browser.test_reader import violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def enter(page: Page, *groups: str) -> None:
    """Sign in as a new user of these groups, who has a name."""
    user = make_user(*groups)
    make_contributor(f"Dr {user.username}", credential="MD", user=user)
    sign_in(page.context, user)


def press_on(page: Page, name: str) -> None:
    """Reach a link or button with Tab and press it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "document.activeElement.value || document.activeElement.textContent"
        )
        if (focused or "").strip() == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reached “{name}”")


def test_a_text_is_signed_off_and_published_by_keyboard(editor: Page) -> None:
    article = make_draft("a", "The words.", title="My guide")
    send_for_review(revision=article.latest_revision(), by=None)
    address = f"/admin/articles/article/{article.pk}/change/"
    editor.goto(address)

    enter(editor, "Medical reviewer")
    editor.goto(address)
    press_on(editor, "Sign off")
    editor.get_by_label("I have read exactly this text").focus()
    editor.keyboard.press("Space")
    press_on(editor, "Sign off")
    expect(editor.locator(".messagelist")).to_contain_text("Signed off.")
    enter(editor, "Publisher")
    editor.goto(address)
    press_on(editor, "Publish")
    press_on(editor, "Publish")
    expect(editor.locator(".messagelist")).to_contain_text("Published.")

    editor.goto("/articles/a/")
    expect(editor.locator(".byline")).to_contain_text("Dr user-")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_has_no_barrier(editor: Page, scheme: str) -> None:
    article = make_guide("a", "The knee heels.", title="My guide")
    revision = make_revision(article, "The knee heals.")
    send_for_review(revision=revision, by=None, words="A typo.", is_wording_only=True)
    editor.emulate_media(color_scheme=scheme)
    editor.goto("/admin/")
    enter(editor, "Medical reviewer", "Publisher")

    for place in ("change/", "step/confirm/", "step/sign/", "step/withdraw/"):
        editor.goto(f"/admin/articles/article/{article.pk}/{place}")
        assert violations(editor) == [], place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_has_no_barrier(editor: Page, scheme: str) -> None:
    for number in range(8):
        old = datetime.date(2025, 1, 1)
        guide = make_guide(f"g-{number}", "Words.", reviewed_on=old)
        guide.mistake_reports.create(words="The dose is wrong.")
    make_draft("a", "[x](article:not-there)")
    editor.emulate_media(color_scheme=scheme)
    enter(editor, "Editor", "Editor-in-chief", "Directory manager")

    editor.goto("/admin/")
    due = editor.locator("section", has_text="Medical review due")
    due.locator("summary").press("Enter")

    expect(due.get_by_role("link")).to_have_count(8)
    assert violations(editor) == []
    for width in (320, 1280):
        editor.set_viewport_size({"width": width, "height": 800})
        page = "document.documentElement"
        assert editor.evaluate(f"{page}.scrollWidth <= {page}.clientWidth"), width
