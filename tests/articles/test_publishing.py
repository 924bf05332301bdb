"""What editors do with a text, and who may."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from articles.addresses import (
    delete_article,
    merge_article,
    rename_article,
    rename_topic,
)
from articles.models import Article, ImmutableRevisionError
from articles.publishing import (
    UNSIGNED,
    Draft,
    NotPublishableError,
    create_article,
    faults_of,
    inspect,
    publish,
    save_revision,
)
from articles.reviewing import (
    ask_for_changes,
    revoke,
    send_for_review,
    set_review_interval,
)
from articles.withdrawing import cancel_plans
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_revision,
    make_source,
    make_topic,
    make_user,
    sign,
    take_back,
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

    assert second.number == 2
    assert guide.current.revision.source == "First words."


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
        publish(revision=draft.latest_revision(), by=None)

    assert "article:missing" in caught.value.messages[0]
    assert "Line 3" in caught.value.messages[0]
    assert not Article.objects.published().exists()


def test_a_link_to_a_draft_is_a_notice_and_no_fault() -> None:
    make_draft("hidden")
    guide = make_draft("a", "See [the other](article:hidden).")

    findings = inspect(guide.latest_revision())

    assert findings.faults == []
    assert "until that guide is public" in findings.notices[0]


@pytest.mark.parametrize(("signed", "planned"), [(0, 367), (-367, 0)])
def test_a_text_does_not_become_public_when_its_review_is_due(
    settings, signed: int, planned: int
) -> None:
    settings.CONTENT_RULES_OFF = settings.CONTENT_RULES_OFF - {"fresh"}
    revision = make_draft("a").latest_revision()
    sign(revision, on=timezone.localdate() + datetime.timedelta(signed))
    at = timezone.now() + datetime.timedelta(planned) if planned else None

    with pytest.raises(NotPublishableError, match="was due again"):
        publish(revision=revision, by=None, at=at)


def test_an_unsigned_text_lacks_one_thing_and_not_two(settings) -> None:
    settings.CONTENT_RULES_OFF = settings.CONTENT_RULES_OFF - {"people"}
    revision = make_draft("a", author=make_contributor()).latest_revision()

    assert faults_of(revision, by=None) == [UNSIGNED]


def test_a_new_guide_takes_up_links_that_waited_for_it() -> None:
    waiting = make_draft("a", "See [the other](article:later).")

    make_guide("later")

    assert inspect(waiting.latest_revision()).notices == []
    assert inspect(waiting.latest_revision()).faults == []


def draft() -> Draft:
    return Draft(title="T", source="Words.", updated_on=DAY)


def do_create(user: User) -> None:
    create_article(article=Article(slug="new"), by=user)


def do_save(user: User) -> None:
    save_revision(article=make_draft("mine"), draft=draft(), by=user)


def do_send(user: User) -> None:
    send_for_review(revision=make_draft("mine").latest_revision(), by=user)


def do_ask(user: User) -> None:
    text = make_draft("mine").latest_revision()
    ask_for_changes(revision=text, words="Mend it.", by=user)


def do_sign_off(user: User) -> None:
    reviewer = make_contributor(user=user, credential="MD")
    sign(make_draft("mine").latest_revision(), reviewer, by=user)


def do_record_a_review(user: User) -> None:
    sign(make_draft("mine").latest_revision(), by=user)


def do_revoke(user: User) -> None:
    signed = sign(make_draft("mine").latest_revision())
    revoke(sign_off=signed, reason="It was wrong.", by=user)


def do_publish(user: User) -> None:
    revision = make_draft("mine").latest_revision()
    sign(revision)
    publish(revision=revision, by=user)


def do_withdraw(user: User) -> None:
    take_back(make_guide("mine"), by=user)


def do_cancel(user: User) -> None:
    cancel_plans(article=make_guide("mine"), by=user)


ACTIONS = [
    do_create,
    do_save,
    do_send,
    do_ask,
    do_sign_off,
    do_record_a_review,
    do_revoke,
    do_publish,
    do_withdraw,
    do_cancel,
]
MAY = {
    "Editor": [do_create, do_save, do_send],
    "Medical reviewer": [do_ask, do_sign_off, do_revoke],
    "Publisher": [do_publish, do_withdraw, do_cancel],
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


def test_who_may_not_change_guides_gives_none_an_address_or_an_interval() -> None:
    guide, topic, by = make_guide("a"), make_topic(), make_user("Directory manager")
    into = make_guide("b")

    for action in (
        lambda: rename_article(article=guide, slug="c", by=by),
        lambda: rename_topic(topic=topic, slug="c", by=by),
        lambda: merge_article(article=guide, into=into, by=by),
        lambda: delete_article(article=guide, replacement=None, by=by),
        lambda: set_review_interval(article=guide, months=6, by=by),
    ):
        with pytest.raises(PermissionDenied):
            action()


def test_a_link_to_what_came_after_the_text_opens_once_published(
    client: Client,
) -> None:
    text = "[A](specialization:cardiology), [B](doctors:cardiology/tx/houston)."
    draft = make_draft("a", text)
    revision = draft.latest_revision()
    assert len(inspect(revision).faults) == 2
    make_doctor(does=(make_specialization(),), at=(make_place(),))
    count_doctors()

    assert inspect(revision).faults == []
    assert inspect(revision).notices == []
    make_public(revision)

    page = client.get("/articles/a/").text
    assert '<a href="/specializations/cardiology/">A</a>' in page
    assert '<a href="/doctors/cardiology/tx/houston/">B</a>' in page
