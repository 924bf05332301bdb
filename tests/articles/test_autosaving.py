"""What is typed and not stored yet is kept, one draft for each editor and guide."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.autosaving import keep
from articles.models import Article, Autosave
from tests.articles.desk_form import ADD, change, form
from tests.articles.factories import (
    make_draft,
    make_revision,
    make_source,
    make_topic,
    make_user,
)
from tests.articles.test_together import opened

pytestmark = pytest.mark.django_db

KEEP = reverse("admin:articles_article_autosave")
DISCARD = reverse("admin:articles_article_autosave_discard")
ONE, OTHER = "1" * 16, "2" * 16


def typed(article: Article | None, source: str = "Typed.", **more: object) -> dict:
    """Return what a form's script sends."""
    sent = opened(article) if article else form()
    number = article.pk if article else ""
    values = {"source": source, "article": number, "window": ONE, "turn": 1}
    return sent | values | more


def used(editor: Client, article: Article) -> object:
    page = editor.get(f"{change(article)}?draft=use")
    return page.context["adminform"].form


def test_what_is_typed_is_kept_and_the_stored_text_stays(editor: Client) -> None:
    guide = make_draft("a", "Stored.")

    answer = editor.post(KEEP, typed(guide))
    page = editor.get(change(guide)).content.decode()

    kept = Autosave.objects.get()
    at = f"{timezone.localtime(kept.kept_at):%H:%M}"
    assert answer.json() == {"at": at, "turn": 1}
    assert kept.fields["source"] == ["Typed."]
    assert "There is a newer text of yours from" in page
    assert guide.latest_revision().source == "Stored."


def test_one_row_holds_the_newest_of_a_window(editor: Client) -> None:
    guide = make_draft("a")

    answers = [
        editor.post(KEEP, typed(guide, source, turn=turn)).json()["turn"]
        for turn, source in ((1, "First."), (3, "Third."), (2, "Late."))
    ]

    assert answers == [1, 3, 3]  # the last tells that it was not taken
    assert Autosave.objects.get().fields["source"] == ["Third."]


def test_a_draft_is_as_old_as_its_last_word(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide))
    Autosave.objects.update(kept_at=timezone.now() - datetime.timedelta(days=91))

    editor.post(KEEP, typed(guide, "More.", turn=2))

    assert not Autosave.objects.stale().exists()


def test_a_second_window_does_not_write_over_the_first(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide, "First window."))

    answer = editor.post(KEEP, typed(guide, "Second window.", window=OTHER))

    assert answer.status_code == 409
    assert "Another window of yours" in answer.json()["error"]
    assert Autosave.objects.get().fields["source"] == ["First window."]


def test_a_window_that_took_a_draft_over_goes_on_with_it(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide, "First window."))

    editor.post(KEEP, typed(guide, "Second window.", window=OTHER, over=ONE))

    assert Autosave.objects.get().fields["source"] == ["Second window."]


def test_each_editor_has_a_draft_of_their_own(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide, "By edda."))
    other = Client()
    other.force_login(make_user("Editor"))

    other.post(KEEP, typed(guide, "By another.", window=OTHER))

    assert Autosave.objects.count() == 2
    page = other.get(f"{change(guide)}?draft=use").content.decode()
    assert "By edda." not in page


def test_each_guide_has_a_draft_of_its_own(editor: Client) -> None:
    guide, other = make_draft("a"), make_draft("b")
    editor.post(KEEP, typed(guide))

    pages = [editor.get(page).content.decode() for page in (change(other), ADD)]
    editor.post(f"{DISCARD}?article={other.pk}&window={ONE}")

    assert all("There is a newer text" not in page for page in pages)
    assert Autosave.objects.get().article == guide


def test_a_draft_is_used_with_all_its_fields(editor: Client) -> None:
    source, topic = make_source("a-source"), make_topic()
    guide = make_draft("a", "Stored.")
    words = {
        "title": "My title",
        "description": "My summary",
        "slug": "my-address",
        "note": "Why I changed it",
        "updated_on": "2026-11-09",
        "review_months": "6",
    }
    editor.post(
        KEEP, typed(guide, sources=[source.pk, "x"], topics=[topic.pk], **words)
    )

    page = used(editor, guide)

    assert page["source"].value() == "Typed."
    assert {name: page[name].value() for name in words} == words
    assert page["sources"].value() == [str(source.pk)]
    assert page["topics"].value() == [str(topic.pk)]


