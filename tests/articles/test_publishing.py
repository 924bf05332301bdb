"""What editors do with a text, and who may."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client

from articles.models import Article, ImmutableRevisionError
from articles.publishing import (
    Draft,
    Findings,
    NotPublishableError,
    create_article,
    inspect,
    publish,
    save_revision,
    unpublish,
)
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_user,
)
from tests.factories import (
    count_doctors,
    make_doctor,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db


def test_every_save_is_a_new_revision_and_readers_keep_the_old_one() -> None:
    guide = make_guide("a", "First words.")

    second = make_revision(guide, "Second words.")

    guide.refresh_from_db()
    assert second.number == 2
    assert guide.published_revision.source == "First words."


def test_a_stored_text_is_never_changed() -> None:
    revision = make_draft("a").latest_revision()
    revision.source = "Other words."

    with pytest.raises(ImmutableRevisionError):
        revision.save()
    with pytest.raises(ImmutableRevisionError):
        revision.save(update_fields=["source"])


def test_the_rendered_cache_may_be_made_again() -> None:
    revision = make_draft("a").latest_revision()
    revision.html = "<p>Rendered anew.</p>"

    revision.save(update_fields=["html"])

    revision.refresh_from_db()
    assert revision.html == "<p>Rendered anew.</p>"


def test_sources_keep_their_order() -> None:
    later, earlier = make_source("zulu-2020"), make_source("alpha-2021")

    guide = make_draft("a", sources=[later, earlier])

    assert guide.latest_revision().cited_sources() == [later, earlier]


def test_a_link_that_leads_nowhere_keeps_a_text_from_readers() -> None:
    draft = make_draft("a", "Words.\n\nSee [the other](article:missing).")

    with pytest.raises(NotPublishableError) as caught:
        publish(revision=draft.latest_revision(), by=None, on=DAY)

    assert "article:missing" in caught.value.messages[0]
    assert "Line 3" in caught.value.messages[0]
    assert not Article.objects.published().exists()


def test_a_link_to_a_draft_is_a_notice_and_no_fault() -> None:
    make_draft("hidden")
    guide = make_draft("a", "See [the other](article:hidden).")

    findings = inspect(guide.latest_revision())

    assert findings.faults == []
    assert "until that guide is public" in findings.notices[0]


def test_a_new_guide_takes_up_links_that_waited_for_it() -> None:
    waiting = make_draft("a", "See [the other](article:later).")

    make_guide("later")

    assert inspect(waiting.latest_revision()).notices == []
    assert inspect(waiting.latest_revision()).faults == []


def test_the_first_publication_date_stays() -> None:
    guide = make_guide("a")
    unpublish(article=guide, by=None)

    publish(revision=make_revision(guide), by=None, on=DAY.replace(day=20))

    guide.refresh_from_db()
    assert guide.published_on == DAY


def draft() -> Draft:
    return Draft(title="T", source="Words.", updated_on=DAY)


def reviewed_draft() -> Draft:
    return Draft(
        title="T",
        source="Words.",
        updated_on=DAY,
        reviewer=make_contributor(),
        reviewed_on=DAY,
    )


def do_create(user: User) -> None:
    create_article(article=Article(slug="new"), by=user)


def do_save(user: User) -> None:
    save_revision(article=make_draft("mine"), draft=draft(), by=user)


def do_review(user: User) -> None:
    save_revision(article=make_draft("mine"), draft=reviewed_draft(), by=user)


def do_publish(user: User) -> None:
    publish(revision=make_draft("mine").latest_revision(), by=user, on=DAY)


def do_unpublish(user: User) -> None:
    unpublish(article=make_guide("mine"), by=user)


ACTIONS = [do_create, do_save, do_review, do_publish, do_unpublish]
MAY = {
    "Editor": [do_create, do_save],
    "Medical reviewer": [do_save, do_review],
    "Publisher": [do_save, do_publish, do_unpublish],
    "Editor-in-chief": ACTIONS,
    "Directory manager": [],
}


@pytest.mark.parametrize("group", MAY)
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_groups_may_do_their_own_work_and_no_other(group: str, action) -> None:
    user = make_user(group)

    if action in MAY[group]:
        action(user)
    else:
        with pytest.raises(PermissionDenied):
            action(user)


def test_a_link_to_what_came_after_the_text_opens_once_published(
    client: Client,
) -> None:
    text = "[A](specialization:cardiology), [B](doctors:cardiology/tx/houston)."
    draft = make_draft("a", text)
    revision = draft.latest_revision()
    assert len(inspect(revision).faults) == 2
    make_doctor(does=(make_specialization(),), at=(make_place(),))
    count_doctors()

    assert inspect(revision) == Findings([], [])
    publish(revision=revision, by=None, on=DAY)

    page = client.get("/articles/a/").text
    assert '<a href="/specializations/cardiology/">A</a>' in page
    assert '<a href="/doctors/cardiology/tx/houston/">B</a>' in page
