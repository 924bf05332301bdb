"""The steps of a text in the admin: offered to whom may, taken, refused with words."""

import datetime
import re
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.admin import steps
from articles.models import Article, Publication, Revision, SignOff
from articles.publishing import publish
from articles.reviewing import ask_for_changes, revoke, send_for_review
from articles.standing import Standing, standing_of
from tests.articles.by_link import words_of
from tests.articles.desk_form import change, form
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
from tests.reading import words as words_on

pytestmark = pytest.mark.django_db

LATER = (timezone.now() + datetime.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


def login(client: Client, *groups: str, credential: str = "MD") -> Client:
    user = make_user(*groups)
    make_contributor("Max Muster", credential=credential, user=user)
    client.force_login(user)
    return client


def step(article: Article, name: str) -> str:
    return reverse("admin:articles_article_step", args=[article.pk, name])


def desk(client: Client, article: Article) -> str:
    address = reverse("admin:articles_article_change", args=[article.pk])
    return client.get(address).content.decode()


def take(client: Client, article: Article, name: str, **values: object) -> str:
    """Take a step as a browser does, and return the page that follows."""
    sent = hidden_in(client.get(step(article, name))) | values
    return client.post(step(article, name), sent, follow=True).content.decode()


def hidden_in(page: HttpResponse) -> dict[str, object]:
    """Return what a step's page sends back of itself."""
    assert page.status_code == 200
    return {each.name: each.value() for each in page.context["form"].hidden_fields()}


def in_review(slug: str = "a", **fields: object) -> Article:
    article = make_draft(slug, **fields)
    send_for_review(revision=article.latest_revision(), by=None, words="Look, please.")
    return article


def planned() -> Article:
    article = make_guide("a")
    take_back(article, at=timezone.now() + datetime.timedelta(days=1))
    return article


def signed() -> Article:
    article = make_draft("a")
    sign(article.latest_revision())
    return article


def withdrawn() -> Article:
    article = make_guide("a")
    take_back(article)
    return article


# state of the guide -> group -> names of the steps that are offered
OFFERED = {
    "draft": (lambda: make_draft("a"), {"Editor": {"send"}}),
    "in review": (in_review, {"Medical reviewer": {"ask", "sign"}}),
    "signed": (
        signed,
        {"Medical reviewer": {"sign", "revoke"}, "Publisher": {"publish"}},
    ),
    "public": (
        lambda: make_guide("a"),
        {"Medical reviewer": {"sign", "revoke"}, "Publisher": {"withdraw"}},
    ),
    "planned": (
        planned,
        {"Medical reviewer": {"sign", "revoke"}, "Publisher": {"withdraw", "cancel"}},
    ),
    "withdrawn": (
        withdrawn,
        {
            "Medical reviewer": {"sign", "revoke"},
            "Publisher": {"withdraw", "publish"},
        },
    ),
}
NAMES = {"send", "ask", "confirm", "sign", "publish", "withdraw", "cancel", "revoke"}


@pytest.mark.parametrize("state", OFFERED)
@pytest.mark.parametrize("group", ["Editor", "Medical reviewer", "Publisher"])
def test_a_step_is_offered_to_whom_may_take_it(
    client: Client, state: str, group: str
) -> None:
    make, offered = OFFERED[state]
    article = make()

    page = desk(login(client, group), article)

    shown = {name for name in NAMES if f'href="{step(article, name)}"' in page}
    assert shown == offered.get(group, set())


def stored_again() -> Article:
    article = make_guide("a")
    make_revision(article, "Other words.")
    return article


def planned_to_be_public() -> Article:
    article = make_draft("a")
    later = timezone.now() + datetime.timedelta(days=1)
    make_public(article.latest_revision(), at=later)
    return article


def given_back() -> Article:
    article = in_review()
    ask_for_changes(revision=article.latest_revision(), words="Shorter.", by=None)
    return article


def signed_and_given_back() -> Article:
    article = signed()
    ask_for_changes(revision=article.latest_revision(), words="Shorter.", by=None)
    return article


# state of the guide -> group -> name of the step that stands out
NEXT = {
    "draft": (lambda: make_draft("a"), {"Editor": "send"}),
    "a page": (
        lambda: make_draft("a", kind="page"),
        {"Publisher": "publish"},
    ),
    "a public page": (lambda: make_guide("a", kind="page"), {}),
    "in review": (in_review, {"Medical reviewer": "sign"}),
    "given back": (given_back, {}),
    "signed": (signed, {"Publisher": "publish"}),
    "signed and given back": (signed_and_given_back, {}),
    "public": (lambda: make_guide("a"), {}),
    "stored again": (stored_again, {"Editor": "send"}),
    "planned": (planned_to_be_public, {}),
    "withdrawn": (withdrawn, {}),
}


@pytest.mark.parametrize("state", NEXT)
@pytest.mark.parametrize("group", ["Editor", "Medical reviewer", "Publisher"])
def test_the_step_that_the_text_waits_for_stands_out(
    client: Client, state: str, group: str
) -> None:
    make, by_group = NEXT[state]
    article = make()
    login(client, group)

    page = desk(client, article)

    prominent = re.findall(r'<a class="button default" href="([^"]+)"', page)
    expected = [step(article, by_group[group])] if group in by_group else []
    assert prominent == expected


def test_of_two_steps_of_review_the_shorter_one_stands_out(client: Client) -> None:
    article = make_guide("a", "These are some words.")
    text = make_revision(article, "Those are some words.")
    send_for_review(revision=text, by=None, words="A word.", is_wording_only=True)
    login(client, "Medical reviewer")

    page = desk(client, article)

    assert f'class="button default" href="{step(article, "confirm")}"' in page
    assert f'class="button" href="{step(article, "sign")}"' in page


def test_what_takes_something_back_does_not_stand_out(client: Client) -> None:
    article = planned()
    login(client, "Publisher", "Medical reviewer")

    page = desk(client, article)

    for name in ("withdraw", "cancel", "revoke"):
        assert f'class="button button--back" href="{step(article, name)}"' in page


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_step_is_closed_to_those_who_may_not(client: Client, name: str) -> None:
    article = make_guide("a")
    client.force_login(make_user("Directory manager"))

    assert client.get(step(article, name)).status_code == 403
    assert client.post(step(article, name), {"number": 1}).status_code == 403


def test_the_guide_for_editors_names_each_step_and_who_may_take_it() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "editors.md").read_text()
    table = page.split("| Step | Who | What it does |", 1)[1].split("\n\n", 1)[0]
    rows = re.findall(r"^\| ([A-Z][^|]+) \| ([^|]+) \|", table, re.MULTILINE)

    taught = {label: who.capitalize() for label, who in rows if label != "Save draft"}

    assert list(taught) == [one.label for one in steps.STEPS.values()]
    for one in steps.STEPS.values():
        assert one.is_open_to(make_user(taught[one.label])), one.label


