"""On a phone, from a guide to doctors apart from a hospital: it stays left out."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.articles.factories import make_guide
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

NAMES = ("Apart", "Elsewhere", "Far")
LEFT_OUT = re.compile(r"[?&]apart_from=450068(&|$)")


@pytest.fixture
def houston(transactional_db) -> None:
    """Make a hospital with one cardiologist; three work elsewhere."""
    cardiology, place = make_specialization(), make_place()
    kind = make_hospital("Kind Hospital", place, ccn="450068")
    make_doctor("Colleague", does=(cardiology,), at=(place,), hospitals=(kind,))
    for name in NAMES:
        other = make_hospital(f"{name} Hospital", place)
        make_doctor(name, does=(cardiology,), at=(place,), hospitals=(other,))
    make_guide("opinions", "See the [cardiologist directory](doctors:cardiology).")
    count_doctors()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, browser: Browser, live_server, houston) -> Page:
    """Return a page as wide as a phone, with JavaScript and without."""
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=request.param,
        viewport={"width": 390, "height": 844},
    )
    return context.new_page()


def compare(page: Page, name: str) -> None:
    """Add somebody to the comparison and open it, with a script or without."""
    page.get_by_role("link", name=f"Add to comparison Ada {name}").click()
    shortlist = page.get_by_role("region", name="Your comparison")
    if shortlist.count():
        shortlist.get_by_role("link", name="Compare").click()
    expect(page.locator("h1")).to_have_text("Compare doctors")


def test_a_hospital_stays_left_out_all_the_way(phone: Page) -> None:
    phone.goto("/articles/opinions/")
    phone.get_by_role("link", name="cardiologist directory").click()
    phone.locator("#narrow").get_by_role("link", name="Texas").click()
    phone.locator("#narrow").get_by_role("link", name="Houston").click()
    phone.get_by_text("Near a ZIP code, by name, and more").click()
    phone.get_by_role("link", name="your hospital").click()
    phone.get_by_label("Name of the hospital").fill("kind")
    phone.get_by_role("button", name="Find hospital").click()
    phone.get_by_role("link", name="Kind Hospital").click()
    phone.get_by_role("link", name="leave out this hospital").click()
    expect(phone.locator("h1")).to_have_text("Cardiologists in Houston, Texas")
    expect(phone).to_have_url(LEFT_OUT)

    for name in NAMES:
        expect(phone.locator(".doctors")).not_to_contain_text("Colleague")
        compare(phone, name)
        expect(phone).to_have_url(LEFT_OUT)
        said = phone.get_by_text("You leave out whoever works where Kind Hospital is.")
        expect(said).to_be_visible()
        way = "without whoever works where Kind Hospital is"
        if name != NAMES[-1]:
            phone.get_by_role("link", name=way).click()
    expect(phone.get_by_role("columnheader")).to_have_count(3)

    phone.get_by_role("link", name="Ada Far", exact=True).click()
    expect(phone.locator("h1")).to_have_text("Ada Far")
    expect(phone.get_by_text("Your lists leave out whoever works at")).to_be_visible()
    crumbs = phone.get_by_role("navigation", name="Breadcrumb")
    crumbs.get_by_role("link", name="Houston").click()
    expect(phone).to_have_url(LEFT_OUT)
    expect(phone.locator("#apart")).to_contain_text("Kind Hospital")
    expect(phone.locator(".doctors")).not_to_contain_text("Colleague")


def test_who_was_added_in_the_browser_is_not_lost_at_a_hospital(
    page: Page, houston
) -> None:
    """The address of the hospital knows of one, the browser of two."""
    page.goto("/doctors/cardiology/tx/houston/")
    compare(page, "Apart")
    page.get_by_role("link", name="Cardiologists in Houston, Texas", exact=True).click()
    page.get_by_role("link", name="Add to comparison Ada Far").click()
    page.get_by_text("Near a ZIP code, by name, and more").click()
    page.get_by_role("link", name="your hospital").click()
    page.get_by_label("Name of the hospital").fill("kind")
    page.get_by_role("button", name="Find hospital").click()
    page.get_by_role("link", name="Kind Hospital").click()

    expect(page.get_by_text("You compare 1 doctor")).to_be_hidden()
    shortlist = page.get_by_role("region", name="Your comparison")
    shortlist.get_by_role("link", name="Compare").click()

    expect(page.get_by_role("columnheader")).to_have_count(2)
