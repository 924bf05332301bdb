"""What the link picker finds among guides and pages, and for whom."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.link_search import SITE_PAGE_NAMES, Found, search
from articles.models import Article
from articles.models.crosslink import SITE_PAGES
from tests.articles.factories import make_draft, make_guide, make_revision, make_user

pytestmark = pytest.mark.django_db


def keys(query: str) -> list[str]:
    return [f"{found.kind}:{found.key}" for found in search(query)]


def test_guides_are_found_public_or_not_and_told_apart() -> None:
    make_guide("knee-public", title="A new knee")
    make_draft("knee-draft", title="After the knee")
    make_draft("about-us", title="Knees and us", kind=Article.Kind.PAGE)

    assert search("KNEE") == [
        Found("page", "about-us", "Knees and us", "Page, not public yet"),
        Found("article", "knee-draft", "After the knee", "Guide, not public yet"),
        Found("article", "knee-public", "A new knee", "Guide"),
    ]


def test_a_guide_is_found_by_its_newest_title_too() -> None:
    make_revision(make_guide("a", title="Old name"), title="Another name")

    assert [found.text for found in search("another")] == ["Old name"]


def test_a_link_as_it_is_written_is_found_by_its_key() -> None:
    make_guide("knee-recovery", title="After surgery")

    assert keys("article:knee-recovery") == ["article:knee-recovery"]
    assert keys("page:hospitals") == ["page:hospitals"]


def test_every_word_must_fit_somewhere() -> None:
    make_guide("knee-recovery", title="After surgery")

    assert keys("surgery knee") == ["article:knee-recovery"]
    assert keys("surgery hip") == []


def test_pages_of_the_site_are_found() -> None:
    assert keys("all hospitals") == ["page:hospitals"]
    assert SITE_PAGE_NAMES.keys() == SITE_PAGES.keys()


@pytest.mark.parametrize(
    "junk",
    [
        "",
        " ",
        "\0",
        "%",
        "_",
        "\\",
        "'",
        "x" * 5000,
        "🦴",
        "(((",
        "٣٤٥",
    ],
    ids=repr,
)
def test_junk_finds_nothing(junk: str) -> None:
    make_guide("a", title="Every guide")

    assert search(junk) == []


def test_marks_of_a_pattern_only_separate_words() -> None:
    make_guide("a", title="Every guide")

    assert keys("every_guide%") == ["article:a"]
    assert keys("ever_%uide") == ["article:a"]
    assert keys("_") == []


def test_the_answer_is_json_for_those_who_may_write(client: Client) -> None:
    make_guide("knee", title="A new knee")
    address = reverse("admin:articles_article_links")
    client.force_login(make_user("Editor"))

    response = client.get(address, {"q": "knee"})

    found = {"kind": "article", "key": "knee", "text": "A new knee", "detail": "Guide"}
    assert response.json() == {"results": [found]}
    assert "no-store" in response["Cache-Control"]
    assert client.get(address).json() == {"results": []}
    assert client.post(address).status_code == 405


def test_the_search_is_closed_to_those_who_may_not_write(client: Client) -> None:
    address = reverse("admin:articles_article_links")

    assert client.get(address, {"q": "knee"}).status_code == 302
    client.force_login(make_user())
    assert client.get(address, {"q": "knee"}).status_code == 403