def test_an_unknown_step_or_guide_is_not_found(client: Client) -> None:
    article = make_guide("a")
    login(client, "Editor-in-chief")

    assert client.get(step(article, "fly")).status_code == 404
    article.pk += 1000
    assert client.get(step(article, "publish")).status_code == 404


def test_a_guide_lives_from_draft_to_withdrawn(client: Client) -> None:
    article = make_draft("a", "Words.", title="The guide")

    editor = login(client, "Editor")
    assert "Sent for review." in take(editor, article, "send", words="Please look.")
    reviewer = login(client, "Medical reviewer")
    asked = take(reviewer, article, "ask", words="Name the dose.")
    assert "Given back" in asked
    send_for_review(revision=article.latest_revision(), by=None)
    done = take(reviewer, article, "sign", scope="All of it", words="", has_read="on")
    assert "Signed off." in done
    publisher = login(client, "Publisher")
    assert "Published." in take(publisher, article, "publish", at="", change_note="")
    page = client.get("/articles/a/").content.decode()
    assert "Max Muster, MD" in page
    gone = take(
        publisher, article, "withdraw", way="gone", reason="Old.", successor="", at=""
    )
    assert "Withdrawn." in gone
    assert client.get("/articles/a/").status_code == 410


def test_the_history_tells_all_of_it(client: Client) -> None:
    article = in_review()
    sign(article.latest_revision())
    make_public(article.latest_revision())
    take_back(article, reason="It was out of date.")

    page = desk(login(client, "Editor"), article)

    for words in (
        "Sent for review",
        "Look, please.",
        "Signed off, Rae Reviewer, MD",
        "It was out of date.",
        "Where it stands",
    ):
        assert words in page


def test_what_a_text_was_given_back_with_stands_where_it_stands(client: Client) -> None:
    article = in_review()
    editor = login(client, "Editor")
    ask_for_changes(
        revision=article.latest_revision(), words="Halve\nthe dose.", by=None, who="Rae"
    )

    page = desk(editor, article)
    standing = page.partition("article_form")[0]
    assert "Halve<br>the dose." in standing
    assert "Rae" in standing
    # above all of it stands what the guide is called, and not its address
    assert "<h2>Guide a</h2>" in page

    send_for_review(revision=article.latest_revision(), by=None)
    assert "the dose" not in desk(editor, article).partition("article_form")[0]


