"""A clinician's path by link: read, comment, confirm by mail, sign off."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from articles.models import SignOff
from tests.articles.by_link import ask_for_review
from tests.articles.factories import make_guide, make_revision
from tests.browser.barriers import violations_in_both_schemes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_a_reviewer_comments_and_signs_without_a_barrier(
    page: Page, failing: list[str]
) -> None:
    failing.append("/review/")  # a used link answers 410
    text = make_revision(make_guide("knees", "The knee heels."), "The knee heals.")
    link = ask_for_review(text, is_wording_only=True, words="A typo.")

    page.goto(link)
    expect(page.locator(".difference")).to_contain_text("heals")
    assert violations_in_both_schemes(page) == []
    page.get_by_label("What you comment on").select_option("1. The knee heals.")
    page.get_by_label("Your comment").fill("Well seen.")
    page.get_by_role("button", name="Add the comment").press("Enter")
    expect(page.locator(".review__comments")).to_contain_text("Well seen.")
    page.emulate_media(media="print")
    expect(page.locator(".review__mark").first).to_be_hidden()
    expect(page.get_by_role("heading", name="When you have read")).to_be_hidden()
    expect(page.get_by_label("Your comment")).to_be_hidden()
    expect(page.locator(".review__comments")).to_be_visible()
    page.emulate_media(media="screen")
    page.locator("#review").get_by_role("link", name="Confirm the wording").press(
        "Enter"
    )
    assert violations_in_both_schemes(page) == []
    page.get_by_role("button", name="Send me a code").press("Enter")
    expect(page.get_by_text("A code was sent to rae@example.org")).to_be_visible()
    assert violations_in_both_schemes(page) == []
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE)[1]
    page.get_by_label("Conflicts of interest").fill("None.")
    page.get_by_label("I have compared the words").check()
    page.get_by_label("The code from your mail").fill(code)
    page.get_by_role("button", name="Confirm the wording").press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert violations_in_both_schemes(page) == []

    assert SignOff.objects.get(revision=text).scope.startswith("Wording")
    page.goto(link)
    expect(page.get_by_text("A link works once")).to_be_visible()
    assert page.context.cookies() == []


def test_a_reader_reports_a_mistake_without_a_barrier(
    page: Page, failing: list[str]
) -> None:
    failing.append("/mistake/")  # a report without words is refused with 422
    make_guide("knees", title="Knees")

    page.goto("/articles/knees/")
    page.emulate_media(media="print")
    expect(page.locator(".feedback")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="No", exact=True).press("Enter")
    assert violations_in_both_schemes(page) == []
    page.get_by_label("It was too long").check()
    page.get_by_role("button", name="Send the reason").press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.goto("/feedback/knees/mistake/")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_text("Say what is wrong")).to_be_visible()
    assert violations_in_both_schemes(page) == []
    page.get_by_label("What is wrong?").fill("The date.")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_text("An editor reads it")).to_be_visible()
    assert page.context.cookies() == []
