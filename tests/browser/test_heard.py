"""What a screen reader says: names, states and news, as the browser hands them over."""

import pytest
from playwright.sync_api import Page, expect

from tests.articles.factories import make_guide
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_specialization,
    make_zip_code,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

LIST = "/doctors/cardiology/tx/houston/"
TEXT = """
## Why

Words.

::: script Asking for records
Could you send my records?
:::

## How

::: script Asking for time
How long can I wait?
:::

## When

Words.
"""
COUNTS = {"all": 8, "reported": 7, "better": 2, "same": 4, "worse": 1}


@pytest.fixture
def guide(transactional_db) -> str:
    return make_guide("talk", TEXT, title="Talk to them").get_absolute_url()


@pytest.fixture
def doctors(transactional_db):
    cardiology, place = make_specialization(), make_place()
    hospital = make_hospital("Kind Hospital", place, measures={"mortality": COUNTS})
    found = [
        make_doctor(name, does=(cardiology,), at=(place,), hospitals=(hospital,))
        for name in ("One", "Two", "Three", "Four", "Five")
    ]
    count_doctors()
    return found


def comparison_of(doctors) -> str:
    return "/compare/?" + "&".join(f"doctor={one.npi}" for one in doctors)


def test_no_heading_is_heard_a_second_time_as_a_region(
    page: Page, guide, doctors
) -> None:
    hospital = doctors[0].affiliations.get().organization
    apart = f"{LIST}?apart_from={hospital.ccn}"
    addresses = [one.get_absolute_url() for one in (doctors[0], hospital)]

    for address in ("/", guide, apart, *addresses, comparison_of(doctors[:2])):
        page.goto(address)
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        expect(page.get_by_role("region")).to_have_count(0)