def test_a_text_stored_meanwhile_is_not_signed_unseen(client: Client) -> None:
    article = in_review()
    reviewer = login(client, "Medical reviewer")
    make_revision(article, "Other words.")
    send_for_review(revision=article.latest_revision(), by=None)

    answer = reviewer.post(
        step(article, "sign"), {"number": 1, "scope": "All", "has_read": "on"}
    )

    assert "Another text was stored meanwhile." in answer.content.decode()
    assert not SignOff.objects.exists()


def test_a_step_that_was_taken_meanwhile_says_so(client: Client) -> None:
    article = in_review()
    reviewer = login(client, "Medical reviewer")
    sign(article.latest_revision())

    answer = reviewer.post(step(article, "ask"), {"number": 1, "words": "Mend it."})
    page = reviewer.get(step(article, "ask"), follow=True).content.decode()

    assert "This is not the next step here any more." in answer.content.decode()
    assert "Mend it." in answer.content.decode()
    assert "is not the next step here." in page


def test_what_another_published_meanwhile_is_not_called_another_text(
    client: Client,
) -> None:
    article = signed()
    publisher = login(client, "Publisher")
    make_public(article.latest_revision())

    answer = publisher.post(
        step(article, "publish"), {"number": 1, "change_note": "New study."}
    )

    page = answer.content.decode()
    assert "This is not the next step here any more." in page
    assert "Another text was stored meanwhile" not in page
    assert "New study." in page


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("publish", {"change_note": "New study."}),
        ("withdraw", {"way": "gone", "reason": "Another one. New study."}),
        ("cancel", {}),
    ],
)
def test_what_was_decided_meanwhile_is_not_undone_unseen(
    client: Client, name: str, typed: dict[str, str]
) -> None:
    article = planned()
    sign(make_revision(article, "Other words."))
    address = step(article, name)
    publisher = login(client, "Publisher")
    opened = publisher.get(address)
    later = timezone.now() + datetime.timedelta(days=3)
    take_back(article, at=later, reason="The dose is wrong.")
    decided = [*Publication.objects.values("ending", "reason", "public_until")]

    refused = publisher.post(address, hidden_in(opened) | typed)

    page = refused.content.decode()
    assert "What readers see, or will see, was changed meanwhile." in page
    assert f"Planned: withdrawn from {later:%B} {later.day}" in words_of(refused)
    assert "Reason: The dose is wrong." in page
    assert all(words in page for words in typed.values())
    assert decided == [*Publication.objects.values(*decided[0])]
    after = publisher.post(address, hidden_in(refused) | typed, follow=True)
    assert after.redirect_chain
    assert decided != [*Publication.objects.values(*decided[0])]


def test_who_publishes_what_was_withdrawn_reads_why_it_was(client: Client) -> None:
    article = withdrawn()
    publisher = login(client, "Publisher")
    opened = publisher.get(step(article, "publish"))
    [last] = article.publications.all()

    page = words_of(opened)
    assert f"Withdrawn on {last.public_until:%B} {last.public_until.day}" in page
    assert f"Reason: {last.reason}" in page
    assert "Planned" not in page


def test_a_login_without_a_name_signs_nothing(client: Client) -> None:
    client.force_login(make_user("Medical reviewer"))
    article = in_review()

    page = take(client, article, "sign", scope="All", has_read="on", words="Good.")

    assert "Your login is not linked to a contributor yet" in page
    assert "Good." in page
    assert not SignOff.objects.exists()


def test_the_chief_records_what_another_signed_on_paper(client: Client) -> None:
    article = in_review()
    chief = login(client, "Editor-in-chief")
    letter = {"scope": "All", "has_read": "on", "reviewer": make_reviewer().pk}

    refused = take(chief, article, "sign", **letter, signed_on="")
    taken = take(chief, article, "sign", **letter, signed_on="2026-11-02")

    assert "Say on which day it was reviewed." in refused
    assert "Signed off." in taken
    made = SignOff.objects.get()
    assert (str(made), made.signed_on) == ("Rae Reviewer, MD", DAY)
    assert made.recorded_by.groups.get().name == "Editor-in-chief"


