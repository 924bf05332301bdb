"""The dashboard, with what waits for whom, and who is signed in."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.articles.factories import (
    make_draft,
    make_guide,
)
from tests.browser.barriers import violations_in_both_schemes
from tests.browser.editing import enter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_the_first_page_has_no_barrier(editor: Page) -> None:
    for number in range(8):
        old = datetime.date(2025, 1, 1)
        guide = make_guide(f"g-{number}", "Words.", reviewed_on=old)
        guide.mistake_reports.create(words="The dose is wrong.")
    make_draft("a", "[x](article:not-there)")
    enter(editor, "Editor", "Editor-in-chief", "Directory manager")

    editor.goto("/admin/")
    due = editor.locator("section", has_text="Medical review due")
    due.locator("summary").press("Enter")

    expect(due.get_by_role("link")).to_have_count(8)
    assert violations_in_both_schemes(editor) == []
    for width in (320, 1280):
        editor.set_viewport_size({"width": width, "height": 800})
        page = "document.documentElement"
        assert editor.evaluate(f"{page}.scrollWidth <= {page}.clientWidth"), width