def test_the_contents_are_a_fold_where_they_fold_and_plain_links_where_not(
    page: Page, guide
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(guide)
    contents = page.get_by_role("navigation", name="On this page")
    expect(contents).to_match_aria_snapshot("""
      - navigation "On this page":
        - group: On this page
    """)

    page.set_viewport_size({"width": 1280, "height": 800})

    expect(contents).to_match_aria_snapshot("""
      - navigation "On this page":
        - group:
          - /children: equal
          - list:
            - listitem:
              - link "Why"
            - listitem:
              - link "How"
            - listitem:
              - link "When"
    """)
    expect(contents.get_by_text("On this page").last).to_be_visible()
    while not page.evaluate("document.activeElement.closest('.contents')"):
        page.keyboard.press("Tab")
    expect(contents.get_by_role("link", name="Why")).to_be_focused()


def test_each_button_that_copies_says_which_words(page: Page, guide) -> None:
    page.goto(guide)

    for title in ("Asking for records", "Asking for time"):
        name = f"Copy these words {title}"
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def test_what_happens_to_the_comparison_is_said_where_one_listens(
    page: Page, doctors
) -> None:
    page.goto(LIST)
    said = page.get_by_role("status")
    # there before there is something to say: news in a new place are not read out
    expect(said).to_have_count(1)
    expect(said).to_have_text("")

    page.get_by_role("link", name="Add to comparison Ada One").click()
    where = "Your comparison at the end of this page has"
    expect(said).to_have_text(f"Added: Ada One. {where} 1 doctor.")
    page.get_by_role("link", name="Add to comparison Ada Two").click()
    expect(said).to_have_text(f"Added: Ada Two. {where} 2 doctors.")
    page.get_by_role("link", name="Remove from comparison Ada One").click()
    expect(said).to_have_text(f"Removed: Ada One. {where} 1 doctor.")
    page.get_by_role("link", name="Remove from comparison Ada Two").click()
    expect(said).to_have_text("Removed: Ada Two. Your comparison is empty.")

    for name in ("One", "Two", "Three", "Four", "Five"):
        page.get_by_role("link", name=f"Add to comparison Ada {name}").click()
    full = "4 doctors can be compared. Remove one first."
    expect(said).to_have_text(full)
    expect(page.get_by_role("region", name="Your comparison")).to_contain_text(full)
    page.get_by_role("button", name="Empty it").click()
    expect(said).to_have_text("Your comparison is empty.")


def test_a_column_of_the_comparison_is_called_by_the_name_alone(
    page: Page, doctors
) -> None:
    page.goto(comparison_of(doctors[:2]))

    for name in ("Ada One", "Ada Two"):
        expect(page.get_by_role("columnheader", name=name, exact=True)).to_be_visible()
        expect(page.get_by_role("link", name=f"Remove {name}")).to_be_visible()


def test_a_chart_is_heard_as_its_sentences_without_its_key(page: Page, doctors) -> None:
    page.goto(doctors[0].affiliations.get().organization.get_absolute_url())

    expect(page.locator(".measures__key")).to_be_visible()
    heard = page.get_by_role("main").aria_snapshot()
    assert "2 better than the national value, 4 no different, 1 worse." in heard
    assert "no result" not in heard


def test_people_found_by_name_stand_below_the_heading_of_the_search(
    page: Page, doctors
) -> None:
    page.goto("/doctors/?name=one")

    expect(page.get_by_role("heading", name="Ada One", level=3)).to_be_visible()
    link = page.get_by_role("link", name="Find somebody independent of this doctor")
    expect(link).to_have_accessible_name(
        "Find somebody independent of this doctor Ada One"
    )


def test_each_link_to_a_map_says_of_which_address(page: Page, doctors) -> None:
    for street in ("1 Larkspur Lane", "2 Larkspur Lane"):
        where = make_location(line_1=street, latitude=29.7, longitude=-95.4)
        make_practice(doctors[0], where)
    page.goto(doctors[0].get_absolute_url())

    for street in ("1 Larkspur Lane", "2 Larkspur Lane"):
        name = f"Open the neighborhood in a map app at {street}"
        expect(page.get_by_role("link", name=name)).to_be_visible()


def test_the_order_of_a_list_is_a_link_that_says_so(page: Page, doctors) -> None:
    make_zip_code("77030")
    page.goto("/doctors/cardiology/?near=77030")

    expect(page.get_by_role("link", name="Sort by name", exact=True)).to_be_visible()
    assert "·" not in page.get_by_role("main").aria_snapshot()


def test_a_filter_with_a_fault_has_the_focus(page: Page, failing, doctors) -> None:
    failing.append(LIST)  # answered with 400
    page.goto(f"{LIST}?near=hou")

    near = page.get_by_role("textbox", name="ZIP code")
    expect(near).to_be_focused()
    expect(near).to_have_accessible_description(
        "A ZIP code has five digits, such as 60611."
    )


def test_a_report_that_comes_back_begins_with_its_fault(
    page: Page, failing, doctors
) -> None:
    address = f"/report/doctor/{doctors[0].npi}/"
    failing.append(address)  # answered with 400
    page.goto(address)

    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    kind = page.get_by_role("group", name="What is wrong?")
    expect(kind).to_have_accessible_description("Choose what is wrong.")

    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Send the report").click()
    words = page.get_by_role("textbox", name="What is right")
    expect(words).to_be_focused()
    expect(words).to_have_accessible_description(
        "Please write nothing about your health or who you are. "
        "Say in a few words what is wrong."
    )


def test_a_reason_that_is_missing_is_said_with_its_choices(
    page: Page, failing, guide
) -> None:
    failing.append("/why/")  # answered with 422
    page.goto(guide)
    page.get_by_role("button", name="No", exact=True).click()
    send = page.get_by_role("button", name="Send the reason")
    # as a browser does that knows nothing of required fields
    send.evaluate("button => { button.formNoValidate = true }")
    send.click()

    expect(page.get_by_role("group", name="Why?")).to_have_accessible_description(
        "Choose one, or leave this page: nothing is lost."
    )
    expect(page.get_by_role("radio").first).to_be_focused()
