"""The checks beside the text: live, and each line number leads to its line."""

import pytest
from playwright.sync_api import Page, expect

from tests.articles.factories import make_draft
from tests.browser.barriers import violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("content_rules"),
]

LINK = "[click here](https://example.org)"
TEXT = "Words.\n\n" * 60 + LINK
SELECTED = "field => field.value.slice(field.selectionStart, field.selectionEnd)"


def test_a_line_number_selects_its_line_and_brings_it_into_view(editor: Page) -> None:
    guide = make_draft("a", TEXT)
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")
    field = editor.locator("#id_source")

    editor.get_by_role("button", name="Line 121").click()

    expect(field).to_be_focused()
    assert field.evaluate(SELECTED) == LINK
    assert field.evaluate("field => field.scrollTop") > 0
    heading = editor.get_by_role("heading", name="These keep the text")
    expect(heading).to_be_visible()
    # and is not heard a second time as a region
    expect(editor.get_by_role("region", name="These keep the text")).to_have_count(0)
    assert violations(editor) == []


def test_a_click_on_a_line_number_outlasts_a_preview(editor: Page) -> None:
    guide = make_draft("a", TEXT)
    with editor.expect_response("**/preview/"):
        editor.goto(f"/admin/articles/article/{guide.pk}/change/")
    field = editor.locator("#id_source")
    editor.get_by_role("button", name="Line 121").hover()

    editor.mouse.down()
    with editor.expect_response("**/preview/") as answer:
        field.dispatch_event("input")
    answer.value.finished()
    editor.mouse.up()

    expect(field).to_be_focused()


def test_findings_follow_what_is_typed_and_ticks_stay(editor: Page) -> None:
    guide = make_draft("a", f"Hypertension.\n\n{LINK}")
    editor.goto(f"/admin/articles/article/{guide.pk}/change/")
    checks = editor.locator("#findings")
    group = checks.locator("details", has_text="Plain words")
    expect(checks.get_by_role("button", name="Line 3")).to_be_visible()
    group.get_by_role("checkbox").check()

    editor.locator("#id_source").fill("Hypertension.\n\nNo link.")

    expect(checks.locator("details", has_text="Link text")).to_have_count(0)
    expect(group.get_by_role("checkbox")).to_be_checked()
    expect(checks.get_by_role("status")).to_contain_text("that block publishing")