def test_a_review_of_a_part_is_kept_and_says_what_readers_are_told_of(
    client: Client,
) -> None:
    article = make_guide("a")
    reviewer = login(client, "Medical reviewer")

    part = take(reviewer, article, "sign", scope="The doses alone", has_read="on")
    whole = take(reviewer, article, "sign", scope="", has_read="on")

    assert (
        "Readers are told of the review by Rae Reviewer, MD on November 2, 2026, "
        "which covers more or is newer." in part
    )
    assert "Readers see this review now." in whole
    scopes = SignOff.objects.order_by("pk").values_list("scope", flat=True)
    assert list(scopes)[1:] == ["The doses alone", SignOff.WHOLE_TEXT]


def test_the_desk_says_what_was_reviewed_where_that_is_a_part(client: Client) -> None:
    article = make_draft("a")
    sign(article.latest_revision(), scope="The doses alone")
    publisher = login(client, "Publisher")
    before = words_on(publisher.get(step(article, "publish")).content.decode())
    assert "Only a part of it was reviewed , by Rae Reviewer, MD: “The doses " in before
    publish(revision=article.latest_revision(), by=None)

    page = words_on(desk(login(client, "Editor"), article))

    assert "Rae Reviewer, MD on November 2, 2026 (The doses alone)." in page
    assert f"since {article.current.public_from:%B %-d, %Y, %H:%M} UTC" in page


def test_a_reviewer_is_offered_no_other_name(client: Client) -> None:
    article = in_review()
    other = make_reviewer()
    reviewer = login(client, "Medical reviewer")

    page = reviewer.get(step(article, "sign")).content.decode()
    take(reviewer, article, "sign", scope="All", has_read="on", reviewer=other.pk)

    assert 'name="reviewer"' not in page
    assert str(SignOff.objects.get()) == "Max Muster, MD"


def test_nobody_is_offered_to_sign_what_they_stored(client: Client) -> None:
    login(client, "Editor-in-chief")
    article = in_review()
    user = make_user("Editor-in-chief")
    Revision.objects.update(created_by=user)
    client.force_login(user)

    assert step(article, "sign") not in desk(client, article)


def test_a_change_of_wording_is_confirmed_in_one_step(client: Client) -> None:
    article = make_guide("a", "The knee heels.\n\nIt takes weeks.")
    editor = login(client, "Editor")
    make_revision(article, "The knee heals.\n\nIt takes weeks.")
    take(editor, article, "send", words="A typo.", is_wording_only="on")
    before = client.get("/articles/a/").content.decode()

    reviewer = login(client, "Medical reviewer")
    page = reviewer.get(step(article, "confirm")).content.decode()
    done = take(reviewer, article, "confirm")

    assert "heels" in before
    # no colour is heard
    assert "[removed: </span>heels.<" in page
    assert "[added: </span>heals.<" in page
    assert "Why the wording changed" in page
    assert "A typo." in page
    assert "Confirmed." in done
    made = SignOff.objects.order_by("-pk")[0]
    assert made.scope.startswith("Wording, compared")
    assert made.reviewed_on == article.current.sign_off.reviewed_on


def test_a_wording_is_confirmed_against_the_text_on_the_page(client: Client) -> None:
    article = make_guide("a", "The knee heels.")
    between = make_revision(article, "The knee heels in a day.")
    text = make_revision(article, "The knee heals in a day.")
    sign(between)
    send_for_review(revision=text, by=None, words="A typo.", is_wording_only=True)
    reviewer = login(client, "Medical reviewer")
    sent = hidden_in(reviewer.get(step(article, "confirm")))
    revoke(sign_off=between.sign_offs.get(), reason="It takes weeks.", by=None)

    page = reviewer.post(step(article, "confirm"), sent)

    assert "This text is compared with another one now." in page.content.decode()
    assert not text.sign_offs.exists()
    assert "Confirmed." in take(reviewer, article, "confirm")


def test_a_wording_is_confirmed_only_by_somebody_with_a_name(client: Client) -> None:
    article = make_guide("a")
    revision = make_revision(article, "Some words!")
    send_for_review(revision=revision, by=None, words="A typo.", is_wording_only=True)
    client.force_login(make_user("Medical reviewer"))

    page = take(client, article, "confirm")

    assert "Your login is not linked to a contributor yet." in page
    assert not revision.sign_offs.exists()


def test_a_wording_without_a_reason_is_not_sent(client: Client) -> None:
    article = make_guide("a")
    make_revision(article, "Some words!")
    editor = login(client, "Editor")

    page = take(editor, article, "send", words="", is_wording_only="on")

    assert "Say why the wording changed: the reviewer is told." in page


