"""From draft to sign-off and back: states, words, who, and what readers see."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.models import Article, Publication, ReviewEvent, Revision, SignOff
from articles.publishing import NotPublishableError, publish
from articles.restoring import restore
from articles.reviewing import (
    ask_for_changes,
    revoke,
    send_for_review,
    sign_off,
    signed_before,
)
from articles.signed_text import compared_with_signed
from articles.standing import standing_of
from articles.withdrawing import withdraw
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_reviewer,
    make_revision,
    make_user,
    sign,
    take_back,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db


def state_of(revision: Revision) -> str:
    return Revision.objects.with_state().get(pk=revision.pk).get_state_display()


def text() -> Revision:
    return make_draft("a").latest_revision()


def test_a_text_goes_from_draft_to_signed_off() -> None:
    revision = text()
    states = [state_of(revision)]

    send_for_review(revision=revision, by=None)
    states.append(state_of(revision))
    ask_for_changes(revision=revision, words="Name the dose.", by=None)
    states.append(state_of(revision))
    send_for_review(revision=revision, by=None)
    sign(revision)
    states.append(state_of(revision))

    assert states == ["Draft", "In review", "Changes asked for", "Signed off"]


def test_a_new_text_of_a_signed_one_is_a_draft_and_readers_keep_the_signed(
    client: Client,
) -> None:
    guide = make_guide("a", "Signed words.")

    new = make_revision(guide, "New words.")
    send_for_review(revision=new, by=None)

    assert state_of(new) == "In review"
    assert "Signed words." in client.get("/articles/a/").content.decode()


def test_every_step_says_who_and_when() -> None:
    user = make_user("Editor", username="edda")
    revision = text()

    send_for_review(revision=revision, by=user, words=" Please look. ")
    ask_for_changes(revision=revision, words="Mend it.", by=None, who="Dr Example")
    signed = sign(revision)

    events = list(revision.review_events.all())
    assert [(each.kind, each.who, each.words) for each in events] == [
        ("sent", "edda", "Please look."),
        ("changes-asked", "Dr Example", "Mend it."),
        ("signed-off", str(signed), ""),
    ]
    assert events[0].by == user
    assert all(each.at <= timezone.now() for each in events)


def test_a_step_without_the_words_it_needs_is_refused() -> None:
    revision = text()

    with pytest.raises(ValidationError, match="what should change"):
        ask_for_changes(revision=revision, words=" ", by=None)
    with pytest.raises(ValidationError, match="why the wording changed"):
        send_for_review(revision=revision, by=None, words=" ", is_wording_only=True)
    with pytest.raises(ValidationError, match="why the sign-off is taken back"):
        revoke(sign_off=sign(revision), reason=" ", by=None)


def test_only_the_wording_can_change_only_after_a_sign_off() -> None:
    guide = make_draft("a")
    first = guide.latest_revision()

    with pytest.raises(ValidationError, match="No earlier text was signed off"):
        send_for_review(revision=first, by=None, words="A typo.", is_wording_only=True)
    sign(first)
    second = make_revision(guide, "Some words!")
    send_for_review(revision=second, by=None, words="A typo.", is_wording_only=True)

    assert signed_before(second) == first
    assert state_of(second) == "In review"
    sign(second)
    with pytest.raises(ValidationError, match="ask for a review of all of it"):
        send_for_review(revision=second, by=None, words="Due.", is_wording_only=True)


def test_a_sign_off_keeps_the_credential_of_its_day() -> None:
    reviewer = make_reviewer()
    revision = text()
    sign(revision, reviewer)

    reviewer.credential = "MD, PhD"
    reviewer.save()

    assert str(SignOff.objects.get()) == "Rae Reviewer, MD"


def test_who_has_no_credential_signs_nothing() -> None:
    with pytest.raises(ValidationError, match="has no credential"):
        sign(text(), make_contributor("Nora Nobody"))


def test_nobody_signs_in_the_future() -> None:
    user = make_user("Medical reviewer")
    reviewer = make_contributor(credential="MD", user=user)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    revision = text()
    for by in (user, None):
        with pytest.raises(ValidationError, match="in the future"):
            sign(revision, reviewer, on=tomorrow, by=by)


def test_a_reviewer_without_account_can_sign_off() -> None:
    revision = text()

    made = sign_off(
        revision=revision,
        reviewer=make_reviewer(),
        on=DAY,
        by=None,
        way=SignOff.Way.LINK,
    )

    assert made.recorded_by is None
    assert made.reviewer.user is None
    assert state_of(revision) == "Signed off"


@pytest.mark.parametrize("who", ["the author", "the writer's own person", "the login"])
def test_nobody_signs_off_their_own_text(who: str) -> None:
    user = User.objects.create_superuser("root")
    person = make_contributor(credential="MD", user=user)
    by, reviewer, fields = {
        "the author": (None, person, {"author": person}),
        "the writer's own person": (None, person, {}),
        "the login": (user, make_reviewer(), {"author": person}),
    }[who]
    revision = make_draft("a", **fields).latest_revision()
    if who == "the writer's own person":
        Revision.objects.filter(pk=revision.pk).update(created_by=user)
        revision.refresh_from_db()

    with pytest.raises(ValidationError, match="Nobody signs off their own text"):
        sign(revision, reviewer, by=by)


def test_a_second_review_of_a_public_text_shows_its_day_at_once(client: Client) -> None:
    guide = make_guide("a")
    publisher = make_user("Publisher")
    Publication.objects.update(published_by=publisher)
    later = DAY.replace(day=20)

    sign(guide.latest_revision(), on=later)

    page = client.get("/articles/a/").content.decode()
    assert '<time datetime="2026-11-20">November 20, 2026</time>' in page
    assert guide.publications.count() == 2
    current = Publication.objects.published().get()
    assert current.sign_off.signed_on == later
    assert current.published_by == publisher


def test_an_older_review_that_is_recorded_late_takes_no_newer_one_from_readers(
    client: Client,
) -> None:
    guide = make_draft("a")
    other = make_contributor("Kim Known", credential="DO")
    letter = sign(guide.latest_revision(), other, on=DAY.replace(year=2025))
    text = make_revision(guide, "Other words.")
    make_public(text)

    wording = sign(text, other, on=DAY.replace(day=20), rests_on=letter)

    page = words(read(client, "/articles/a/"))
    assert "Medically reviewed Rae Reviewer, MD , November 2, 2026" in page
    assert "Kim Known" not in page
    assert text.sign_offs.valid().contains(wording)
    assert Publication.objects.count() == 1


def test_a_review_of_a_part_takes_that_of_the_whole_text_from_no_reader(
    client: Client, settings
) -> None:
    guide = make_guide("a", reviewed_on=DAY.replace(year=2025))
    text = guide.latest_revision()
    other = make_contributor("Kim Known", credential="DO")

    part = sign(text, other, on=DAY, scope="The doses alone")

    page = words(read(client, "/articles/a/"))
    assert "Medically reviewed Rae Reviewer, MD , November 2, 2025" in page
    assert "The doses alone" not in page
    assert "has been due for a new medical review since November 2, 2026" in page
    assert Article.objects.with_review_due().get().review_due_on == DAY
    settings.CONTENT_RULES_OFF = settings.CONTENT_RULES_OFF - {"fresh"}
    with pytest.raises(NotPublishableError, match="was due again"):
        publish(revision=text, by=None)
    assert text.sign_offs.valid().contains(part)
    sign(text, other, on=DAY)
    page = words(read(client, "/articles/a/"))
    assert "Medically reviewed Kim Known, DO , November 2, 2026" in page


def test_of_reviews_of_parts_readers_are_told_of_the_newest(client: Client) -> None:
    text = make_draft("a").latest_revision()
    sign(text, on=DAY, scope="The doses alone")
    publish(revision=text, by=None)

    sign(text, on=DAY.replace(day=20), scope="The table alone")

    page = read(client, "/articles/a/")
    assert page.count("The table alone") == 2
    assert "The doses alone" not in page


def test_a_confirmed_wording_rests_on_a_review_of_the_whole_text() -> None:
    guide = make_draft("a")
    first = guide.latest_revision()
    sign(first, on=DAY.replace(day=20), scope="The doses alone")
    second = make_revision(guide, "Some words!")
    typo = {"by": None, "words": "A typo.", "is_wording_only": True}

    with pytest.raises(ValidationError, match="Only a part of the earlier text"):
        send_for_review(revision=second, **typo)
    whole = sign(first, on=DAY)
    send_for_review(revision=second, **typo)

    asked = compared_with_signed(second)
    assert asked.is_wording_only
    assert asked.rests_on == whole
    revoke(sign_off=whole, reason="It was wrong.", by=None)
    sign(first, on=DAY, scope="The doses alone")
    assert not compared_with_signed(second).is_wording_only


def test_a_second_click_signs_nothing_twice_and_loses_no_remark() -> None:
    text = make_guide("a").latest_revision()

    again = sign(text)
    sign(text, words="Look at the table in spring.")
    ask_for_changes(revision=text, words="Too long.", by=None)
    sign(text)

    assert SignOff.objects.get() == again
    assert Publication.objects.count() == 1
    said = [event.words for event in text.review_events.all()]
    assert said == ["", "Look at the table in spring.", "Too long.", ""]


def test_a_second_review_keeps_a_planned_withdrawal() -> None:
    guide = make_guide("a")
    at = timezone.now() + datetime.timedelta(days=3)
    take_back(guide, at=at)

    sign(guide.latest_revision(), on=DAY.replace(day=20))

    current = Publication.objects.published().get()
    assert (current.public_until, current.reason) == (at, "It was wrong.")
    assert not Publication.objects.filter(ending=Publication.Ending.CANCELLED).exists()


def test_a_revoked_sign_off_takes_the_text_from_readers(client: Client) -> None:
    guide = make_guide("a", title="The guide")

    revoke(sign_off=SignOff.objects.get(), reason="A dose is wrong.", by=None)

    answer = client.get("/articles/a/")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "Its medical review was taken back." in page
    assert "Withdrawn on" in page
    assert "A dose is wrong." not in page
    assert state_of(guide.latest_revision()) == "Changes asked for"


def test_a_revocation_cancels_plans_and_closes_what_was_under_a_notice(
    client: Client,
) -> None:
    planned, noticed = make_draft("planned"), make_guide("noticed")
    make_public(planned.latest_revision(), timezone.now() + datetime.timedelta(hours=1))
    withdraw(
        article=noticed, way=Publication.Ending.NOTICE, reason="It is old.", by=None
    )
    before = client.get("/articles/noticed/").status_code

    for signed in SignOff.objects.all():
        revoke(sign_off=signed, reason="It was wrong.", by=None)

    assert before == 200
    answer = client.get("/articles/noticed/")
    assert answer.status_code == 410
    assert "Its medical review was taken back." in answer.text
    assert planned.publications.get().ending == Publication.Ending.CANCELLED
    assert not Publication.objects.scheduled().exists()


def test_a_signed_text_can_go_public_again_after_a_new_sign_off(client: Client) -> None:
    guide = make_guide("a")
    revoke(sign_off=SignOff.objects.get(), reason="A mistake of mine.", by=None)

    make_public(guide.latest_revision())

    assert client.get("/articles/a/").status_code == 200


def test_events_are_kept_with_the_text_and_go_with_it() -> None:
    revision = text()
    send_for_review(revision=revision, by=None)
    assert str(revision.review_events.get()) == "a #1: Sent for review"

    Article.objects.get().delete()

    assert not ReviewEvent.objects.exists()


def test_who_signed_twice_takes_both_back() -> None:
    guide = make_guide("a")
    revision = guide.latest_revision()
    sign(revision, on=DAY.replace(day=20))

    revoke(sign_off=revision.sign_offs.first(), reason="The dose is wrong.", by=None)

    assert not revision.sign_offs.valid().exists()
    assert state_of(revision) == "Changes asked for"


def test_who_takes_a_sign_off_back_leaves_that_of_another(client: Client) -> None:
    revision = make_guide("a").latest_revision()
    first = revision.sign_offs.get()
    sign(revision, make_contributor("Olga Other", credential="MD"))

    revoke(sign_off=first, reason="I cannot vouch for it.", by=None)

    assert client.get("/articles/a/").status_code == 200


def test_nobody_signs_their_own_words_that_another_restored() -> None:
    ada = make_user("Medical reviewer", "Editor", username="ada")
    mine = make_contributor("Ada", credential="MD", user=ada)
    guide = make_draft("a", "Ada's words.")
    Revision.objects.filter(article=guide).update(created_by=ada)
    make_revision(guide, "Other words.")
    restored = make_revision(guide, "Ada's words.")

    with pytest.raises(ValidationError, match="Nobody signs off their own text"):
        sign_off(revision=restored, reviewer=mine, on=DAY, by=ada)


def test_a_long_name_can_sign() -> None:
    longest = make_contributor("N" * 120, credential="C" * 120)

    sign_off(revision=text(), reviewer=longest, on=DAY, by=None)

    assert len(ReviewEvent.objects.get().who) == 200


def test_words_that_were_taken_back_are_under_every_number() -> None:
    guide = make_guide("a", "Take 5 mg.")
    first = guide.latest_revision()
    kept = make_guide("b", "Take 5 mg.").latest_revision()
    make_revision(guide, "Take 6 mg.")
    again = restore(revision=first, by=None)

    revoke(sign_off=sign(again), reason="The dose is wrong.", by=None)

    assert not guide.publications.published().exists()
    assert not first.sign_offs.valid().exists()
    assert first.review_events.last().words == "The dose is wrong."
    assert standing_of(guide).publishable is None
    assert kept.publications.published().exists()


def test_words_that_another_took_back_are_signed_again_under_every_number() -> None:
    guide = make_guide("a", "Take 5 mg.")
    first = guide.latest_revision()
    make_revision(guide, "Take 6 mg.")
    again = restore(revision=first, by=None)
    kim = make_contributor("Kim Known", credential="DO")

    revoke(sign_off=sign(again, kim), reason="The dose is wrong.", by=None)

    with pytest.raises(NotPublishableError, match="The dose is wrong"):
        publish(revision=first, by=None)


@pytest.mark.parametrize("scope", ["The doses alone", SignOff.WHOLE_TEXT])
def test_what_one_reviewer_took_back_is_published_only_once_signed_again(
    scope: str,
) -> None:
    text = make_draft("a").latest_revision()
    other = make_contributor("Kim Known", credential="DO")
    sign(text, other, scope=scope)
    revoke(sign_off=sign(text), reason="The dose is wrong.", by=None)

    with pytest.raises(NotPublishableError, match="The dose is wrong"):
        publish(revision=text, by=None)

    lou = make_contributor("Lou Later", credential="DO")
    sign(text, lou, on=DAY.replace(day=1), scope="The links alone")
    with pytest.raises(NotPublishableError, match="The dose is wrong"):
        publish(revision=text, by=None)

    sign(text, other, scope=scope)
    publish(revision=text, by=None)
    assert Publication.objects.published().get().sign_off.reviewer == other
