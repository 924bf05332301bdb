"""Renaming, merging and deleting: no address breaks, no word is lost."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.addresses import (
    StillLinkedError,
    delete_article,
    merge_article,
    rename_article,
    rename_topic,
)
from articles.models import Article, CrossLink, FormerSlug, Publication
from tests.articles.desk_form import change, form
from tests.articles.factories import (
    make_draft,
    make_guide,
    make_public,
    make_revision,
    make_topic,
    make_user,
    take_back,
)
from tests.reading import leads_to

pytestmark = pytest.mark.django_db


def rename(article: Article, slug: str) -> None:
    rename_article(article=article, slug=slug, by=None)


def test_every_old_address_leads_on_in_one_step(client: Client) -> None:
    guide = make_guide("first")
    for slug in ("second", "third"):
        rename(guide, slug)

    assert leads_to(client, "/articles/first/") == "/articles/third/"
    assert leads_to(client, "/articles/second/") == "/articles/third/"
    assert leads_to(client, "/articles/first.md") == "/articles/third.md"


def test_renaming_there_and_back_makes_no_loop(client: Client) -> None:
    guide = make_guide("first")
    rename(guide, "second")
    rename(guide, "first")
    rename(guide, "first")

    assert client.get("/articles/first/").status_code == 200
    assert leads_to(client, "/articles/second/") == "/articles/first/"
    assert FormerSlug.objects.get().slug == "second"


def test_links_follow_a_renamed_guide_without_a_redirect(client: Client) -> None:
    target = make_guide("target")
    make_guide("a", "To [it](article:target).")

    rename(target, "renamed")

    page = client.get("/articles/a/").content.decode()
    assert '<a href="/articles/renamed/">it</a>' in page


def test_a_new_name_takes_up_links_that_waited_for_it() -> None:
    make_draft("a", "To [it](article:later).")

    rename(make_guide("first"), "later")

    assert not CrossLink.objects.wanted().exists()


def test_a_new_guide_reclaims_an_old_address(client: Client) -> None:
    guide = make_guide("first", title="The old one")
    rename(guide, "second")

    make_guide("first", title="The new one")

    assert "The new one" in client.get("/articles/first/").content.decode()
    assert not FormerSlug.objects.exists()


def test_an_old_address_leads_on_until_the_new_guide_is_public(client: Client) -> None:
    rename(make_guide("first"), "second")

    newcomer = make_draft("first")
    assert leads_to(client, "/articles/first/") == "/articles/second/"
    make_public(newcomer.latest_revision())
    assert client.get("/articles/first/").status_code == 200
    take_back(newcomer)

    assert client.get("/articles/first/").status_code == 410


@pytest.mark.parametrize("is_planned", [False, True])
def test_a_draft_takes_no_address_from_a_public_guide(
    client: Client, is_planned: bool
) -> None:
    rename(make_guide("first"), "second")
    draft = make_draft("other")
    if is_planned:
        later = timezone.now() + datetime.timedelta(hours=1)
        make_public(draft.latest_revision(), later)

    rename(draft, "first")
    assert leads_to(client, "/articles/first/") == "/articles/second/"
    merge_article(article=draft, into=make_guide("third"), by=None)

    assert leads_to(client, "/articles/first/") == "/articles/third/"
    assert not Publication.objects.scheduled().exists()


def test_no_cache_shows_a_page_after_it_was_withdrawn(client: Client) -> None:
    make_guide("guide")

    for address in ("", "articles/", "articles/guide/", "articles/guide.md", "nothing"):
        assert client.get(f"/{address}").headers["Cache-Control"] == "no-cache"


def test_moved_and_gone_are_asked_for_again(client: Client) -> None:
    guide = make_guide("first")
    rename(guide, "second")
    moved = client.get("/articles/first/")
    take_back(guide)
    gone = client.get("/articles/second/")

    assert moved.headers["Cache-Control"] == "no-cache"
    assert gone.headers["Cache-Control"] == "no-cache"
    assert client.get("/articles").headers["Cache-Control"] == "no-cache"


def test_a_text_that_uses_an_old_name_finds_the_guide(client: Client) -> None:
    rename(make_guide("first"), "second")

    make_guide("a", "To [it](article:first).")

    page = client.get("/articles/a/").content.decode()
    assert '<a href="/articles/second/">it</a>' in page


def test_an_old_address_of_a_withdrawn_guide_says_so_too(client: Client) -> None:
    guide = make_guide("first")
    rename(guide, "second")
    take_back(guide)

    assert client.get("/articles/first/").status_code == 410


@pytest.mark.parametrize("slug", ["", "Capital", "a b", "taken", "a--b", "ä"])
def test_a_bad_address_is_refused(slug: str) -> None:
    make_guide("taken")
    make_topic(slug="taken")
    guide, topic = make_guide("first"), make_topic()

    with pytest.raises(ValidationError):
        rename(guide, slug)
    with pytest.raises(ValidationError):
        rename_topic(topic=topic, slug=slug, by=None)


def test_a_draft_leaves_no_address_behind() -> None:
    rename(make_draft("first"), "second")

    assert not FormerSlug.objects.exists()


def test_topics_keep_their_old_addresses(client: Client) -> None:
    topic = make_topic(slug="first")
    make_guide("a").topics.add(topic)

    for slug in ("second", "third", "third"):
        rename_topic(topic=topic, slug=slug, by=None)

    assert leads_to(client, "/topics/first/") == "/topics/third/"
    assert leads_to(client, "/topics/second/") == "/topics/third/"


def test_a_topic_reclaims_an_old_address_and_gives_it_up_again(
    client: Client,
) -> None:
    old, new = make_topic(slug="first"), make_topic(slug="other")
    for topic in (old, new):
        make_guide(f"about-{topic.slug}").topics.add(topic)
    rename_topic(topic=old, slug="second", by=None)
    newest = make_topic(slug="first")
    make_guide("newest").topics.add(newest)

    assert client.get("/topics/first/").status_code == 200
    rename_topic(topic=newest, slug="third", by=None)
    assert leads_to(client, "/topics/first/") == "/topics/third/"


def test_guides_and_topics_take_no_old_address_from_each_other(
    client: Client,
) -> None:
    topic, guide = make_topic(slug="first"), make_guide("other")
    guide.topics.add(topic)

    rename_topic(topic=topic, slug="second", by=None)
    rename(guide, "first")
    assert leads_to(client, "/topics/first/") == "/topics/second/"
    rename(guide, "third")
    rename_topic(topic=topic, slug="first", by=None)

    assert leads_to(client, "/articles/first/") == "/articles/third/"


def test_merging_leads_addresses_and_links_to_the_other(client: Client) -> None:
    old, new = make_guide("old", "Old words."), make_guide("new")
    rename(old, "older")
    make_guide("a", "To [it](article:older).")

    merge_article(article=old, into=new, by=None)

    assert leads_to(client, "/articles/old/") == "/articles/new/"
    assert leads_to(client, "/articles/older/") == "/articles/new/"
    assert (
        '<a href="/articles/new/">it</a>' in client.get("/articles/a/").content.decode()
    )
    assert old.latest_revision().source == "Old words."
    assert not Article.objects.published().filter(pk=old.pk).exists()


def test_merging_a_withdrawn_guide_leads_on_what_led_to_it(client: Client) -> None:
    first, second, third = (make_guide(slug) for slug in ("first", "second", "third"))
    take_back(first, way=Publication.Ending.SUCCESSOR, successor=second)
    rename(second, "renamed")
    take_back(second)

    merge_article(article=second, into=third, by=None)

    for slug in ("first", "second", "renamed"):
        assert leads_to(client, f"/articles/{slug}/") == "/articles/third/"


@pytest.mark.parametrize("is_former", [True, False])
def test_what_was_merged_takes_no_address_that_leads_elsewhere(
    is_former: bool,
) -> None:
    other = make_guide("old-merged")
    if is_former:
        rename(other, "other")
    old = make_guide("old")

    merge_article(article=old, into=make_guide("new"), by=None)

    assert Article.objects.get(pk=old.pk).slug == "old-merged-2"
    assert Article.objects.at_address("old-merged") == other


def test_a_guide_is_not_merged_into_itself_or_a_page() -> None:
    guide = make_guide("a")
    page = make_guide("b", kind=Article.Kind.PAGE)

    for into in (guide, page):
        with pytest.raises(ValidationError):
            merge_article(article=guide, into=into, by=None)


def test_a_linked_guide_is_not_deleted_and_the_guides_are_named() -> None:
    target = make_guide("target")
    make_guide("a", "To [it](article:target).")

    with pytest.raises(StillLinkedError, match=r": a$"):
        delete_article(article=target, replacement=None, by=None)

    assert Article.objects.published().filter(slug="target").exists()


def test_the_admin_renames_and_keeps_the_old_address(client: Client) -> None:
    client.force_login(make_user("Editor"))
    guide = make_guide("first")

    client.post(change(guide), form(guide, slug="second"))

    assert leads_to(client, "/articles/first/") == "/articles/second/"


def test_the_admin_asks_for_a_replacement_before_it_deletes(client: Client) -> None:
    client.force_login(make_user("Editor-in-chief"))
    target = make_guide("target", title="The target")
    make_guide("other", title="The other")
    make_guide("a", "To [it](article:target).", title="The linking guide")
    address = reverse("admin:articles_article_delete", args=[target.pk])

    page = client.get(address)
    seen = {"base_seen": page.context["form"]["base_seen"].value()}
    refused = client.post(address, seen).content.decode()
    client.post(address, seen | {"replacement": "other"})

    assert "The linking guide" in page.text
    assert "choose where its links lead." in refused
    assert leads_to(client, "/articles/target/") == "/articles/other/"
    assert CrossLink.objects.get().target_article.slug == "other"


@pytest.mark.parametrize(
    "meanwhile",
    [make_revision, lambda guide: make_public(guide.revisions.get())],
    ids=["stored", "published"],
)
def test_what_came_after_the_page_was_opened_is_not_deleted_unseen(
    client: Client, meanwhile: Callable[[Article], object]
) -> None:
    client.force_login(make_user("Editor-in-chief"))
    guide = make_draft("a")
    address = reverse("admin:articles_article_delete", args=[guide.pk])
    readers = "Readers can open it now"

    page = client.get(address)
    meanwhile(guide)
    seen = {"base_seen": page.context["form"]["base_seen"].value()}
    refused = client.post(address, seen)

    assert Article.objects.exists()
    assert readers not in page.text
    assert "A text was stored, published or withdrawn meanwhile." in refused.text
    assert (readers in refused.text) == Article.objects.published().exists()

    client.post(address, {"base_seen": refused.context["form"]["base_seen"].value()})

    assert not Article.objects.exists()


def test_an_editor_may_not_delete(client: Client) -> None:
    client.force_login(make_user("Editor"))
    guide = make_guide("a")

    response = client.post(reverse("admin:articles_article_delete", args=[guide.pk]))

    assert response.status_code == 403
    assert Article.objects.exists()


def test_wanted_guides_are_ranked_and_lead_to_a_new_text(client: Client) -> None:
    client.force_login(make_user("Editor"))
    make_draft("a", "[x](article:rare) and [y](article:often)")
    make_draft("b", "[x](article:often) and [y](article:often)")

    page = client.get(reverse("admin:articles_article_wanted")).content.decode()

    assert page.index("?slug=often") < page.index("?slug=rare")
    assert "<td>2</td>" in page


def test_the_form_lists_the_public_guides_that_link_here(client: Client) -> None:
    client.force_login(make_user("Editor"))
    target = make_guide("target")
    make_guide("a", "To [it](article:target).", title="The linking guide")
    make_draft("b", "To [it](article:target).", title="A draft")

    page = client.get(change(target)).content.decode()

    assert "The linking guide" in page
    assert "A draft" not in page


def test_a_guide_that_only_links_to_itself_can_go() -> None:
    guide = make_guide("my-guide")
    make_public(make_revision(guide, "See [above](article:my-guide)."))

    delete_article(article=guide, replacement=None, by=None)

    assert not Article.objects.filter(slug="my-guide").exists()