def test_a_reviewer_sees_that_no_word_differs(client: Client) -> None:
    article = make_guide("a")
    send_for_review(revision=make_revision(article), by=None)

    page = login(client, "Medical reviewer").get(step(article, "sign"))

    assert "No word differs." in page.content.decode()


@pytest.mark.usefixtures("content_rules")
def test_who_sends_or_signs_hears_that_the_checks_keep_the_text(client: Client) -> None:
    article = make_draft("a", "Words.")

    sent = take(login(client, "Editor"), article, "send")
    signed_off = take(
        login(client, "Medical reviewer"),
        article,
        "sign",
        scope="All of it",
        has_read="on",
    )

    held = "The checks keep this text from readers"
    assert f"Sent for review. {held}" in sent
    assert f"Signed off. {held}" in signed_off
    assert "can make it public now" not in signed_off


def test_words_about_a_text_that_was_replaced_can_be_sent_after_a_look(
    client: Client,
) -> None:
    article = in_review()
    newer = make_revision(article, "Newer.")
    send_for_review(revision=newer, by=None)
    reviewer = login(client, "Medical reviewer")
    sent = {"number": 1, "words": "Say where the weeks come from."}

    refused = reviewer.post(step(article, "ask"), sent)
    again = refused.context["form"]["number"].value()
    page = reviewer.post(step(article, "ask"), sent | {"number": again}, follow=True)

    assert "Another text was stored meanwhile." in refused.content.decode()
    assert "Say where the weeks come from." in refused.content.decode()
    assert "Given back to the editors with your words." in page.content.decode()
    assert newer.review_events.last().words == "Say where the weeks come from."


def test_whoever_read_the_text_before_has_not_read_the_new_one(client: Client) -> None:
    article = in_review()
    send_for_review(revision=make_revision(article, "Newer."), by=None)
    reviewer = login(client, "Medical reviewer")
    sent = {"number": 1, "scope": "Parts", "words": "Good.", "has_read": "on"}

    form = reviewer.post(step(article, "sign"), sent).context["form"]

    assert not form["has_read"].value()
    assert form["words"].value() == "Good."


def test_the_sign_off_of_a_planned_text_is_taken_back_and_the_public_text_stays(
    client: Client,
) -> None:
    article = make_guide("a", "Old.")
    new = make_revision(article, "New.")
    make_public(new, timezone.now() + datetime.timedelta(days=2))
    reviewer = login(client, "Medical reviewer")

    asked = page_of(reviewer, article, "revoke")
    take(reviewer, article, "revoke", reason="Wrong.", sign_off=new.sign_offs.get().pk)

    assert "Revision 1, which readers see, signed by Rae Reviewer, MD" in asked
    assert "Revision 2, which is planned, signed by Rae Reviewer, MD" in asked
    assert article.current.revision.number == 1
    assert not Publication.objects.scheduled().exists()
    assert not new.sign_offs.valid().exists()


def test_the_sign_off_of_a_text_before_the_newest_draft_is_taken_back(
    client: Client,
) -> None:
    article = make_guide("a", "Old.")
    signed_text = make_revision(article, "Signed.")
    sign(signed_text)
    make_revision(article, "Draft.")
    reviewer = login(client, "Medical reviewer")

    given = signed_text.sign_offs.get()
    take(reviewer, article, "revoke", reason="Wrong.", sign_off=given.pk)

    assert article.current.revision.number == 1
    assert not signed_text.sign_offs.valid().exists()


def test_a_review_is_taken_back_though_another_confirmed_a_later_wording(
    client: Client,
) -> None:
    article = make_guide("a", "Five grams.")
    review = article.current.sign_off
    text = make_revision(article, "5 grams.")
    kim = make_contributor("Kim Known", credential="DO")
    sign(text, kim, timezone.localdate(), rests_on=review)
    publish(revision=text, by=None)
    reviewer = login(client, "Medical reviewer")

    asked = page_of(reviewer, article, "revoke")
    take(reviewer, article, "revoke", reason="Milligrams.", sign_off=review.pk)

    assert "Revision 2, which readers see, signed by Kim Known, DO" in asked
    rests = "Revision 1, on which revision 2 rests, signed by Rae Reviewer, MD"
    assert rests in asked
    assert client.get("/articles/a/").status_code == 410
    assert not SignOff.objects.valid().exists()