def test_a_used_draft_meets_what_others_stored_meanwhile(editor: Client) -> None:
    guide = make_draft("a", "One.\nTwo.\nThree.")
    editor.post(KEEP, typed(guide, "One.\nTwo.\nMine."))
    make_revision(guide, "Theirs.\nTwo.\nThree.")

    page = used(editor, guide)
    names = ("source", "base_number", "base_article")
    mine = opened(guide) | {name: page[name].value() for name in names}
    answer = editor.post(change(guide), mine)

    assert answer.context["adminform"].form["source"].value() == (
        "Theirs.\nTwo.\nMine.\n"
    )


def test_a_used_draft_takes_nothing_back_of_what_others_set(editor: Client) -> None:
    guide = make_draft("a", "Stored.")
    editor.post(KEEP, typed(guide))
    Article.objects.update(review_months=24, slug="b")

    page = used(editor, guide)
    names = ("source", "base_number", "base_article", "slug", "review_months")
    mine = form(guide) | {name: page[name].value() for name in names}
    editor.post(change(guide), mine)

    guide.refresh_from_db()
    assert guide.latest_revision().source == "Typed."
    assert (guide.slug, guide.review_months) == ("b", 24)


def test_asking_for_a_draft_that_is_not_there_shows_the_stored_text(
    editor: Client,
) -> None:
    assert used(editor, make_draft("a", "Stored."))["source"].value() == "Stored."


def test_a_draft_is_compared_with_the_newest_text(editor: Client) -> None:
    guide = make_draft("a", "Stored words.")
    compare = reverse("admin:articles_article_compare_draft", args=[guide.pk])

    empty = editor.get(compare)
    editor.post(KEEP, typed(guide, "Typed words."))
    page = editor.get(compare).content.decode()

    assert empty.url == change(guide)
    assert "removed: </span>Stored" in page
    assert "added: </span>Typed" in page


def test_a_draft_too_long_to_store_is_kept_and_its_comparison_says_so(
    editor: Client,
) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide, "word " * 20_001))

    page = editor.get(reverse("admin:articles_article_compare_draft", args=[guide.pk]))

    assert Autosave.objects.exists()
    assert page.status_code == 413


def test_saving_for_real_deletes_the_draft(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide))

    editor.post(change(guide), typed(guide))

    assert not Autosave.objects.exists()
    assert guide.latest_revision().source == "Typed."


def test_saving_in_one_window_keeps_the_draft_of_another(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide, "First window."))

    editor.post(change(guide), typed(guide, "Second window.", window=OTHER))

    assert Autosave.objects.get().fields["source"] == ["First window."]


def test_a_save_that_is_refused_keeps_the_draft_and_the_window(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide))

    page = editor.post(change(guide), typed(guide, title="")).content.decode()

    assert Autosave.objects.exists()
    assert f'name="window" value="{ONE}"' in page
    assert "data-unstored" in page
    assert "data-unstored" not in editor.get(change(guide)).content.decode()
    assert "There is a newer text of yours" not in page


def test_a_guide_that_is_not_created_yet_has_a_draft_too(editor: Client) -> None:
    editor.post(KEEP, typed(None, title="My new guide", kind="page"))

    offered = editor.get(ADD).content.decode()
    page = editor.get(f"{ADD}?draft=use").context["adminform"].form
    editor.post(ADD, typed(None, title="My new guide"))

    assert "There is a newer text of yours" in offered
    assert page["title"].value() == "My new guide"
    assert page["kind"].value() == "page"
    assert Article.objects.get().latest_revision().source == "Typed."
    assert not Autosave.objects.exists()


def test_a_used_draft_that_is_saved_is_not_offered_again(editor: Client) -> None:
    editor.post(KEEP, typed(None, title="My new guide"))

    page = editor.get(f"{ADD}?draft=use").content.decode()
    editor.post(ADD, typed(None, title="My new guide", window=OTHER, over=ONE))

    assert f'name="over" value="{ONE}"' in page
    assert not Autosave.objects.exists()


def test_a_draft_without_news_gives_way_to_another_window(editor: Client) -> None:
    guide = make_draft("a", "Stored.")
    editor.post(KEEP, typed(guide, "Stored."))

    page = editor.get(change(guide)).content.decode()
    answer = editor.post(KEEP, typed(guide, "Mine.", window=OTHER, over=ONE))

    assert f'data-over="{ONE}"' in page
    assert answer.status_code == 200
    assert Autosave.objects.get().fields["source"] == ["Mine."]


def test_an_empty_new_guide_is_not_offered(editor: Client) -> None:
    editor.post(KEEP, typed(None, "", title=""))

    assert "There is a newer text" not in editor.get(ADD).content.decode()


