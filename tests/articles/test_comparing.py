"""Any two texts of a guide, and the typed one, side by side in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.articles.desk_form import change, form
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_revision,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def address(article: Article, older: object, newer: object) -> str:
    place = reverse("admin:articles_article_compare", args=[article.pk])
    return f"{place}?older={older}&newer={newer}"


def typed(article: Article, stored: str = "newest") -> str:
    place = reverse("admin:articles_article_compare_typed", args=[article.pk])
    return f"{place}?with={stored}"


def test_the_words_that_differ_are_marked_for_eyes_and_ears(editor: Client) -> None:
    guide = make_draft("a", "It takes six weeks.")
    make_revision(guide, "It takes ten weeks.")

    page = editor.get(address(guide, 1, 2)).content.decode()

    assert '<del><span class="visually-hidden">removed: </span>six' in page
    assert '<ins><span class="visually-hidden">added: </span>ten' in page


@pytest.mark.parametrize("chosen", [(1, 2), (2, 1)])
def test_the_older_text_stands_on_the_left(
    editor: Client, chosen: tuple[int, int]
) -> None:
    guide = make_draft("a", "Old.")
    make_revision(guide, "New.")

    page = editor.get(address(guide, *chosen)).content.decode()

    assert page.index("Older: revision 1") < page.index("Newer: revision 2")
    assert page.index("<del>") < page.index("<ins>")


def test_each_side_says_who_stored_it_when_why_and_where_it_stands(
    editor: Client,
) -> None:
    guide = make_draft("a", "Old.")
    editor.post(change(guide), form(guide, source="New.", note="A typo."))

    page = editor.get(address(guide, 1, 2)).content.decode()

    assert "command line" in page
    assert "edda" in page
    assert "A typo." in page
    assert "Draft" in page


def test_title_description_author_and_sources_are_compared_too(editor: Client) -> None:
    guide = make_draft("a", "Same.", title="Old title")
    make_revision(
        guide,
        "Same.",
        title="New title",
        description="What it is about.",
        author=make_contributor("Ada Example"),
        sources=[make_source("a-source")],
    )

    page = editor.get(address(guide, 1, 2)).content.decode()

    for name in ("Title", "Description", "Author", "Sources"):
        assert f"<caption>{name}</caption>" in page
    assert "<caption>Text</caption>" not in page


def test_two_equal_texts_are_said_to_be_the_same(editor: Client) -> None:
    guide = make_draft("a", "Same.")
    make_revision(guide, "Same.")

    page = editor.get(address(guide, 1, 2)).content.decode()

    assert "The two are the same" in page


def test_both_are_shown_as_readers_see_them_and_run_no_script(editor: Client) -> None:
    guide = make_draft("a", "Some **strong** words.")
    make_revision(guide, "Some *soft* words.")

    page = editor.get(address(guide, 1, 2)).content.decode()

    assert page.count('sandbox="allow-same-origin" srcdoc=') == 2
    assert "&lt;strong&gt;strong" in page
    assert "&lt;em&gt;soft" in page


def test_a_draft_is_one_click_from_its_comparison_with_live(editor: Client) -> None:
    guide = make_guide("a", "Live words.")
    make_revision(guide, "Draft words.")

    desk = editor.get(change(guide)).content.decode()
    link = address(guide, 1, 2).replace("&", "&amp;")
    page = editor.get(address(guide, 1, 2)).content.decode()

    assert f'href="{link}">Compare it with live' in desk
    assert f'href="{link}">compare with live' in desk
    assert "Older: revision 1 (live)" in page


def test_an_older_text_than_the_live_one_stands_on_the_left_of_it(
    editor: Client,
) -> None:
    guide = make_draft("a", "First.")
    make_public(make_revision(guide, "Second."))

    page = editor.get(address(guide, 2, 1)).content.decode()

    assert "Newer: revision 2 (live)" in page
    assert "removed: </span>First." in page


def test_two_of_the_history_are_chosen_and_its_newest_two_are_before(
    editor: Client,
) -> None:
    guide = make_draft("a")
    make_revision(guide, "Second.")
    make_revision(guide, "Third.")

    desk = editor.get(change(guide)).content.decode()

    assert 'name="older" value="2" checked' in desk
    assert 'name="newer" value="3" checked' in desk


def test_a_history_of_one_offers_nothing_to_compare(editor: Client) -> None:
    desk = editor.get(change(make_draft("a"))).content.decode()

    assert "Compare the two chosen" not in desk


@pytest.mark.parametrize("junk", ["", "x", "-1", "٣", "9" * 5000])
def test_junk_leads_back_and_asks_for_two(editor: Client, junk: str) -> None:
    guide = make_draft("a")

    page = editor.get(address(guide, junk, 1), follow=True).content.decode()

    assert "Choose two revisions to compare." in page


def test_a_revision_that_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get(address(make_draft("a"), 1, 9)).status_code == 404


def test_whoever_may_not_read_texts_is_refused(client: Client) -> None:
    guide = make_draft("a")
    client.force_login(make_user())

    assert client.get(address(guide, 1, 1)).status_code == 403
    assert client.post(typed(guide), form(guide)).status_code == 403


def test_what_is_typed_is_compared_with_the_newest_text(editor: Client) -> None:
    guide = make_draft("a", "Stored words.")
    source = make_source("a-source")

    response = editor.post(
        typed(guide), form(guide, source="Typed words.", sources=[source.pk])
    )

    page = response.content.decode()
    assert "Newer: what you typed" in page
    assert "added: </span>Typed" in page
    assert "added: </span>a-source" in page
    assert guide.revisions.count() == 1


def test_what_is_typed_is_compared_with_live(editor: Client) -> None:
    guide = make_guide("a", "Live words.")
    make_revision(guide, "Draft words.")

    page = editor.post(typed(guide, "live"), form(guide, source="Typed words."))

    assert "removed: </span>Live" in page.content.decode()


def test_without_a_live_text_it_says_so(editor: Client) -> None:
    guide = make_draft("a")

    page = editor.post(typed(guide, "live"), form(guide), follow=True)

    assert "nothing to compare with yet" in page.content.decode()


def test_a_typed_text_above_the_cap_is_refused_in_words(editor: Client) -> None:
    guide = make_draft("a")

    page = editor.post(typed(guide), form(guide, source="word " * 20_001))

    assert page.status_code == 413
    assert "bytes" in page.content.decode()
