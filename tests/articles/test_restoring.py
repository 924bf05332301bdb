"""An older text becomes the newest again; nothing is overwritten."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.restoring import restore
from tests.articles.desk_form import change
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def address(article: Article, number: int) -> str:
    return reverse("admin:articles_article_restore", args=[article.pk, number])


def test_a_restored_text_is_a_new_revision_with_all_of_the_old_one(
    editor: Client,
) -> None:
    author, source = make_contributor(), make_source()
    guide = make_draft(
        "a",
        "First.",
        title="First title",
        description="About.",
        author=author,
        sources=[source],
    )
    make_revision(guide, "Second.")

    page = editor.post(address(guide, 1), follow=True).content.decode()

    newest = guide.latest_revision()
    assert "Revision 1 is restored: it is revision 3 now." in page
    assert (newest.number, newest.title, newest.source) == (3, "First title", "First.")
    assert (newest.description, newest.author) == ("About.", author)
    assert newest.cited_sources() == [source]
    assert newest.note == "Restored from revision 1"
    assert [each.source for each in guide.revisions.order_by("number")] == [
        "First.",
        "Second.",
        "First.",
    ]


def test_readers_see_what_they_saw_and_the_text_needs_its_own_sign_off(
    editor: Client,
) -> None:
    guide = make_guide("a", "Signed and public.")
    make_revision(guide, "A draft.")

    asked = editor.get(address(guide, 1)).content.decode()
    editor.post(address(guide, 1))

    assert "Readers keep what they see, revision 1" in asked
    assert "needs its own sign-off" in asked
    assert guide.current.revision.number == 1
    assert not guide.latest_revision().sign_offs.exists()


def test_asking_restores_nothing(editor: Client) -> None:
    guide = make_draft("a", "First.")
    make_revision(guide, "Second.")

    page = editor.get(address(guide, 1)).content.decode()

    assert "Readers see nothing of it until it is published." in page
    assert guide.revisions.count() == 2


def test_the_history_leads_to_every_text_however_many(
    editor: Client,
) -> None:
    guide = make_draft("a", "First.")
    for number in range(2, 31):
        make_revision(guide, f"Text {number}.")

    page = editor.get(change(guide)).content.decode()

    assert address(guide, 1) in page
    assert 'name="older" value="1"' in page


def test_the_history_offers_to_restore_older_texts_alone(editor: Client) -> None:
    guide = make_draft("a", "First.")
    make_revision(guide, "Second.")

    page = editor.get(change(guide)).content.decode()

    assert address(guide, 1) in page
    assert address(guide, 2) not in page


def test_what_the_newest_text_says_already_is_not_stored_again(
    editor: Client,
) -> None:
    guide = make_draft("a", "Same.")
    make_revision(guide, "Same.")

    page = editor.post(address(guide, 1), follow=True).content.decode()

    assert "there is nothing to restore" in page
    assert guide.revisions.count() == 2


@pytest.mark.parametrize("field", ["author", "sources"])
def test_another_author_or_source_is_worth_restoring(field: str) -> None:
    value = make_contributor() if field == "author" else [make_source()]
    guide = make_draft("a", "Same.", **{field: value})
    make_revision(guide, "Same.")

    made = restore(revision=guide.revisions.get(number=1), by=None)

    assert made.number == 3


def test_the_action_refuses_who_may_not_write(client: Client) -> None:
    guide = make_draft("a", "First.")
    make_revision(guide, "Second.")
    reviewer = make_user("Medical reviewer")
    client.force_login(reviewer)

    with pytest.raises(PermissionDenied):
        restore(revision=guide.revisions.get(number=1), by=reviewer)

    assert client.get(address(guide, 1)).status_code == 403
    assert address(guide, 1) not in client.get(change(guide)).content.decode()
    assert guide.revisions.count() == 2


def test_a_text_whose_writer_was_deleted_is_restored() -> None:
    writer = make_user("Editor")
    guide = make_draft("a", "First.")
    guide.revisions.update(created_by=writer)
    make_revision(guide, "Second.")
    writer.delete()

    made = restore(revision=guide.revisions.get(number=1), by=None)

    assert made.source == "First."


def test_a_revision_that_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get(address(make_draft("a"), 9)).status_code == 404


def test_the_newest_text_is_not_restored_by_the_action() -> None:
    guide = make_draft("a")

    with pytest.raises(ValidationError, match="nothing to restore"):
        restore(revision=guide.latest_revision(), by=None)
