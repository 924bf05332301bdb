"""The whole life of a guide, as its people and its readers live it."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from articles.models import Article
from articles.reminders import remind
from tests.articles.factories import make_guide, make_public, make_revision, make_user
from tests.browser.editing import enter, said

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

FIRST = "Rest the knee.\n\nSee [hips](article:hips)."
BAD_LINK = FIRST.replace("hips)", "nowhere)")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let time pass for the whole site."""
    real, passed = timezone.now, [datetime.timedelta()]
    monkeypatch.setattr(timezone, "now", lambda: real() + passed[0])

    def let_pass(**time: float) -> None:
        passed[0] += datetime.timedelta(**time)

    return let_pass


@pytest.fixture
def failing() -> list[str]:
    """What is not public yet, what is refused, and a link that was used."""
    return ["/articles/knees/", "/add/", "/review/", "/change/"]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def step(page: Page, name: str) -> None:
    page.locator(".editor-standing").get_by_role("link", name=name, exact=True).click()


def test_the_whole_life_of_a_guide(
    editor: Page, browser: Browser, live_server, later
) -> None:
    hips = make_guide("hips", "About hips.", title="Hips")
    outside = browser.new_context(base_url=live_server.url).new_page()

    # written and checked
    editor.goto("/admin/articles/article/add/")
    editor.get_by_label("Title").fill("Knees")
    editor.get_by_label("Slug").fill("knees")
    editor.locator("#id_source").fill(BAD_LINK)
    press(editor, "Save draft")
    expect(editor.locator("#findings")).to_contain_text("leads nowhere")
    guide = Article.objects.get(slug="knees")
    change = f"/admin/articles/article/{guide.pk}/change/"
    editor.locator("#id_source").fill(FIRST)
    press(editor, "Save draft")
    expect(editor.locator("#findings")).not_to_contain_text("leads nowhere")

    # sent by link, commented, signed off
    enter(editor, "Editor-in-chief", "Publisher")
    editor.goto(change)
    step(editor, "Send for review by link")
    editor.get_by_label("E-mail").fill("rae@example.org")
    editor.get_by_label("Name:", exact=True).fill("Rae Outside")
    editor.get_by_label("Credential").fill("MD")
    press(editor, "Send for review by link")
    said(editor, "The link was mailed to rae@example.org.")
    outside.goto(re.search(r"http://\S+(/review/\S+)", mail.outbox[-1].body)[1])
    outside.get_by_label("What you comment on").select_option("1. Rest the knee.")
    outside.get_by_label("Your comment").fill("And cool it.")
    press(outside, "Add the comment")
    outside.locator("#review").get_by_role("link", name="Sign off").click()
    press(outside, "Send me a code")
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE)[1]
    outside.get_by_label("Conflicts of interest").fill("None.")
    outside.get_by_label("I have read exactly this text").check()
    outside.get_by_label("The code from your mail").fill(code)
    press(outside, "Sign off")
    expect(outside.get_by_role("heading", name="Thank you")).to_be_visible()

    # scheduled, and public at its minute
    editor.goto(change)
    by_link = editor.locator("section", has_text="Reviews by link")
    expect(by_link).to_contain_text("And cool it.")
    step(editor, "Publish")
    at = timezone.now() + datetime.timedelta(hours=2)
    editor.get_by_label("Public from").fill(f"{at:%Y-%m-%dT%H:%M}")
    press(editor, "Publish")
    said(editor, "Planned: readers see this text from")
    assert outside.goto("/articles/knees/").status == 404
    later(hours=2)
    assert outside.goto("/articles/knees/").status == 200
    expect(outside.locator(".byline")).to_contain_text("Rae Outside")
    make_public(make_revision(hips, "See [knees](article:knees).", title="Hips"))
    outside.goto("/articles/hips/")
    expect(outside.locator(".prose a")).to_have_attribute("href", "/articles/knees/")

    # edited by two at once
    second = browser.new_context(base_url=live_server.url).new_page()
    second.goto("/admin/login/")
    enter(second, "Editor")
    for page in (editor, second):
        page.goto(change)
    editor.locator("#id_source").fill(FIRST.replace("Rest", "Cool"))
    press(editor, "Save draft")
    said(editor, "Saved.")
    second.locator("#id_source").fill(FIRST.replace("See", "Read"))
    press(second, "Save draft")
    expect(second.locator(".together")).to_be_visible()
    both = "Cool the knee.\n\nRead [hips](article:hips)."
    assert second.locator("#id_source").input_value().strip() == both
    press(second, "Save and send for review")
    press(second, "Send for review")
    said(second, "Sent for review.")

    # a new review is due, and the editor-in-chief is told
    later(days=400)
    outside.goto("/articles/knees/")
    expect(outside.locator("main")).to_contain_text("due for a new medical review")
    make_user("Editor-in-chief", username="ina", email="ina@example.org")
    remind(timezone.localdate())  # as housekeeping does each day
    assert [m.to for m in mail.outbox if "Knees" in m.body][-1] == ["ina@example.org"]

    # reviewed again
    enter(editor, "Medical reviewer", "Publisher")
    editor.goto(change)
    step(editor, "Sign off")
    editor.get_by_label("I have read exactly this text").check()
    press(editor, "Sign off")
    step(editor, "Publish")
    editor.get_by_label("What changed").fill("Cooling is named.")
    press(editor, "Publish")
    said(editor, "Published.")
    outside.goto("/articles/knees/")
    expect(outside.locator("main")).not_to_contain_text("due for a new medical review")
    expect(outside.locator("main")).to_contain_text("Cooling is named.")

    # withdrawn with a reason, its successor linked
    step(editor, "Withdraw")
    editor.get_by_label("Reason").fill("Hips says it better.")
    editor.get_by_label("The address leads to another guide").check()
    editor.get_by_label("Successor:", exact=True).select_option("Hips")
    press(editor, "Withdraw")
    said(editor, "Withdrawn.")
    outside.goto("/articles/knees/")
    expect(outside.locator("h1")).to_have_text("Hips")
    outside.context.close()
    second.context.close()