def test_a_text_that_was_taken_back_does_not_wait_to_be_published(
    client: Client,
) -> None:
    article = signed()
    text = article.latest_revision()
    kim = sign(text, make_contributor("Kim Known", credential="DO"))
    revoke(sign_off=kim, reason="The dose is wrong.", by=None)
    publisher = login(client, "Publisher")

    page = desk(publisher, article)

    assert "The dose is wrong." in page
    assert 'class="button default"' not in page
    refused = take(publisher, article, "publish", at="")
    assert "A sign-off of this text was taken back" in refused
    assert not Publication.objects.published().exists()


def test_the_page_names_the_one_sign_off_that_is_taken_back(client: Client) -> None:
    article = make_guide("a", "Old.")
    reviewer = login(client, "Medical reviewer")

    page = page_of(reviewer, article, "revoke")

    assert "Revision 1, which readers see, signed by Rae Reviewer, MD" in page
    assert re.search(r'<input type="radio" name="sign_off"[^>]+ checked', page)


def test_which_sign_off_is_taken_back_has_to_be_said(client: Client) -> None:
    article = make_guide("a", "Old.")
    sign(make_revision(article, "Signed."))
    reviewer = login(client, "Medical reviewer")

    page = take(reviewer, article, "revoke", reason="Wrong.")

    assert "This field is required." in page
    assert "Wrong." in page
    assert SignOff.objects.valid().count() == 2


def page_of(client: Client, article: Article, name: str) -> str:
    return " ".join(client.get(step(article, name)).content.decode().split())


def test_a_step_says_what_becomes_of_a_planned_publication(client: Client) -> None:
    article = make_guide("a", "Old.")
    moment = timezone.now() + datetime.timedelta(days=2)
    make_public(make_revision(article, "Planned."), moment)
    sign(make_revision(article, "Newer."))
    publisher = login(client, "Publisher")

    told = f"revision 2 becomes public on {moment:%B %-d, %Y, %H:%M} UTC."

    for name, fate in {
        "publish": "Publishing takes this plan back.",
        "withdraw": "Withdrawing takes this plan back.",
        "cancel": "",
    }.items():
        assert f"{told} {fate}".strip() in page_of(publisher, article, name)


def test_a_step_says_what_becomes_of_a_planned_withdrawal(client: Client) -> None:
    article = planned()
    sign(make_revision(article, "Newer."))
    publisher = login(client, "Publisher")

    told = "The address says that the guide was withdrawn, and why."

    for name, fate in {
        "publish": "Publishing before that moment takes this plan back",
        "withdraw": "This withdrawal takes its place.",
        "cancel": "",
    }.items():
        assert f"{told} {fate}".strip() in page_of(publisher, article, name)


@pytest.mark.parametrize("name", ["withdraw", "revoke", "delete"])
def test_who_takes_a_guide_away_is_told_what_leads_to_it(
    client: Client, name: str
) -> None:
    article, former, coming = (make_guide(slug) for slug in "abc")
    moment = timezone.now() + datetime.timedelta(days=2)
    to_it = {"way": Publication.Ending.SUCCESSOR, "successor": article}
    take_back(former, **to_it)
    take_back(coming, at=moment, **to_it)
    chief = login(client, "Editor-in-chief")
    delete = reverse("admin:articles_article_delete", args=[article.pk])

    page = chief.get(delete if name == "delete" else step(article, name))

    told = page.content.decode()
    assert f"“Guide b” leads here since {timezone.now():%B %-d, %Y}" in told
    assert f"“Guide c” leads here from {moment:%B %-d, %Y, %H:%M} UTC." in told


def test_a_plan_that_lost_its_successor_is_told_on_the_desk(client: Client) -> None:
    article, coming = make_guide("a"), make_guide("b")
    moment = timezone.now() + datetime.timedelta(days=2)
    take_back(coming, way=Publication.Ending.SUCCESSOR, successor=article, at=moment)
    publisher = login(client, "Publisher")
    index = reverse("admin:index")
    lost = "Readers cannot open that guide then: they will be told that this one is"
    waits = "and readers cannot open its successor then"
    assert lost not in desk(publisher, coming)
    assert waits not in publisher.get(index).content.decode()

    told = take(publisher, article, "withdraw", way="gone", reason="It was wrong.")

    assert f"“Guide b” leads here from {moment:%B %-d, %Y, %H:%M} UTC." in told
    assert "That needs another successor." in told
    assert lost in desk(publisher, coming)
    assert waits in publisher.get(index).content.decode()


