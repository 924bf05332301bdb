"""The front page, as a worried person first sees it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.addresses import rename_article
from config.views import LEAD_GUIDE, SOUGHT_SPECIALIZATIONS
from tests.articles.factories import make_draft, make_guide, make_topic
from tests.factories import make_specialization
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_an_empty_site_still_leads_on(client: Client) -> None:
    page = read(client, "/")

    assert page.count("<h1>") == 1
    assert 'href="/doctors/"' in page
    assert 'href="/articles/"' in page
    assert "demonstration" not in page


def test_the_second_opinion_guide_comes_first(client: Client) -> None:
    make_guide("another", title="Another guide")
    make_guide(LEAD_GUIDE, title="Ask for a second opinion")

    page = read(client, "/")

    assert f'<a href="/articles/{LEAD_GUIDE}/">Ask for a second opinion</a>' in page
    assert "Another guide" not in page


def test_the_lead_guide_stays_when_it_is_renamed(client: Client) -> None:
    guide = make_guide(LEAD_GUIDE, title="Ask for a second opinion")
    rename_article(article=guide, slug="second-opinions", by=None)

    page = read(client, "/")

    assert 'href="/articles/second-opinions/">Ask for a second opinion</a>' in page
    assert "1 minute to read" in page


def test_the_lead_guide_is_missing_until_it_is_public(client: Client) -> None:
    make_draft(LEAD_GUIDE, title="Ask for a second opinion")

    assert "Ask for a second opinion" not in read(client, "/")


def test_sought_specializations_lead_to_their_doctors(client: Client) -> None:
    first, second = SOUGHT_SPECIALIZATIONS[:2]
    for slug in (second, first, "chiropractic"):
        make_specialization(slug, f"Doctor of {slug}")

    page = read(client, "/")

    assert f'href="/doctors/{first}/">Doctor of {first}s</a>' in page
    assert page.index(f"/doctors/{first}/") < page.index(f"/doctors/{second}/")
    assert "chiropractic" not in page


def test_topics_with_a_public_guide_are_shown(client: Client) -> None:
    make_topic("Knees").articles.add(make_guide("a"))
    make_topic("Elbows").articles.add(make_draft("b"))

    page = read(client, "/")

    assert "Knees" in page
    assert "Elbows" not in page


def test_demonstration_content_is_named_as_such(client: Client) -> None:
    make_guide("a", is_demo=True)

    page = read(client, "/")

    assert "This page shows demonstration content." in page


def test_the_front_page_has_a_query_budget(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in SOUGHT_SPECIALIZATIONS:
        make_specialization(slug)
    for number in range(20):
        make_topic(f"Topic {number}").articles.add(make_guide(f"guide-{number}"))

    with django_assert_num_queries(5):
        read(client, "/")
