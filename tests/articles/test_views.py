"""Public pages of texts, as a reader sees them."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from articles.markdown.outline import TAKEN_IDS
from articles.models import Article, SignOff
from articles.publishing import publish
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_topic,
    sign,
    take_back,
)
from tests.reading import read

pytestmark = pytest.mark.django_db


def test_a_guide_shows_its_text_people_dates_and_sources(client: Client) -> None:
    author = make_contributor("Ada Author")
    reviewer = make_contributor("Rob Reviewer", credential="MD")
    make_guide(
        "a",
        "Words for *you*.",
        title="A guide",
        author=author,
        reviewer=reviewer,
        reviewed_on=DAY,
        sources=[make_source("study-2020", title="The study")],
    )

    page = read(client, "/articles/a/")

    assert "<h1>A guide</h1>" in page
    assert "Words for <em>you</em>." in page
    assert f'<a href="/people/{author.slug}/">Ada Author</a>' in page
    assert f'<a href="/people/{reviewer.slug}/">Rob Reviewer, MD</a>' in page
    assert '<time datetime="2026-11-02">November 2, 2026</time>' in page
    assert '<a href="https://example.org/study">The study</a>' in page


@pytest.mark.parametrize(
    ("scope", "told"),
    [("Doses & dates alone", 2), (SignOff.WHOLE_TEXT, 0)],
    ids=["a part", "the whole text"],
)
def test_a_review_of_less_than_the_whole_text_says_so(
    client: Client, scope: str, told: int
) -> None:
    revision = make_draft("a").latest_revision()
    sign(revision, scope=scope)
    publish(revision=revision, by=None)

    page = read(client, "/articles/a/")

    assert page.count(escape(scope)) == told
    assert page.count("What was reviewed: ") == bool(told)


@pytest.mark.parametrize("authors", ["Doe J, et al", "Doe J, et al."])
def test_authors_of_a_source_end_in_one_full_stop(client: Client, authors) -> None:
    named, unnamed = make_source(authors=authors), make_source("other-2021")
    make_guide("a", sources=[named, unnamed])

    page = read(client, "/articles/a/")

    assert page.count("Doe J, et al.") == 1
    assert ".." not in page


def test_readers_do_not_see_a_newer_draft(client: Client) -> None:
    guide = make_guide("a", "Public words.")
    make_revision(guide, "Draft words.")

    page = read(client, "/articles/a/")

    assert "Public words." in page
    assert "Draft words." not in page


def test_a_demonstration_is_marked_and_a_real_guide_is_not(client: Client) -> None:
    make_guide("a", is_demo=True)
    make_guide("b")

    marked, plain = read(client, "/articles/a/"), read(client, "/articles/b/")

    assert "This page shows demonstration content." in marked
    assert "demonstration" not in plain


def test_a_link_follows_its_target_at_once(client: Client) -> None:
    target = make_guide("target")
    make_guide("a", "See [the target](article:target).")

    before = read(client, "/articles/a/")
    take_back(target)
    after = read(client, "/articles/a/")

    assert '<a href="/articles/target/">the target</a>' in before
    assert "See the target." in after


@pytest.mark.parametrize(
    "address",
    ["/articles/hidden/", "/about/hidden/", "/topics/empty/", "/people/nobody/"],
)
def test_what_is_not_public_is_not_found(client: Client, address: str) -> None:
    make_topic(slug="empty")
    person = make_contributor(slug="nobody")
    make_draft("hidden", author=person)

    response = client.get(address)

    assert response.status_code == 404


def test_a_guide_is_no_trust_page_and_a_trust_page_no_guide(client: Client) -> None:
    make_guide("guide")
    make_guide("privacy", kind=Article.Kind.PAGE)

    assert client.get("/about/guide/").status_code == 404
    assert client.get("/articles/privacy/").status_code == 404
    assert client.get("/about/privacy/").status_code == 200


def test_whoever_shortens_a_trust_pages_address_lands_on_the_one_about_us(
    client: Client,
) -> None:
    make_draft("about", kind=Article.Kind.PAGE)
    assert client.get("/about/").status_code == 404
    make_guide("who-we-are", kind=Article.Kind.PAGE).former_slugs.create(slug="about")

    response = client.get("/about/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/about/who-we-are/"


def test_the_footer_leads_to_the_trust_pages_that_are_public(client: Client) -> None:
    make_guide("privacy", title="Privacy", kind=Article.Kind.PAGE)
    make_draft("contact", title="Contact", kind=Article.Kind.PAGE)

    page = read(client, "/about/privacy/")

    assert '<a href="/about/privacy/">Privacy</a>' in page
    assert "Contact" not in page


def test_the_index_lists_public_guides_by_topic_and_letter(client: Client) -> None:
    topic = make_topic("Hearts", slug="hearts")
    make_guide("b", title="Beta").topics.add(topic)
    make_guide("a", title="Alpha")
    make_draft("c", title="Gamma")

    page = read(client, "/articles/")

    assert page.index("Alpha") < page.index("Beta")
    assert 'href="/topics/hearts/">Hearts</a>' in page
    assert "Gamma" not in page


def test_the_empty_index_leads_on(client: Client) -> None:
    page = read(client, "/articles/")

    assert "No guide is published yet." in page
    assert 'href="/specializations/"' in page


def test_a_topic_lists_its_public_guides(client: Client) -> None:
    topic = make_topic("Hearts", slug="hearts")
    for article in (make_guide("a", title="Alpha"), make_draft("b", title="Beta")):
        article.topics.add(topic)

    page = read(client, "/topics/hearts/")

    assert "Alpha" in page
    assert "Beta" not in page


def test_a_person_page_lists_what_was_written_and_reviewed(client: Client) -> None:
    person = make_contributor("Ada Author", slug="ada", credential="MD")
    make_guide("a", title="Written", author=person)
    make_guide("b", title="Checked", reviewer=person, reviewed_on=DAY)
    make_draft("c", title="Hidden", author=person)

    page = read(client, "/people/ada/")

    assert "<h1>Ada Author, MD</h1>" in page
    assert "Written" in page
    assert "Checked" in page
    assert "Hidden" not in page


def test_related_guides_share_a_topic_and_are_not_linked_yet(client: Client) -> None:
    topic = make_topic()
    slugs = ("linked", "unlinked", "a")
    make_guide("linked", title="Linked guide")
    make_guide("unlinked", title="Unlinked guide")
    make_guide("a", "To [one](article:linked).")
    topic.articles.set(Article.objects.filter(slug__in=slugs))

    page = read(client, "/articles/a/")

    assert "Unlinked guide" in page
    assert "Linked guide</a>" not in page


def test_a_guide_names_the_guides_that_speak_of_it_once(client: Client) -> None:
    topic = make_topic()
    make_guide("a", "To [myself](article:a).", title="This guide")
    speaking = make_guide("b", "To [it](article:a).", title="Speaking guide")
    topic.articles.set(Article.objects.all())
    make_draft("c", "To [it](article:a).", title="Draft guide")
    make_guide("d", "To [it](article:a).", title="Trust page", kind="page")

    page = read(client, "/articles/a/")
    take_back(speaking)
    later = read(client, "/articles/a/")

    assert page.count(">Speaking guide</a>") == 1
    assert page.index("Guides about this") < page.index(">Speaking guide</a>")
    assert "Draft guide" not in page
    assert ">Trust page</a></p>" not in page
    assert "Guides about this" not in later


@pytest.mark.parametrize("links", [1, 9])
def test_a_guide_takes_at_most_six_queries(
    client: Client, django_assert_max_num_queries, links: int
) -> None:
    for number in range(links):
        make_guide(f"target-{number}")
    source = "\n\n".join(f"[to {n}](article:target-{n})" for n in range(links))
    author = make_contributor()
    make_guide("a", source, author=author, sources=[make_source()])
    make_guide("privacy", kind=Article.Kind.PAGE)
    for number in range(links):
        make_guide(f"about-{number}", "To [it](article:a).")

    with django_assert_max_num_queries(6) as queries:
        read(client, "/articles/a/")

    assert len(queries) == 6


def test_guides_stand_in_the_order_of_letters_large_or_small(client: Client) -> None:
    for slug, title in (("z", "Zoster"), ("g", "eGFR"), ("e", "Ear infections")):
        make_guide(slug, title=title)

    page = client.get("/articles/").content.decode()

    assert page.index("Ear infections") < page.index("eGFR") < page.index("Zoster")
    assert page.count('class="letter__name">E<') == 1


def test_accents_and_quotation_marks_do_not_move_a_title(client: Client) -> None:
    topic = make_topic()
    titles = ("5 questions", "Ear infections", "Élan in old age", "“Every day” pills")
    for number, title in enumerate((*titles, "Zoster")):
        topic.articles.add(make_guide(f"guide-{number}", title=title))

    index = client.get("/articles/").content.decode()
    listed = client.get(topic.get_absolute_url()).content.decode()

    for page in (index, listed):
        places = [page.index(title) for title in (*titles, "Zoster")]
        assert places == sorted(places)
    letters = re.findall(r'<h3 class="letter__name">(.*)</h3>', index)
    assert letters == ["0–9", "E", "Z"]


def test_no_heading_takes_an_id_of_the_page() -> None:
    """Every id that the page around a text has is kept from its headings."""
    parts = ("article", "_reading", "_changes", "_feedback")
    names = ["base", *(f"articles/{part}" for part in parts)]
    templates = settings.BASE_DIR / "templates"
    texts = [(templates / f"{name}.html").read_text() for name in names]

    assert set(re.findall(r' id="([a-z-]+)"', " ".join(texts))) == TAKEN_IDS
