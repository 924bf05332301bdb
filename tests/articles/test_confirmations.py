"""A confirmation of wording: what it rests on, what readers are told, and its end."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article, Publication, Revision, SignOff
from articles.publishing import NotPublishableError, publish
from articles.reviewing import revoke, send_for_review, sign_off
from articles.signed_text import compared_with_signed
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_reviewer,
    make_revision,
    sign,
    take_back,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db

PART = "The doses alone"


def confirm(revision: Revision, name: str = "Kim Known", **fields: object) -> SignOff:
    """Let somebody else confirm the wording, as the desk does."""
    send_for_review(revision=revision, by=None, words="A typo.", is_wording_only=True)
    asked = compared_with_signed(revision)
    values = {"on": DAY.replace(day=20), "rests_on": asked.rests_on, "by": None}
    reviewer = make_contributor(name, credential="DO")
    return sign_off(
        revision=revision, reviewer=reviewer, scope=asked.scope, **values | fields
    )


@pytest.fixture
def guide(db) -> Article:
    """Return a guide whose first text Rae reviewed, and Kim the second's wording."""
    guide = make_guide("a", "Some wrods.")
    confirm(make_revision(guide, "Some words."))
    return guide


def show(guide: Article) -> Revision:
    """Let readers see the newest text."""
    text = guide.latest_revision()
    publish(revision=text, by=None)
    return text


def test_readers_are_told_who_reviewed_and_who_confirmed(client: Client, guide) -> None:
    show(guide)

    page = words(read(client, "/articles/a/"))

    medical = "Medically reviewed Rae Reviewer, MD, November 2, 2026"
    alone = "the wording alone confirmed by Kim Known, DO , November 20, 2026"
    assert f"{medical} ; {alone} First published" in page
    reviewed = "Medically reviewed by Rae Reviewer, MD on November 2, 2026 . Conflicts"
    assert reviewed in page
    confirmed = "and was confirmed by Kim Known, DO on November 20, 2026 . Conflicts"
    assert f"Only the wording had changed, {confirmed}" in page
    kim = SignOff.objects.get(reviewer__name="Kim Known").reviewer
    person = words(read(client, kim.get_absolute_url()))
    assert "Reviewed November 20, 2026 (the wording alone)" in person


def test_a_confirmation_of_a_text_that_was_reviewed_in_part_says_so(
    client: Client, guide
) -> None:
    text = show(guide)
    SignOff.objects.filter(earlier_review=None).update(scope=PART)

    page = words(read(client, "/articles/a/"))

    medical = f"Medically reviewed Rae Reviewer, MD, November 2, 2026 ({PART});"
    assert f"{medical} the wording alone confirmed by Kim Known, DO" in page
    assert f"MD on November 2, 2026 . What was reviewed: {PART}." in page
    later = make_revision(guide, "Some words!")
    with pytest.raises(ValidationError, match="Only a part of the earlier text"):
        confirm(later)
    sign(text, on=DAY)
    page = words(read(client, "/articles/a/"))
    assert "Medically reviewed Rae Reviewer, MD , November 2, 2026" in page
    assert PART not in page


def test_a_page_of_a_person_says_that_a_part_was_reviewed(client: Client) -> None:
    text = make_draft("a").latest_revision()
    made = sign(text, scope=PART)
    publish(revision=text, by=None)

    page = words(read(client, made.reviewer.get_absolute_url()))

    assert f"Reviewed November 2, 2026 ({PART})" in page


@pytest.mark.parametrize("is_planned", [False, True], ids=["public", "planned"])
def test_with_a_review_go_the_confirmations_that_rest_on_it(
    client: Client, guide, is_planned: bool
) -> None:
    at = timezone.now() + datetime.timedelta(days=3) if is_planned else None
    text = guide.latest_revision()
    publish(revision=text, by=None, at=at)
    review = SignOff.objects.get(reviewer=make_reviewer())

    revoke(sign_off=review, reason="The dose is wrong.", by=None)

    assert client.get("/articles/a/").status_code == 410
    assert not Publication.objects.scheduled().exists()
    with pytest.raises(NotPublishableError, match="No clinician has signed off"):
        publish(revision=text, by=None)
    said = text.review_events.last()
    assert said.get_kind_display() == "Sign-off revoked"
    assert said.words == (
        "It rests on a sign-off of revision 1, which was taken back: The dose is wrong."
    )


def test_with_a_confirmation_go_later_ones_and_not_the_review(
    client: Client, guide
) -> None:
    first = SignOff.objects.get(reviewer__name="Kim Known")
    later = confirm(make_revision(guide, "Some words!"), "Lou Later")
    show(guide)

    revoke(sign_off=first, reason="It means something else.", by=None)

    assert client.get("/articles/a/").status_code == 410
    assert SignOff.objects.valid().get().reviewer == make_reviewer()
    later.refresh_from_db()
    assert later.is_revoked


def test_a_review_of_a_later_text_stays_where_an_older_one_is_taken_back(
    client: Client, guide
) -> None:
    text = show(guide)
    lou = make_contributor("Lou Later", credential="MD")
    sign(text, lou, on=DAY.replace(day=3))

    first = guide.revisions.get(number=1).sign_offs.get()
    revoke(sign_off=first, reason="The dose was wrong.", by=None)

    page = words(read(client, "/articles/a/"))
    assert "Medically reviewed Lou Later, MD" in page
    assert "the wording alone" not in page


