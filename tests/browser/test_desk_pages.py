"""Every page of the desk under axe, in both colour schemes."""

import pytest
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
from tests.articles.factories import make_revision
from tests.browser.test_desk import enter
from tests.browser.test_reader import violations_in_both_schemes
from tests.desk import fill_the_desk, fill_the_directory, own_pages, pages_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
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