def test_what_leads_to_a_guide_that_leads_on_is_not_lost(client: Client) -> None:
    article, coming, third = (make_guide(slug) for slug in "abc")
    moment = timezone.now() + datetime.timedelta(days=2)
    way = Publication.Ending.SUCCESSOR
    take_back(coming, way=way, successor=article, at=moment)
    publisher = login(client, "Publisher")

    told = take(
        publisher, article, "withdraw", way=way, reason="Merged.", successor=third.pk
    )

    assert "Withdrawn." in told
    assert "Guide b" not in told
    assert "cannot open that guide" not in desk(publisher, coming)


def test_what_is_not_cancelled_is_not_named_beside_the_plan(client: Client) -> None:
    article = planned()
    make_revision(article, "Newer.")
    publisher = login(client, "Publisher")

    assert "revision 2" not in page_of(publisher, article, "cancel")


def test_a_publication_can_be_planned_and_the_plan_cancelled(client: Client) -> None:
    article = signed()
    publisher = login(client, "Publisher")

    told = take(publisher, article, "publish", at=LATER, change_note="")
    waiting = desk(publisher, article)
    cancelled = take(publisher, article, "cancel")

    assert re.search(r"Planned: readers see this text from \S+ \S+ UTC\.", told)
    assert re.search(r"becomes public on [^.]* UTC\.", waiting)
    assert "Cancelled." in cancelled
    assert not Publication.objects.scheduled().exists()


def test_a_withdrawal_can_be_planned(client: Client) -> None:
    article = make_guide("a")
    publisher = login(client, "Publisher")

    told = take(publisher, article, "withdraw", way="notice", reason="Old.", at=LATER)

    assert re.search(r"Planned: withdrawn from \S+ \S+ UTC\.", told)
    assert client.get("/articles/a/").status_code == 200
    assert "Reason: Old." in desk(publisher, article)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("cancel", {}),
        ("publish", {"at": "", "change_note": ""}),
        ("withdraw", {"way": "gone", "reason": "Older.", "at": ""}),
        ("revoke", {"reason": "A wrong dose."}),
    ],
)
def test_a_planned_withdrawal_that_is_taken_back_stays_in_the_history(
    client: Client, name: str, values: dict[str, object]
) -> None:
    article = make_guide("a")
    take_back(article, way="notice", reason="Old.", at=parse_datetime(f"{LATER}Z"))
    sign(make_revision(article, "Newer."))
    chief = login(client, "Editor-in-chief", "Medical reviewer", "Publisher")
    before = desk(chief, article)
    if name == "revoke":
        values = values | {"sign_off": str(article.current.sign_off_id)}

    take(chief, article, name, **values)

    after = desk(chief, article)
    assert "taken back" not in before
    assert "(Old.), planned by the command line; taken back on" in after


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("withdraw", {"way": "notice", "reason": "The second reason."}),
        ("revoke", {"reason": "A wrong dose."}),
    ],
)
def test_the_reason_of_a_withdrawal_that_is_decided_anew_stays_in_the_history(
    client: Client, name: str, values: dict[str, object]
) -> None:
    article = make_guide("a")
    chief = login(client, "Editor-in-chief", "Medical reviewer", "Publisher")
    first = {"way": "notice", "reason": "The first reason.", "successor": "", "at": ""}
    take(chief, article, "withdraw", **first)
    before = desk(chief, article)

    take(chief, article, name, **values)

    after = desk(chief, article)
    assert "decided anew" not in before
    assert "(The first reason.), decided by" in after
    assert "; decided anew on" in after
    assert "To be withdrawn" not in after
    readers = client.get("/articles/a/").content.decode()
    assert "The first reason." not in readers


def test_a_reason_that_is_too_long_is_not_cut_off(client: Client) -> None:
    article = make_guide("a")
    publisher = login(client, "Publisher")
    long = "Word " * 100 + "end"

    page = publisher.get(step(article, "withdraw")).content.decode()
    answer = take(publisher, article, "withdraw", way="gone", reason=long)

    assert "maxlength" not in page
    assert "at most 300 characters (it has 503)" in answer
    assert f"{long}</textarea>" in answer
    assert Article.objects.published().exists()


def test_a_moment_that_has_passed_is_refused_and_nothing_is_lost(
    client: Client,
) -> None:
    article = signed()
    publisher = login(client, "Publisher")

    page = take(
        publisher, article, "publish", at="2020-01-01T10:00", change_note="New study."
    )

    assert "That moment has passed" in page
    assert "New study." in page
    assert not Publication.objects.exists()