def test_a_draft_that_says_what_is_stored_is_not_offered(editor: Client) -> None:
    guide = make_draft("a", "Stored.")
    editor.post(KEEP, typed(guide, "Stored.\r\n"))

    assert "There is a newer text" not in editor.get(change(guide)).content.decode()


def test_a_draft_is_discarded(editor: Client) -> None:
    guide = make_draft("a")
    editor.post(KEEP, typed(guide))

    other = make_user("Editor")
    keep(article=guide, sent=QueryDict(), window=ONE, turn=1, by=other)

    wrong = editor.post(f"{DISCARD}?article={guide.pk}&window={OTHER}")
    left = Autosave.objects.count()
    editor.post(f"{DISCARD}?article={guide.pk}&window={ONE}")

    assert wrong.url == change(guide)
    assert left == 2
    assert Autosave.objects.get().editor == other


def test_the_draft_of_a_new_guide_is_discarded(editor: Client) -> None:
    editor.post(KEEP, typed(None))

    answer = editor.post(f"{DISCARD}?article=&window={ONE}")

    assert answer.url == ADD
    assert not Autosave.objects.exists()


@pytest.mark.parametrize(
    "junk", [{"window": "x"}, {"window": ""}, {"turn": "x"}, {"turn": ""}]
)
def test_what_no_form_sends_is_refused(editor: Client, junk: dict[str, str]) -> None:
    answer = editor.post(KEEP, typed(make_draft("a"), **junk))

    assert answer.status_code == 400
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("number", ["x", "9" * 18, "9" * 30])
def test_a_guide_that_is_not_there_is_not_found(editor: Client, number: str) -> None:
    assert editor.post(KEEP, typed(None) | {"article": number}).status_code == 404


def test_whoever_may_not_write_keeps_nothing(client: Client) -> None:
    guide = make_draft("a")
    reviewer = make_user("Medical reviewer")
    client.force_login(reviewer)
    compare = reverse("admin:articles_article_compare_draft", args=[guide.pk])

    with pytest.raises(PermissionDenied):
        keep(article=guide, sent=QueryDict(), window=ONE, turn=1, by=reviewer)

    assert client.post(KEEP, typed(guide)).status_code == 403
    assert client.post(f"{DISCARD}?article={guide.pk}").status_code == 403
    assert client.get(compare).status_code == 403
    assert 'id="autosave"' not in client.get(change(guide)).content.decode()


def test_a_token_is_asked_for() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("Editor"))

    assert client.post(KEEP, typed(make_draft("a"))).status_code == 403


def test_whoever_is_signed_out_is_led_to_the_login(client: Client) -> None:
    asking = {"sec-fetch-mode": "cors"}
    answer = client.post(KEEP, typed(make_draft("a")), headers=asking)

    assert answer.status_code == 302
    assert not Autosave.objects.exists()


def test_drafts_nobody_came_back_to_are_stale() -> None:
    now = timezone.now()
    rows = [
        Autosave.objects.create(
            editor=make_user(),
            fields={},
            window=ONE,
            turn=1,
            kept_at=now - datetime.timedelta(days=days),
        )
        for days in (89, 91)
    ]

    assert list(Autosave.objects.stale()) == rows[1:]


@pytest.mark.parametrize("has_article", [True, False])
def test_the_database_holds_one_draft_an_editor_and_guide(has_article: bool) -> None:
    guide = make_draft("a") if has_article else None
    values = {"editor": make_user(), "article": guide, "fields": {}, "turn": 1}
    row = Autosave.objects.create(window=ONE, **values)

    with pytest.raises(IntegrityError, match="once_an_editor"), transaction.atomic():
        Autosave.objects.create(window=OTHER, **values)

    assert str(row).endswith(": a" if has_article else ": a new guide")


def test_the_database_knows_what_a_window_is() -> None:
    with pytest.raises(IntegrityError, match="autosave_window_format"):
        Autosave.objects.create(editor=make_user(), fields={}, window="x", turn=1)


def test_a_nul_character_is_left_out_of_a_draft(editor: Client) -> None:
    guide = make_draft("a")

    answer = editor.post(KEEP, typed(guide, "Ty\x00ped.", over="\x00"))

    assert answer.status_code == 200
    assert Autosave.objects.get().fields["source"] == ["Typed."]


@pytest.mark.parametrize("name", ["window", "over"])
def test_a_save_with_a_forged_window_stores_the_text(editor: Client, name: str) -> None:
    guide = make_draft("a")

    editor.post(change(guide), opened(guide) | {"source": "Saved.", name: "\x00"})

    assert guide.latest_revision().source == "Saved."
