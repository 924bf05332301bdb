"""What a worried person does: read, follow a sentence, find a doctor."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.articles.factories import make_guide
from tests.browser.barriers import violations_in_both_schemes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


MAIN_PAGES = [
    "/",
    "/articles/",
    "/articles/when-to-get-a-second-opinion/",
    "/topics/second-opinions/",
    "/about/privacy/",
    "/people/ptolemy-ashgrove/",
    "/specializations/",
    "/specializations/cardiology/",
    "/specializations/urologic-oncology/",
    "/doctors/",
    "/doctors/cardiology/",
    "/doctors/cardiology/tx/houston/",
    "/hospitals/",
    "/hospitals/tx/",
    "/search/?q=heart",
    "/search/?q=chest+pain",
    "/nothing-here/",
]


def test_from_the_guide_to_a_doctor_and_back_without_a_barrier(page: Page) -> None:
    call_command("load_demo", doctors=400)
    page.goto("/")
    page.get_by_role("link", name="When to get a second opinion").first.click()
    expect(page.locator("h1")).to_contain_text("When to get a second opinion")
    guide = page.url

    page.locator(".prose a[href='/doctors/cardiology/']").first.click()
    expect(page.locator("h1")).to_contain_text("ardiolog")
    page.locator("main a[href^='/doctors/cardiology/tx/']").first.click()
    page.locator("main a[href='/doctors/cardiology/tx/houston/']").first.click()
    expect(page.locator("h1")).to_contain_text("Houston")
    page.locator("main a[href^='/doctor/99']").first.click()
    expect(page.locator("main")).to_contain_text("What we don’t know")
    expect(page.locator(".demo-notice")).to_be_visible()

    for _ in range(4):
        page.go_back()
    assert page.url == guide

    found = {}
    for address in MAIN_PAGES:
        page.goto(address)
        if faults := violations_in_both_schemes(page):
            found[address] = faults
    assert found == {}


def test_the_keyboard_alone_reaches_the_text(page: Page) -> None:
    make_guide("my-guide")
    page.goto("/articles/my-guide/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")