def test_the_signed_text_is_published_though_a_newer_draft_is_there(
    client: Client,
) -> None:
    article = signed()
    make_revision(article, "Half a sentence")
    publisher = login(client, "Publisher")

    take(publisher, article, "publish", at="", change_note="")

    assert "Some words." in client.get("/articles/a/").content.decode()


def test_a_sign_off_is_taken_back_with_words_for_the_editors(client: Client) -> None:
    article = make_guide("a")
    reviewer = login(client, "Medical reviewer")

    page = take(reviewer, article, "revoke", reason="The dose is wrong.")

    assert "Taken back." in page
    assert "The dose is wrong." in desk(reviewer, article)
    assert client.get("/articles/a/").status_code == 410


def test_a_text_under_a_notice_is_what_is_taken_back(client: Client) -> None:
    article = make_guide("a", "The first text.")
    take_back(article, way=Publication.Ending.NOTICE)
    sign(make_revision(article, "The second text."))
    reviewer = login(client, "Medical reviewer")

    given = article.revisions.get(number=1).sign_offs.get()
    shown = reviewer.get(step(article, "revoke")).context["shown"]
    assert "see it under a notice" in desk(reviewer, article)
    take(reviewer, article, "revoke", reason="Wrong dose.", sign_off=given.pk)

    assert shown.source == "The first text."
    assert client.get("/articles/a/").status_code == 410
    assert "The first text." not in client.get("/articles/a/").content.decode()
    assert article.latest_revision().sign_offs.valid().exists()


def test_a_guide_without_an_outlook_says_what_it_is(client: Client) -> None:
    page = desk(login(client, "Editor"), make_draft("a"))

    assert "have never seen it." in page
    assert "<strong>Draft</strong>" in page


def test_the_desk_says_when_a_review_is_overdue(client: Client) -> None:
    article = make_guide("a", reviewed_on=datetime.date(2020, 1, 31))

    page = desk(login(client, "Editor"), article)

    assert "Its next review was due on January 31, 2021: readers are told." in page


def test_a_reviewer_reads_the_stored_text_as_readers_would(client: Client) -> None:
    article = make_guide("a", "Old words.")
    make_revision(article, "New words, see [that](article:missing).")
    address = reverse("admin:articles_article_read", args=[article.pk, 2])

    response = login(client, "Medical reviewer").get(address)

    page = response.content.decode()
    assert "New words" in page
    assert '<mark class="dead-link">that</mark>' in page
    assert "no-store" in response.headers["Cache-Control"]
    client.force_login(make_user("Directory manager"))
    assert client.get(address).status_code == 403


def test_those_who_do_not_write_see_no_field_to_write_in(client: Client) -> None:
    article = make_guide("a")
    reviewer = login(client, "Medical reviewer")
    address = reverse("admin:articles_article_change", args=[article.pk])

    page = reviewer.get(address).content.decode()

    assert "<textarea" not in page
    assert "Save draft" not in page
    assert reviewer.post(address, {"title": "x"}).status_code == 403


def test_saving_leads_to_the_step_whose_button_was_pressed(client: Client) -> None:
    article = make_draft("a", kind=Article.Kind.PAGE)
    login(client, "Editor", "Publisher")

    sent = form(article, source="New.", _publish="1")
    publishing = client.post(change(article), sent)
    sending = client.post(change(article), form(article, _send="1"))

    assert publishing.headers["Location"] == step(article, "publish")
    assert sending.headers["Location"] == step(article, "send")


def test_the_list_tells_public_from_not_public(client: Client) -> None:
    make_guide("public-guide", title="Seen")
    make_draft("hidden-guide")
    login(client, "Editor")
    address = reverse("admin:articles_article_changelist")

    everything = client.get(address).content.decode()
    public = client.get(address, {"public": "1"}).content.decode()
    hidden = client.get(address, {"public": "0"}).content.decode()

    assert "Seen" in everything
    assert "hidden-guide" in everything
    assert "public-guide" in public
    assert "hidden-guide" not in public
    assert "public-guide" not in hidden


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_publishes(monkeypatch, client: Client) -> None:
    article = signed()
    publisher = login(client, "Publisher")
    both_have_looked = threading.Barrier(2)

    def look(article: Article) -> Standing:
        found = standing_of(article)
        with suppress(threading.BrokenBarrierError):
            both_have_looked.wait(1)
        return found

    def click() -> None:
        sent = {"number": 1, "change_note": "New study."}
        publisher.post(step(article, "publish"), sent)
        connection.close()

    monkeypatch.setattr(steps, "standing_of", look)
    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert Publication.objects.count() == 1
