"""Every page of the desk under axe, in both colour schemes; its lists on a phone."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import (
    Article,
    Contributor,
    ExternalLink,
    HelpfulAnswer,
    HousekeepingRun,
    MistakeReport,
    Source,
    Topic,
)
from directory.models import (
    Correction,
    ErrorReport,
    ImportRun,
    OrphanHospital,
    UnmappedSpecialty,
)
from tests.articles.factories import make_guide, make_revision
from tests.browser.barriers import violations_in_both_schemes
from tests.browser.editing import enter
from tests.desk import (
    fill_the_desk,
    fill_the_directory,
    our_models,
    own_pages,
    pages_of,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# The others are lists and forms without anything that these do not have.
WORKED_ON = [
    Article,
    Contributor,
    Correction,
    ErrorReport,
    ExternalLink,
    HelpfulAnswer,
    HousekeepingRun,
    ImportRun,
    MistakeReport,
    OrphanHospital,
    Source,
    Topic,
    UnmappedSpecialty,
]
SAME_EVERYWHERE = {"exclude": ["#nav-sidebar"]}
BEYOND_PAGE = "document.documentElement.scrollWidth - innerWidth"
# What of the page or of the list's own frame cannot be seen without moving it.
BEYOND = """() => [document.documentElement, document.querySelector(".results")]
  .reduce((sum, part) => sum + part.scrollWidth - part.clientWidth, 0)"""

SIZES = "all => all.map(({offsetWidth, offsetHeight}) => [offsetWidth, offsetHeight])"


def test_no_page_of_the_desk_has_a_barrier(page: Page) -> None:
    fill_the_directory()
    guide = fill_the_desk()
    page.goto("/admin/login/")
    found = {"login": violations_in_both_schemes(page)}
    enter(page)
    User.objects.update(is_superuser=True)
    page.goto("/admin/articles/article/")
    found["sidebar"] = violations_in_both_schemes(page, "#nav-sidebar")

    for address in own_pages(guide) + pages_of(WORKED_ON):
        page.goto(address)
        found[address] = violations_in_both_schemes(page, SAME_EVERYWHERE)
    page.goto(f"/admin/articles/article/{guide.pk}/change/")
    make_revision(guide, "Take it easier.")
    page.locator("#id_source").fill("Take it very easy.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".together")).to_be_visible()
    found["merge"] = violations_in_both_schemes(page, SAME_EVERYWHERE)

    faults = [f"{where}: {fault}" for where, each in found.items() for fault in each]
    assert "\n".join(faults) == ""


def test_no_list_of_the_desk_moves_sideways_on_a_phone(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin.site.get_model_admin(Topic), "list_per_page", 1)
    fill_the_directory()
    fill_the_desk()
    enter(page)
    User.objects.update(is_superuser=True)
    lists = [address for address in pages_of(our_models()) if is_list(address)]
    assert len(lists) > len(WORKED_ON)

    moving = {}
    for address in lists:
        page.goto(address)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if beyond := page.evaluate(BEYOND):
                moving[f"{address} {width}"] = beyond

    assert moving == {}


def test_a_guide_of_one_long_word_moves_no_page_of_the_desk_on_a_phone(
    page: Page,
) -> None:
    guide = make_guide("k" * 80, title="K" * 120)
    enter(page, "Editor-in-chief", "Publisher")
    page.set_viewport_size({"width": 390, "height": 800})

    for address in ("change/", "delete/", "step/withdraw/"):
        page.goto(f"/admin/articles/article/{guide.pk}/{address}")
        assert page.evaluate(BEYOND_PAGE) == 0, address


def test_a_row_on_a_phone_says_what_each_column_is(page: Page) -> None:
    fill_the_desk()
    enter(page)
    User.objects.update(is_superuser=True)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/admin/articles/article/")

    kind = page.get_by_role("row", name="hips").locator(".field-kind")

    named = "cell => getComputedStyle(cell, '::before').content"
    assert kind.evaluate(named) == '"Kind: "'
    # wide screens have the heads for that
    page.set_viewport_size({"width": 1280, "height": 800})
    assert kind.evaluate(named) == "none"


def test_boxes_on_a_phone_stand_beside_their_words(page: Page) -> None:
    guide = fill_the_desk()
    enter(page)
    User.objects.update(is_superuser=True)
    page.set_viewport_size({"width": 390, "height": 800})

    for address in ("change/", "step/withdraw/"):
        page.goto(f"/admin/articles/article/{guide.pk}/{address}")
        boxes = page.locator("#content :is([type=checkbox], [type=radio]):visible")
        sizes = boxes.evaluate_all(SIZES)  # at once: a list may hide some of its boxes
        assert {tuple(size) for size in sizes} == {(18, 18)}


def test_a_comparison_on_a_phone_has_no_empty_lines(page: Page) -> None:
    guide = fill_the_desk()
    enter(page)
    User.objects.update(is_superuser=True)
    address = f"/admin/articles/article/{guide.pk}/compare/?older=1&newer=3"
    page.goto(address)
    beside_nothing = page.locator(".compare__nothing")
    expect(beside_nothing.first).to_be_visible()

    page.set_viewport_size({"width": 390, "height": 800})

    expect(beside_nothing.first).to_be_hidden()
    expect(page.locator(".compare__line").first).to_be_visible()


def is_list(address: str) -> bool:
    return re.fullmatch(r"/admin/[a-z]+/[a-z]+/", address) is not None
