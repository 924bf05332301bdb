"""Scheduling, withdrawing and what an address answers then; the clock decides."""

import datetime
import re
from itertools import pairwise
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.addresses import delete_article, rename_article
from articles.importing import remove_demo
from articles.models import Article, Publication, Revision, SignOff
from articles.publishing import publish
from articles.reviewing import revoke
from articles.standing import standing_of
from articles.withdrawing import cancel_plans, withdraw
from tests.articles.factories import (
    DAY,
    MOMENT,
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_revision,
    make_user,
    sign,
    take_back,
)

pytestmark = pytest.mark.django_db

Ending = Publication.Ending
HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)


def at(moment: datetime.datetime):
    """Let the clock stand at a moment."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


def answer(client: Client, moment: datetime.datetime, address: str) -> int:
    with at(moment):
        return client.get(address).status_code


def test_a_scheduled_text_is_public_at_its_minute(client: Client) -> None:
    moment = timezone.now() + HOUR
    make_public(make_draft("a").latest_revision(), moment)

    statuses = [
        answer(client, each, "/articles/a/")
        for each in (moment - MINUTE, moment, moment + MINUTE)
    ]

    assert statuses == [404, 200, 200]
    assert not Article.objects.published().exists()
    assert Article.objects.published(moment).exists()
    assert Revision.objects.published(moment).exists()


def test_a_scheduled_text_takes_the_place_of_the_old_at_its_minute(
    client: Client,
) -> None:
    guide = make_guide("a", "Old words.")
    moment = timezone.now() + HOUR
    make_public(make_revision(guide, "New words."), moment)

    with at(moment - MINUTE):
        before = client.get("/articles/a/").content.decode()
    with at(moment):
        after = client.get("/articles/a/").content.decode()

    assert "Old words." in before
    assert "New words." in after


def test_a_withdrawal_takes_place_at_its_minute(client: Client) -> None:
    guide = make_guide("a")
    moment = timezone.now() + HOUR
    take_back(guide, at=moment)

    assert answer(client, moment - MINUTE, "/articles/a/") == 200
    assert answer(client, moment, "/articles/a/") == 410


def test_a_withdrawal_takes_what_was_planned_along(client: Client) -> None:
    guide = make_guide("a", "Old words.")
    moment = timezone.now() + HOUR
    make_public(make_revision(guide, "New words."), moment)

    take_back(guide)

    assert client.get("/articles/a/").status_code == 410
    assert answer(client, moment, "/articles/a/") == 410


def test_lists_follow_the_clock(client: Client) -> None:
    moment = timezone.now() + HOUR
    make_public(make_draft("a", title="Soon").latest_revision(), moment)

    with at(moment - MINUTE):
        before = client.get("/articles/").content.decode()
    with at(moment):
        after = client.get("/articles/").content.decode()

    assert "Soon" not in before
    assert "Soon" in after


def test_only_one_text_is_planned_at_a_time() -> None:
    guide = make_guide("a", "Old.")
    first = make_revision(guide, "First.")
    second = make_revision(guide, "Second.")
    make_public(first, timezone.now() + HOUR)

    make_public(second, timezone.now() + 2 * HOUR)

    assert Publication.objects.scheduled().get().revision == second
    between = timezone.now() + HOUR + MINUTE
    assert Publication.objects.published(between).get().revision.source == "Old."


def test_publishing_at_once_cancels_what_was_planned() -> None:
    guide = make_guide("a", "Old.")
    make_public(make_revision(guide, "Planned."), timezone.now() + HOUR)

    make_public(make_revision(guide, "Now."))

    assert not Publication.objects.scheduled().exists()
    assert Publication.objects.published().get().public_until is None


@pytest.mark.parametrize("plan", ["publish", "withdraw"])
def test_plans_can_be_cancelled(client: Client, plan: str) -> None:
    guide = make_guide("a", "Old words.")
    moment = timezone.now() + HOUR
    if plan == "publish":
        make_public(make_revision(guide, "New words."), moment)
    else:
        take_back(guide, at=moment)

    cancel_plans(article=guide, by=None)

    with at(moment + HOUR):
        assert "Old words." in client.get("/articles/a/").content.decode()
    assert Publication.objects.published().get().ending == Ending.OPEN


def test_a_person_names_no_moment_that_has_passed() -> None:
    user = make_user("Publisher")
    guide = make_guide("a")
    new = make_revision(guide, "New.")
    sign(new)

    with pytest.raises(ValidationError, match="has passed"):
        publish(revision=new, by=user, at=MOMENT)
    with pytest.raises(ValidationError, match="has passed"):
        take_back(guide, by=user, at=MOMENT)


def test_a_withdrawn_guide_is_gone_with_the_reason_and_the_way_on(
    client: Client,
) -> None:
    guide = make_guide("a", title="The guide")
    take_back(guide, reason="The operation is not done any more.")

    response = client.get("/articles/a/")

    page = response.content.decode()
    assert response.status_code == 410
    assert "“The guide” was withdrawn" in page
    assert "The operation is not done any more." in page
    assert 'href="/articles/"' in page
    assert client.get("/articles/a.md").status_code == 410
    assert "The guide" not in client.get("/articles/").content.decode()


def test_a_withdrawn_guide_may_stay_readable_under_a_notice(client: Client) -> None:
    guide = make_guide("a", "Old words.")
    take_back(guide, way=Ending.NOTICE, reason="See the new study, 2026")

    page = client.get("/articles/a/").content.decode()

    assert "This guide was withdrawn on" in page
    assert "See the new study, 2026</p>" in page
    assert "Old words." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "/articles/a/" not in client.get("/articles/").content.decode()


def test_no_link_on_a_text_under_the_notice_is_dead(client: Client) -> None:
    author = make_contributor("Ada Author")
    reviewer = make_contributor("Rob Reviewer", credential="MD")
    guide = make_guide("a", author=author, reviewer=reviewer)
    assert client.get("/articles/a/").content.decode().count('href="/people/') == 4

    take_back(guide, way=Ending.NOTICE)

    page = client.get("/articles/a/").content.decode()
    linked = set(re.findall(r'href="(/[^"#]*)"', page.split("<main", 1)[1]))
    assert [each for each in linked if client.get(each).status_code != 200] == []
    assert page.count("Ada Author") == page.count("Rob Reviewer, MD") == 2


def test_a_former_address_leads_to_the_text_under_the_notice(client: Client) -> None:
    guide = make_guide("a")
    rename_article(article=guide, slug="b", by=None)
    take_back(guide, way=Ending.NOTICE)

    response = client.get("/articles/a/")

    assert response.headers["Location"] == "/articles/b/"


def test_a_withdrawn_guide_leads_to_its_successor(client: Client) -> None:
    guide, other = make_guide("a"), make_guide("b")
    rename_article(article=guide, slug="c", by=None)
    take_back(guide, way=Ending.SUCCESSOR, successor=other)

    for old in ("a", "c"):
        assert client.get(f"/articles/{old}/").headers["Location"] == "/articles/b/"
        assert client.get(f"/articles/{old}.md").headers["Location"] == "/articles/b.md"


def test_a_successor_of_a_successor_is_led_to_in_one_step(client: Client) -> None:
    first, second, third = (make_guide(slug) for slug in "abc")
    take_back(first, way=Ending.SUCCESSOR, successor=second)
    take_back(second, way=Ending.SUCCESSOR, successor=third)

    assert client.get("/articles/a/").headers["Location"] == "/articles/c/"


def leads_to(client: Client, moment: datetime.datetime, slug: str) -> str | None:
    with at(moment):
        return client.get(f"/articles/{slug}/").headers.get("Location")


def test_a_planned_successor_takes_over_older_addresses_on_its_day(
    client: Client,
) -> None:
    first, second, third = (make_guide(slug) for slug in "abc")
    linking = make_guide("linking", "See [the first](article:a).")
    take_back(first, way=Ending.SUCCESSOR, successor=second)
    day = timezone.now() + HOUR

    take_back(second, way=Ending.SUCCESSOR, successor=third, at=day)

    assert leads_to(client, day - MINUTE, "a") == "/articles/b/"
    assert leads_to(client, day, "a") == "/articles/c/"
    with at(day - MINUTE):
        assert (
            'href="/articles/b/"'
            in client.get(linking.get_absolute_url()).content.decode()
        )
    with at(day):
        assert (
            'href="/articles/c/"'
            in client.get(linking.get_absolute_url()).content.decode()
        )


def test_older_addresses_stay_where_a_planned_successor_is_taken_back(
    client: Client,
) -> None:
    first, second, third = (make_guide(slug) for slug in "abc")
    take_back(first, way=Ending.SUCCESSOR, successor=second)
    day = timezone.now() + HOUR
    take_back(second, way=Ending.SUCCESSOR, successor=third, at=day)

    take_back(third)  # nothing that leads to the second is handed on before its day
    cancel_plans(article=second, by=None)

    assert leads_to(client, day + HOUR, "a") == "/articles/b/"


def test_older_addresses_follow_one_planned_successor_after_another(
    client: Client,
) -> None:
    guides = [make_guide(slug) for slug in "abcdef"]
    linking = make_guide("linking", "See [the first](article:a).")
    begin = timezone.now()
    for number, (guide, successor) in enumerate(pairwise(guides)):
        with at(begin + number * HOUR):
            day = begin + number * HOUR + MINUTE
            take_back(guide, way=Ending.SUCCESSOR, successor=successor, at=day)

    assert leads_to(client, begin + 9 * HOUR, "a") == "/articles/f/"
    with at(begin + 9 * HOUR):
        page = client.get(linking.get_absolute_url()).content.decode()
    assert '<a href="/articles/f/">the first</a>' in page


def test_the_oldest_address_follows_plans_that_all_came_due_untouched(
    client: Client,
) -> None:
    guides = [make_guide(slug) for slug in "abcdef"]
    begin = timezone.now()
    for number, (guide, successor) in enumerate(pairwise(guides), start=1):
        day = begin + number * HOUR
        take_back(guide, way=Ending.SUCCESSOR, successor=successor, at=day)

    assert leads_to(client, begin + 9 * HOUR, "a") == "/articles/f/"
    with at(begin + 9 * HOUR):
        assert client.get("/articles/a.md").headers["Location"] == "/articles/f.md"


def test_two_guides_are_not_planned_to_follow_each_other(client: Client) -> None:
    first, second = make_guide("a"), make_guide("b")
    day = timezone.now() + HOUR
    take_back(first, way=Ending.SUCCESSOR, successor=second, at=day)

    with pytest.raises(ValidationError, match="“Guide a” is itself planned to lead"):
        take_back(second, way=Ending.SUCCESSOR, successor=first, at=day)
    with pytest.raises(ValidationError, match="“Guide a” is itself planned to lead"):
        delete_article(article=second, replacement=first, by=None)

    assert leads_to(client, day, "a") == "/articles/b/"


def test_three_guides_that_are_planned_to_follow_each_other_are_gone(
    client: Client,
) -> None:
    first, second, third = (make_guide(slug) for slug in "abc")
    day = timezone.now() + HOUR
    take_back(first, way=Ending.SUCCESSOR, successor=second, at=day)
    take_back(second, way=Ending.SUCCESSOR, successor=third, at=day)
    take_back(third, way=Ending.SUCCESSOR, successor=first, at=day)

    assert answer(client, day, "/articles/a/") == 410


def withdrawn_first(second: Article, third: Article, day: datetime.datetime) -> None:
    take_back(second)


def withdrawn_before_the_day(second, third, day) -> None:
    take_back(second, at=day - MINUTE)


def withdrawn_after_the_day(second, third, day) -> None:
    take_back(second, at=day + MINUTE)


def led_on_before_the_day(second, third, day) -> None:
    take_back(second, way=Ending.SUCCESSOR, successor=third, at=day - MINUTE)


def led_on_and_public_again(second, third, day) -> None:
    take_back(second, way=Ending.SUCCESSOR, successor=third)
    make_public(second.latest_revision())
    take_back(second)


def not_withdrawn(second, third, day) -> None:
    pass


@pytest.mark.parametrize(
    ("become", "is_lost"),
    [
        (not_withdrawn, False),
        (withdrawn_first, True),
        (withdrawn_before_the_day, True),
        (withdrawn_after_the_day, False),
        (led_on_before_the_day, False),
        (led_on_and_public_again, False),  # the plan was handed on to the third
    ],
)
def test_a_plan_that_will_lead_nowhere_is_known_before_its_day(
    client: Client, become, is_lost: bool
) -> None:
    first, second, third = (make_guide(slug) for slug in "abc")
    day = timezone.now() + HOUR
    take_back(first, way=Ending.SUCCESSOR, successor=second, at=day)

    become(second, third, day)

    assert Publication.objects.published().leading_nowhere().exists() == is_lost
    assert standing_of(first).leads_nowhere == is_lost
    assert (leads_to(client, day, "a") is None) == is_lost
    with at(day):
        assert standing_of(first).leads_nowhere == is_lost


def test_older_addresses_outlive_the_guide_between(client: Client) -> None:
    first, second, third = (make_guide(slug) for slug in "abc")
    take_back(first, way=Ending.SUCCESSOR, successor=second)
    day = timezone.now() + HOUR
    take_back(second, way=Ending.SUCCESSOR, successor=third, at=day)

    with at(day + HOUR):
        delete_article(article=second, replacement=None, by=None)

    assert leads_to(client, day + HOUR, "a") == "/articles/c/"


def test_two_guides_that_followed_each_other_make_no_loop(client: Client) -> None:
    first, second = make_guide("a"), make_guide("b")
    take_back(first, way=Ending.SUCCESSOR, successor=second)
    make_public(first.latest_revision())
    take_back(second, way=Ending.SUCCESSOR, successor=first)

    assert client.get("/articles/a/").status_code == 200
    assert client.get("/articles/b/").headers["Location"] == "/articles/a/"
    take_back(first)
    assert client.get("/articles/b/").status_code == 410


def test_the_way_and_the_reason_can_be_mended_later(client: Client) -> None:
    guide, other = make_guide("a"), make_guide("b")
    take_back(guide, reason="Wrnog.")
    ended = guide.publications.get().public_until

    take_back(guide, way=Ending.SUCCESSOR, reason="Replaced.", successor=other)

    publication = guide.publications.begun().get()
    assert (publication.reason, publication.public_until) == ("Replaced.", ended)
    assert client.get("/articles/a/").headers["Location"] == "/articles/b/"


def test_a_withdrawn_guide_comes_back_with_a_new_publication(client: Client) -> None:
    guide = make_guide("a")
    take_back(guide)

    make_public(guide.latest_revision())

    assert client.get("/articles/a/").status_code == 200


@pytest.mark.parametrize("is_public", [True, False])
def test_without_its_successor_a_guide_is_gone_with_its_reason(
    client: Client, is_public: bool
) -> None:
    guide, other = make_guide("a"), make_guide("b")
    take_back(guide, way=Ending.SUCCESSOR, successor=other, reason="Replaced.")
    if not is_public:
        take_back(other)

    delete_article(article=other, replacement=None, by=None)

    assert client.get("/articles/a/").status_code == 410
    assert "Replaced." in client.get("/articles/a/").content.decode()


def test_the_demonstration_goes_though_a_guide_names_it_as_successor() -> None:
    own, made_up = make_guide("own"), make_guide("made-up", is_demo=True)
    take_back(own, way=Ending.SUCCESSOR, successor=made_up)

    remove_demo()

    assert own.publications.get().ending == Ending.GONE


REFUSED = {
    "no way": ({"way": ""}, "what the address answers"),
    "a way that is none": ({"way": "replaced"}, "what the address answers"),
    "no reason": ({"reason": " "}, "Give the reason"),
    "no successor": ({"way": Ending.SUCCESSOR}, "Name another public guide"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_withdrawal_is_refused_with(name: str) -> None:
    fields, message = REFUSED[name]
    guide = make_guide("a")

    with pytest.raises(ValidationError, match=message):
        take_back(guide, **fields)

    assert guide.publications.get().ending == Ending.OPEN


def test_a_successor_is_another_public_text_of_the_kind() -> None:
    guide, other = make_guide("a"), make_guide("b")
    page = make_guide("p", kind=Article.Kind.PAGE)

    for wrong in (guide, make_draft("d"), page):
        with pytest.raises(ValidationError, match="Name another public guide"):
            take_back(guide, way=Ending.SUCCESSOR, successor=wrong)
    with pytest.raises(ValidationError, match="only where the address leads on"):
        take_back(guide, successor=other)


def test_what_readers_never_saw_is_not_withdrawn() -> None:
    with pytest.raises(ValidationError, match="never seen"):
        take_back(make_draft("a"))


def test_a_revoked_text_does_not_become_readable_under_a_notice() -> None:
    guide = make_guide("a")
    revoke(sign_off=SignOff.objects.get(), reason="Wrong.", by=None)

    with pytest.raises(ValidationError, match="sign-off was revoked"):
        withdraw(article=guide, way=Ending.NOTICE, reason="Old.", by=None)


def test_readers_keep_what_a_revoked_plan_would_have_replaced() -> None:
    guide = make_guide("a", "Old.")
    new = make_revision(guide, "New.")
    make_public(new, timezone.now() + HOUR)

    revoke(sign_off=new.sign_offs.get(), reason="Wrong.", by=None)

    later = timezone.now() + 2 * HOUR
    assert Publication.objects.published(later).get().revision.source == "Old."


def test_a_revocation_leaves_the_plan_of_another_text() -> None:
    guide = make_draft("a", "Old.")
    old = guide.latest_revision()
    make_public(old, timezone.now() + 2 * HOUR)
    publish(revision=old, by=None)  # cancels that
    new = make_revision(guide, "New.")
    make_public(new, timezone.now() + HOUR)

    revoke(sign_off=old.sign_offs.get(), reason="Wrong.", by=None)

    assert Publication.objects.scheduled().get().revision == new


def test_a_correction_says_what_it_corrects() -> None:
    revision = make_draft("a").latest_revision()
    sign(revision)

    with pytest.raises(ValidationError, match="Say what was corrected"):
        publish(revision=revision, by=None, is_correction=True)


def test_readers_are_told_what_changed_and_what_was_a_correction(
    client: Client,
) -> None:
    guide = make_guide("a")
    make_public(
        make_revision(guide, "Two."),
        change_note="The dose was wrong.",
        is_correction=True,
    )
    make_public(make_revision(guide, "Three."), change_note="A new study.")
    make_public(make_revision(guide, "Four."))

    page = client.get("/articles/a/").content.decode()

    assert "What changed" in page
    assert page.index("A new study.") < page.index("The dose was wrong.")
    assert page.count("<strong>Correction.</strong>") == 1


def test_a_page_about_the_site_tells_its_past_like_a_guide(client: Client) -> None:
    page = make_guide("privacy", kind=Article.Kind.PAGE)
    newer = make_revision(page, "New words.")

    make_public(newer, change_note="We count no visits any more.", is_correction=True)
    told = client.get("/about/privacy/").content.decode()
    take_back(page, way=Ending.NOTICE)
    withdrawn = client.get("/about/privacy/").content.decode()

    assert "What changed" in told
    assert "<strong>Correction.</strong>" in told
    assert "We count no visits any more." in told
    assert "This page was withdrawn on" in withdrawn


def test_a_plan_that_was_cancelled_tells_readers_no_day_and_no_note(
    client: Client,
) -> None:
    revision = make_draft("a").latest_revision()
    planned = timezone.now() + HOUR
    make_public(revision, planned, change_note="Planned.")
    cancel_plans(article=revision.article, by=None)

    with at(planned + 48 * HOUR):
        publish(revision=revision, by=None)
        page = client.get("/articles/a/").content.decode()

    assert "Planned." not in page
    assert f'datetime="{timezone.localdate(planned)}"' not in page
    assert f'datetime="{timezone.localdate(planned + 48 * HOUR)}"' in page


def test_three_dates_stand_for_three_things(client: Client) -> None:
    guide = make_guide("a", reviewed_on=DAY)
    new = make_revision(guide, "New.", updated_on=DAY.replace(day=10))
    sign(new, on=DAY.replace(day=15))
    publish(revision=new, by=None)

    page = client.get("/articles/a/").content.decode()
    byline = page.partition('class="byline"')[2].partition("</dl>")[0]

    found = {
        name: byline.partition(f"<dt>{name}</dt>")[2].partition("<time ")[2][10:20]
        for name in ("Medically reviewed", "First published", "Updated")
    }
    assert found == {
        "Medically reviewed": "2026-11-15",
        "First published": "2026-11-02",
        "Updated": "2026-11-10",
    }
