"""A second round: the reviewer sees what changed since the text was given back."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Revision
from articles.review_links import ask_by_link, find_invitation
from articles.reviewing import ask_for_changes, send_for_review
from tests.articles.by_link import ask_for_review, words_of
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_user,
    sign,
)

pytestmark = pytest.mark.django_db

CHANGED = "What changed since the text that was given back"
WISH = "Say how long, and cite it."


def give_back(link: str, words: str = WISH) -> None:
    """Have the holder of a link ask for changes."""
    ask_by_link(invitation=find_invitation(link.split("/")[2]), words=words)


def first_round(**reviewer: object) -> Article:
    """Return a guide whose first text was given back by a link."""
    guide = make_draft("knees", "It heals soon.")
    give_back(ask_for_review(guide.latest_revision(), **reviewer))
    return guide


def second(guide: Article) -> Revision:
    """Store what the editor made of it."""
    sources = [make_source(title="How knees heal")]
    return make_revision(guide, "It heals within weeks.", sources=sources)


def at_the_desk(client: Client, guide: Article, step: str = "sign") -> str:
    reviewer = make_user("Medical reviewer")
    make_contributor(user=reviewer, credential="MD")
    client.force_login(reviewer)
    address = reverse("admin:articles_article_step", args=[guide.pk, step])
    return words_of(client.get(address))


# By link ---------------------------------------------------------------------


def test_who_gave_a_text_back_by_link_sees_what_changed(client: Client) -> None:
    text = second(first_round())

    page = words_of(client.get(ask_for_review(text)))

    assert CHANGED in page
    assert f"What should change: “{WISH}”" in page
    assert "[removed: soon. ]" in page
    assert "[added: within weeks. ]" in page
    assert "[added: Source: How knees heal. A journal, 2020. ]" in page


def test_the_next_link_may_go_to_another_address_of_the_same_person(
    client: Client,
) -> None:
    rae = make_contributor("Rae Outside", credential="MD")
    text = second(first_round(reviewer=rae, email="old@example.org"))

    page = words_of(client.get(ask_for_review(text, reviewer=rae)))

    assert "[removed: soon. ]" in page


def test_another_reviewer_sees_nothing_of_what_was_given_back(client: Client) -> None:
    text = second(first_round())

    page = words_of(client.get(ask_for_review(text, email="bo@example.org", name="Bo")))

    assert "It heals within weeks." in page
    assert CHANGED not in page
    assert "soon" not in page
    assert WISH not in page


def test_what_was_given_back_at_the_desk_is_not_for_a_link(client: Client) -> None:
    guide = make_draft("knees", "It heals soon.")
    ask_for_changes(revision=guide.latest_revision(), words=WISH, by=None)

    page = words_of(client.get(ask_for_review(second(guide))))

    assert CHANGED not in page
    assert WISH not in page


def test_a_link_to_another_guide_shows_nothing_of_this_one(client: Client) -> None:
    first_round()
    other = make_draft("hips", "A hip.").latest_revision()

    assert CHANGED not in words_of(client.get(ask_for_review(other)))


def test_the_very_text_that_was_given_back_says_so(client: Client) -> None:
    text = first_round().latest_revision()

    page = words_of(client.get(ask_for_review(text)))

    assert f"“{WISH}” No word and no source differs." in page


# At the desk -----------------------------------------------------------------


@pytest.mark.parametrize("step", ["sign", "ask"])
def test_a_reviewer_at_the_desk_sees_what_changed(client: Client, step: str) -> None:
    guide = first_round()
    send_for_review(revision=second(guide), by=None)

    page = at_the_desk(client, guide, step)

    assert "What changed since revision 1, which was given back" in page
    assert f"What should change: “{WISH}”" in page
    assert "[removed: soon. ]" in page
    assert "[added: Source: How knees heal. A journal, 2020. ]" in page


def test_a_first_round_says_nothing_of_what_was_given_back(client: Client) -> None:
    guide = make_draft("knees")
    send_for_review(revision=guide.latest_revision(), by=None)

    assert "given back" not in at_the_desk(client, guide)


def test_what_was_given_back_after_a_sign_off_stands_beside_it(client: Client) -> None:
    guide = make_guide("knees", "It heals.")
    back = make_revision(guide, "It heals soon.")
    ask_for_changes(revision=back, words=WISH, by=None)
    send_for_review(revision=second(guide), by=None)

    page = at_the_desk(client, guide)

    assert "What changed since revision 2, which was given back" in page
    assert "What differs from revision 1, which was signed off" in page


def test_what_led_to_a_signed_text_is_settled(client: Client) -> None:
    guide = first_round()
    signed = second(guide)
    sign(signed)
    send_for_review(revision=make_revision(guide, "It heals in weeks."), by=None)

    page = at_the_desk(client, guide)

    assert "What differs from revision 2, which was signed off" in page
    assert "given back" not in page


def test_many_rounds_cost_what_one_does(
    client: Client, django_assert_num_queries
) -> None:
    guide = first_round()
    text = second(guide)
    with_one = ask_for_review(text)
    client.get(with_one)
    with django_assert_num_queries(17):
        client.get(with_one)
    give_back(with_one)
    for words in ("Third.", "Fourth."):
        text = make_revision(guide, words, sources=text.cited_sources())
        give_back(ask_for_review(text))
    with_many = ask_for_review(make_revision(guide, "Fifth."))
    client.get(with_many)

    with django_assert_num_queries(17):
        page = client.get(with_many)

    assert "[removed: Fourth. ]" in words_of(page)