@pytest.mark.parametrize("what", ["a part", "taken back", "of another guide"])
def test_a_confirmation_rests_on_nothing_else(guide, what: str) -> None:
    review = SignOff.objects.get(reviewer=make_reviewer())
    if what == "a part":
        review = sign(review.revision, scope=PART)
    elif what == "taken back":
        revoke(sign_off=review, reason="Wrong.", by=None)
    else:
        review = make_guide("b").current.sign_off
    text = make_revision(guide, "Some words!")

    with pytest.raises(ValidationError, match="No review of a whole earlier text"):
        sign(text, on=DAY.replace(day=20), rests_on=review)


def test_nobody_confirms_a_text_whose_author_is_its_reviewer(guide) -> None:
    text = make_revision(guide, "Some words!", author=make_reviewer())

    with pytest.raises(ValidationError, match="is the author of this one"):
        confirm(text, "Lou Later")


def test_a_planned_publication_tells_of_the_review_that_came_since(
    client: Client,
) -> None:
    text = make_draft("a").latest_revision()
    sign(text, scope=PART)
    at = timezone.now() + datetime.timedelta(days=3)
    publish(revision=text, by=None, at=at)

    whole = sign(text, make_contributor("Kim Known", credential="DO"))

    assert Publication.objects.get().sign_off == whole


def test_a_guide_with_a_confirmation_can_be_deleted(guide) -> None:
    show(guide)

    guide.delete()

    assert not SignOff.objects.exists()


def stored_before(guide: Article) -> None:
    """Take Rae's review back as it was done before: the confirmations stay."""
    review = guide.revisions.get(number=1).sign_offs.all()
    review.update(revoked_at=timezone.now(), revoked_because="The dose is wrong.")
    kim = SignOff.objects.filter(reviewer__name="Kim Known")
    kim.update(earlier_review=None, rests_on=None)
    SignOff.objects.filter(reviewer__name="Lou Later").update(
        earlier_review=kim.get(), rests_on=DAY.replace(day=20)
    )


@pytest.mark.parametrize("way", ["public", "chain", "notice", "planned", "ending"])
def test_what_was_stored_before_goes_with_a_review_that_was_taken_back(
    client: Client, guide, way: str
) -> None:
    later = timezone.now() + datetime.timedelta(days=3)
    if way == "chain":
        sign(guide.latest_revision(), make_contributor(credential="MD"), scope=PART)
        confirm(make_revision(guide, "Some words!"), "Lou Later")
    if way == "planned":
        sign(
            make_revision(guide, "Other words."), make_contributor("L", credential="MD")
        )
        show(guide)
        publish(revision=guide.revisions.get(number=2), by=None, at=later)
    else:
        show(guide)
    if way == "notice":
        take_back(guide, way=Publication.Ending.NOTICE, reason="It is old.")
    if way == "ending":
        take_back(guide, reason="It is old.", at=later)
    stored_before(guide)

    import_module(
        "articles.migrations.0034_no_confirmation_outlives_its_review"
    ).take_back(apps, None)

    page = client.get("/articles/a/")
    assert not Publication.objects.scheduled().exists()
    if way == "planned":
        assert page.status_code == 200
        assert guide.publications.published().get().public_until is None
        return
    assert page.status_code == 410
    old = {"notice": "It is old.", "ending": "It is old."}
    reason = old.get(way, "Its medical review was taken back.")
    said = words(page.content.decode())
    assert reason in said
    assert f"{later:%B %-d, %Y}" not in said
    assert guide.publications.begun().first().ending == Publication.Ending.GONE
    text = guide.latest_revision()
    assert not text.sign_offs.valid().exists()
    assert "was taken back: The dose is wrong." in text.review_events.last().words
    with pytest.raises(NotPublishableError, match="No clinician has signed off"):
        publish(revision=text, by=None)


def test_what_a_file_said_stays(client: Client, guide) -> None:
    show(guide)
    stored_before(guide)
    SignOff.objects.update(way=SignOff.Way.FILE)

    import_module(
        "articles.migrations.0034_no_confirmation_outlives_its_review"
    ).take_back(apps, None)

    assert client.get("/articles/a/").status_code == 200


def test_the_day_of_a_review_is_its_own(client: Client, guide) -> None:
    show(guide)
    letter = SignOff.objects.filter(reviewer=make_reviewer())
    letter.update(signed_on=DAY.replace(day=27))

    page = words(read(client, "/articles/a/"))

    assert "Medically reviewed Rae Reviewer, MD, November 27, 2026 ; the" in page
    assert "Medically reviewed by Rae Reviewer, MD on November 27, 2026" in page


def test_what_was_stored_before_rests_on_the_review_that_covers_most(guide) -> None:
    text = show(guide)
    whole = SignOff.objects.get(reviewer=make_reviewer())
    part = sign(whole.revision, on=DAY.replace(day=19), scope=PART)
    made = text.sign_offs.filter(earlier_review=whole)
    made.update(earlier_review=part, rests_on=part.signed_on)
    sign(text, on=DAY.replace(day=25), scope=PART)
    migration = import_module(
        "articles.migrations.0033_confirmations_name_their_review"
    )

    migration.name_reviews(apps, None)
    with connection.cursor() as cursor:
        cursor.execute(migration.TELL_THE_WIDEST)

    assert made.get().rests_on == whole.signed_on
    assert guide.current.sign_off == made.get()
    revoke(sign_off=whole, reason="Wrong.", by=None)
