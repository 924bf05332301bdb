"""The editor's desk in the admin."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests.articles.desk_form import ADD, PREVIEW, change, form
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editor", "Publisher"))
    return client


def test_saving_does_not_publish(editor: Client) -> None:
    guide = make_guide("a", "Old words.")

    response = editor.post(change(guide), form(guide, source="New words."), follow=True)

    assert "Readers see the text they saw before." in response.content.decode()
    assert "Old words." in editor.get("/articles/a/").content.decode()
    assert guide.latest_revision().source == "New words."


def test_a_double_click_stores_a_new_guide_once_and_leads_to_it(
    editor: Client,
) -> None:
    sent = form(source="One.\r\nTwo. ", _send="1")
    first = editor.post(ADD, sent)

    second = editor.post(ADD, sent)

    assert Article.objects.get().latest_revision().number == 1
    assert second.headers["Location"] == first.headers["Location"]
    assert editor.get(second.headers["Location"]).status_code == 200


def test_a_new_guide_without_an_address_gets_one_of_its_title(editor: Client) -> None:
    sent = form(title="Knee pain: what’s next?", slug="", _send="1")
    first = editor.post(ADD, sent)

    second = editor.post(ADD, sent)

    assert Article.objects.get().slug == "knee-pain-whats-next"
    assert second.headers["Location"] == first.headers["Location"]


def test_an_address_of_the_title_that_another_has_is_shown_to_be_changed(
    editor: Client,
) -> None:
    make_draft("a-title")

    page = editor.post(ADD, form(slug="")).content.decode()

    assert "Another one has the address a-title already." in page
    assert 'value="a-title"' in page


def test_an_address_made_of_a_long_title_ends_with_a_whole_word(editor: Client) -> None:
    for title in (f"{'knee ' * 15}surgery", "k" * 90):
        editor.post(ADD, form(title=title, slug=""))

    made = {"knee-" * 14 + "knee", "k" * 80}
    assert set(Article.objects.values_list("slug", flat=True)) == made


def test_nobody_is_told_that_readers_saw_a_new_guide(editor: Client) -> None:
    page = editor.post(ADD, form(), follow=True).content.decode()

    assert "Readers see nothing of it until it is published." in page


def test_the_form_offers_to_add_nothing_that_would_not_appear(editor: Client) -> None:
    page = editor.get(ADD).content.decode()

    assert "add-related" not in page


def test_a_title_without_letters_makes_no_address(editor: Client) -> None:
    page = editor.post(ADD, form(title="?", slug="")).content.decode()

    assert "This field is required." in page


def test_the_same_words_of_another_are_not_taken_for_a_double_click(
    editor: Client,
) -> None:
    make_draft("a-slug", "Words.", title="A title")

    page = editor.post(ADD, form()).content.decode()

    assert "Another one has the address a-slug already." in page


@pytest.mark.parametrize("name", ["slug", "title", "source"])
def test_a_new_guide_with_a_null_character_is_refused(
    editor: Client, name: str
) -> None:
    page = editor.post(ADD, form() | {name: "a\0b"}).content.decode()

    assert "Null characters are not allowed." in page


def test_the_list_names_a_draft_by_its_newest_title(editor: Client) -> None:
    make_draft("a", title="Draft about knees")
    guide = make_guide("b", title="Public about hips")
    make_revision(guide, "New.", title="Newer about hips")

    page = editor.get(reverse("admin:articles_article_changelist")).content.decode()

    assert "Draft about knees" in page
    assert "Public about hips" in page
    assert "Newer about hips" not in page


def test_the_list_marks_what_is_made_up_and_nothing_else(editor: Client) -> None:
    make_guide("b", title="Public about hips")
    listed = reverse("admin:articles_article_changelist")

    real = editor.get(listed).content.decode()
    Article.objects.update(is_demo=True)
    demo = editor.get(listed).content.decode()

    assert "icon-no" not in real
    assert ">made up<" not in real
    assert ">made up<" in demo


def test_the_desk_names_a_draft_by_its_title_beside_its_source(editor: Client) -> None:
    source = make_source(standing="withdrawn", standing_since="2026-11-02")
    author = make_contributor(user=editor.get("/admin/").wsgi_request.user)
    make_draft("a", title="Draft about knees", sources=[source], author=author)
    address = reverse("admin:articles_source_change", args=[source.pk])

    for page in ("/admin/", address):
        assert "Draft about knees</a>" in editor.get(page).content.decode(), page


@pytest.mark.parametrize("slug", ["My_Guide", "my guide", "-a", "a--b"])
@pytest.mark.parametrize("model", ["article", "topic", "contributor"])
def test_an_address_that_is_none_is_told_what_one_is(
    client: Client, model: str, slug: str
) -> None:
    client.force_login(make_user("Editor"))
    address = reverse(f"admin:articles_{model}_add")
    sent = form(slug=slug) | {"name": "A name", "bio": "A life."}

    page = client.post(address, sent).content.decode()

    assert "An address has lower-case letters, digits and single hyphens only." in page
    assert "onstraint" not in page
    assert "underscores" not in page


def test_saving_without_a_change_makes_no_revision(editor: Client) -> None:
    guide = make_guide("a")

    editor.post(change(guide), form(guide))

    assert guide.revisions.count() == 1


@pytest.mark.parametrize("end", ["", "\n"], ids=["typed", "from a file"])
def test_line_ends_of_a_browser_are_no_change(editor: Client, end: str) -> None:
    guide = make_guide("a", f"One.\n\nTwo.{end}", description="Line.\nLine.")
    sent = form(guide, description="Line.\r\nLine.", source="One.\r\n\r\nTwo.\r\n")

    editor.post(change(guide), sent)

    assert guide.revisions.count() == 1


def test_a_day_to_come_is_not_what_readers_see_as_updated(editor: Client) -> None:
    article = make_draft("a")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    page = editor.post(
        change(article), form(article, source="New.", updated_on=str(tomorrow))
    ).content.decode()

    assert "That day has not come yet." in page
    assert "New." in page
    assert article.revisions.count() == 1


def test_a_note_without_a_new_text_is_not_said_to_be_stored(editor: Client) -> None:
    guide = make_guide("a")

    page = editor.post(change(guide), form(guide, note="A date."), follow=True)

    assert "The note and the day of" in page.content.decode()
    assert guide.revisions.count() == 1


def test_an_address_that_readers_have_at_once_is_said(editor: Client) -> None:
    guide = make_guide("a")

    page = editor.post(change(guide), form(guide, slug="b"), follow=True)

    assert "Readers have its new address and topics at once." in page.content.decode()
    assert guide.revisions.count() == 1


def test_a_text_above_the_cap_is_refused_and_still_there(editor: Client) -> None:
    text = "word " * 20_001

    response = editor.post(ADD, form(source=text))

    page = response.content.decode()
    assert "at most 100,000 can be stored" in page
    assert page.count("word ") > 20_000
    assert not Article.objects.exists()


def test_the_form_carries_no_script_of_markdownx_and_nothing_inline(
    editor: Client,
) -> None:
    page = editor.get(change(make_guide("a"))).content.decode()

    assert "markdownx.js" not in page
    assert "markdownx.min.js" not in page
    assert "js/editor.js" in page
    assert "<style" not in page
    assert " style=" not in page


def test_the_preview_is_the_public_page_with_dead_links_marked(editor: Client) -> None:
    make_guide("target")
    text = "To [one](article:target), to [none](article:missing)."

    response = editor.post(PREVIEW, {"source": text, "title": "My title"})

    page = response.content.decode()
    assert "<h1>My title</h1>" in page
    assert '<a href="/articles/target/">one</a>' in page
    assert '<mark class="dead-link">none</mark>' in page


def test_the_preview_stores_nothing_and_takes_junk(editor: Client) -> None:
    junk = {"source": "x", "article": "-1", "author": "\x00", "sources": ["x", "²"]}

    response = editor.post(PREVIEW, junk)

    assert response.status_code == 200
    assert not Article.objects.exists()


def test_the_preview_of_a_text_above_the_cap_says_so(editor: Client) -> None:
    response = editor.post(PREVIEW, {"source": "x" * 100_001})

    assert response.status_code == 413
    assert "100,000" in response.content.decode()


@pytest.mark.parametrize("group", ["Directory manager", None])
def test_the_preview_is_closed_to_those_who_may_not_edit(
    client: Client, group: str | None
) -> None:
    client.force_login(make_user(*([group] if group else [])))

    assert client.post(PREVIEW, {"source": "x"}).status_code == 403


def test_the_preview_is_closed_to_strangers(client: Client) -> None:
    asking = {"sec-fetch-mode": "cors"}
    response = client.post(PREVIEW, {"source": "x"}, headers=asking)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("path", ["/markdownx/upload/", "/markdownx/markdownify/"])
def test_the_endpoints_of_markdownx_are_not_mounted(editor: Client, path: str) -> None:
    assert editor.post(path).status_code == 404
    assert editor.get(path).status_code == 404


@pytest.mark.parametrize("model", ["topic", "contributor", "source", "article"])
def test_lists_open(editor: Client, model: str) -> None:
    make_guide("a")

    response = editor.get(reverse(f"admin:articles_{model}_changelist"))

    assert response.status_code == 200


def test_what_was_chosen_and_is_deleted_meanwhile_is_told_in_words(
    editor: Client,
) -> None:
    topic, source, author = make_topic(), make_source(), make_contributor()
    sent = form(topics=[topic.pk], sources=[source.pk], author=author.pk)
    for each in (topic, source, author):
        each.delete()

    page = editor.post(ADD, sent | {"source": "Words of mine."}).content.decode()

    assert page.count("Somebody deleted one that you chose here.") == 3
    assert "not one of the available choices" not in page
    assert "Words of mine." in page
