"""Two people edit one guide: the second save shows both and overwrites nothing."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.together import article_values, began_from
from tests.articles.desk_form import change, form
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_revision,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


def opened(article: Article, **typed: object) -> dict[str, object]:
    """Return what a form that is opened now will send."""
    carried = began_from(article_values(article))
    return form(article) | {"base_article": carried} | typed


def source_in(response: object) -> str:
    return response.context["adminform"].form["source"].value()


def test_the_second_save_shows_both_texts_and_stores_nothing(editor: Client) -> None:
    guide = make_draft("a", "One.\nTwo.\nThree.")
    mine = opened(guide, source="One.\nTwo.\nMine.")
    make_revision(guide, "Theirs.\nTwo.\nThree.", note="A better start")

    response = editor.post(change(guide), mine)

    page = response.content.decode()
    assert "Two texts to bring together" in page
    assert "The command line" in page
    assert "A better start" in page
    assert "the form below holds both changes" in page
    assert source_in(response) == "Theirs.\nTwo.\nMine.\n"
    assert "<pre" in page
    assert guide.latest_revision().source == "Theirs.\nTwo.\nThree."


def test_the_merged_text_is_stored_as_the_next_revision(editor: Client) -> None:
    guide = make_draft("a", "One.\nTwo.\nThree.")
    mine = opened(guide, source="One.\nTwo.\nMine.")
    make_revision(guide, "Theirs.\nTwo.\nThree.")
    merged = editor.post(change(guide), mine).context["adminform"].form

    again = {name: merged[name].value() for name in ("source", "base_number")}
    editor.post(change(guide), mine | again)

    newest = guide.latest_revision()
    assert newest.number == 3
    assert newest.source == "Theirs.\nTwo.\nMine."


def test_a_place_that_both_changed_stands_twice_and_has_to_be_decided(
    editor: Client,
) -> None:
    guide = make_draft("a", "It takes six weeks.")
    mine = opened(guide, source="It takes ten weeks.")
    make_revision(guide, "It takes two weeks.")

    response = editor.post(change(guide), mine)
    text = source_in(response)
    undecided = editor.post(change(guide), opened(guide, source=text))

    assert "1 place that both of you changed" in response.content.decode()
    assert "It takes two weeks." in text
    assert "It takes ten weeks." in text
    assert "Line 1: this place is not decided yet." in undecided.content.decode()
    assert guide.revisions.count() == 2


def test_ones_own_second_tab_is_named_so(editor: Client) -> None:
    guide = make_draft("a", "One.\nTwo.\nThree.")
    mine = opened(guide, source="One.\nTwo.\nMine.")
    editor.post(change(guide), opened(guide, source="Other tab.\nTwo.\nThree."))

    page = editor.post(change(guide), mine).content.decode()

    assert "You, in another window," in page


def test_a_save_that_arrives_twice_is_one_save(editor: Client) -> None:
    guide = make_draft("a", "One.\nTwo.\nThree.")
    mine = opened(guide, source="One.\nTwo.\nMine.")
    editor.post(change(guide), mine)

    response = editor.post(change(guide), mine)

    assert response.status_code == 302
    assert guide.revisions.count() == 2


def test_a_field_that_only_the_other_changed_is_taken_over(editor: Client) -> None:
    author, source = make_contributor("Ada Example"), make_source("a-source")
    make_contributor("Bea Example")
    guide = make_draft("a", "Same.")
    mine = opened(guide, description="My description.")
    make_revision(guide, "Same.", title="Their title", author=author, sources=[source])

    response = editor.post(change(guide), mine)

    merged = response.context["adminform"].form
    assert merged["title"].value() == "Their title"
    assert merged["description"].value() == "My description."
    assert merged["author"].value() == str(author.pk)
    assert merged["sources"].value() == [str(source.pk)]
    page = response.content.decode()
    assert "What else was changed" in page
    assert "</span>Ada Example</td>" in page
    assert '<th scope="row">Title</th>' in page
    assert '<th scope="row">Description</th>' not in page  # nobody else changed it


def test_a_field_that_both_changed_keeps_yours_and_shows_theirs(editor: Client) -> None:
    guide = make_draft("a", title="Old title")
    mine = opened(guide, title="My title")
    make_revision(guide, title="Their title")

    response = editor.post(change(guide), mine)

    assert response.context["adminform"].form["title"].value() == "My title"
    page = response.content.decode()
    assert "Title: you both changed it" in page
    assert "</span>Their title</td>" in page


def test_what_another_changed_of_the_article_survives_a_save(editor: Client) -> None:
    guide = make_draft("a")
    topic = make_topic("Hearts")
    mine = opened(guide, source="My words.")
    guide.topics.add(topic)
    Article.objects.filter(pk=guide.pk).update(review_months=24, slug="b")

    response = editor.post(change(guide), mine, follow=True)

    guide.refresh_from_db()
    assert "Saved." in response.content.decode()
    assert guide.latest_revision().source == "My words."
    assert (guide.slug, guide.review_months) == ("b", 24)
    assert list(guide.topics.all()) == [topic]


def test_topics_that_both_added_are_joined_and_removed_ones_stay_away(
    editor: Client,
) -> None:
    kept, theirs, yours = make_topic("Kept"), make_topic("Theirs"), make_topic("Yours")
    gone, removed = make_topic("By them"), make_topic("By you")
    guide = make_draft("a")
    guide.topics.set([kept, gone, removed])
    mine = opened(guide, topics=[kept.pk, gone.pk, yours.pk])
    guide.topics.set([kept, removed, theirs])

    editor.post(change(guide), mine)

    assert set(guide.topics.all()) == {kept, theirs, yours}


def test_a_number_of_months_that_both_changed_alike_is_no_question(
    editor: Client,
) -> None:
    guide = make_draft("a")
    mine = opened(guide, source="Mine.", review_months=24)
    Article.objects.update(review_months=24)

    editor.post(change(guide), mine)

    assert guide.latest_revision().source == "Mine."


def test_a_number_of_months_that_both_changed_is_looked_at(editor: Client) -> None:
    guide = make_draft("a")
    mine = opened(guide, review_months=6)
    Article.objects.filter(pk=guide.pk).update(review_months=24)

    page = editor.post(change(guide), mine).content.decode()

    guide.refresh_from_db()
    assert "Somebody changed this guide while you were writing." in page
    assert "Review every (months): you both changed it" in page
    assert guide.review_months == 24


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "77"])
def test_a_form_that_knows_no_beginning_shows_both_texts_whole(
    editor: Client, number: str
) -> None:
    theirs, yours = make_source("theirs-2020"), make_source("yours-2020")
    guide = make_draft("a", "Stored.", sources=[theirs])
    mine = opened(guide, source="Sent.", sources=[yours.pk], base_number=number)

    response = editor.post(change(guide), mine)

    assert "Stored." in source_in(response)
    assert "Sent." in source_in(response)
    joined = response.context["adminform"].form["sources"].value()
    assert set(joined) == {str(theirs.pk), str(yours.pk)}
    assert guide.revisions.count() == 1


@pytest.mark.parametrize("junk", ["", "{", "[]", json.dumps({"slug": ["z"]})])
def test_a_beginning_that_cannot_be_read_does_no_harm(
    editor: Client, junk: str
) -> None:
    guide = make_draft("a")

    response = editor.post(
        change(guide), opened(guide, source="New.", base_article=junk, topics=["x"])
    )

    assert response.status_code in {200, 302}
    assert Article.objects.get().slug == "a"


def test_of_two_saves_at_once_the_second_waits(editor: Client) -> None:
    guide = make_draft("a")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        editor.post(change(guide), opened(guide, source="New."))

    statements = [query["sql"] for query in queries]
    lock = next(at for at, sql in enumerate(statements) if "FOR UPDATE" in sql)
    reads = [at for at, sql in enumerate(statements) if '"number" = 1' in sql]
    assert reads
    assert lock < min(reads)
