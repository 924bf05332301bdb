"""Sending and withdrawing review links in the admin."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ReviewInvitation
from articles.publishing import publish
from articles.review_links import invite
from articles.reviewing import send_for_review
from tests.articles.by_link import code_by_mail, signing
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_user,
    sign,
)
from tests.articles.test_steps import desk, login, step, take
from tests.reading import words

pytestmark = pytest.mark.django_db

NEW = {
    "email": "rae@example.org",
    "name": "Rae Outside",
    "credential": "MD",
    "days": "14",
    "words": "Look at the dose.",
}


def send(client: Client, guide: Article, **changed: object) -> str:
    """Fill in the step and return the page that follows."""
    values = {"number": guide.latest_revision().number, **NEW, **changed}
    return client.post(step(guide, "link"), values, follow=True).content.decode()


def test_an_editor_in_chief_sends_a_link(client: Client, mailoutbox) -> None:
    guide = make_draft("a")
    login(client, "Editor-in-chief")

    page = send(client, guide)

    assert "The link was mailed to rae@example.org." in page
    assert "In review" in page
    assert "Look at the dose." in mailoutbox[0].body
    link = re.search(r"http://testserver(/review/\S+)", mailoutbox[0].body)[1]
    assert Client().get(link).status_code == 200


def test_a_link_goes_on_from_what_the_editor_said(client: Client) -> None:
    guide = make_guide("a")
    text = make_revision(guide, "Some other words.")
    send_for_review(revision=text, by=None, words="A typo.", is_wording_only=True)
    login(client, "Editor-in-chief")

    form = client.get(step(guide, "link")).context["form"]
    send(client, guide)
    again = client.get(step(guide, "link")).context["form"]

    assert form["words"].value() == "A typo."
    assert form["is_wording_only"].value() is True
    assert not again["words"].value()


def test_mail_leads_to_the_given_address_wherever_its_sender_is(
    client: Client, mailoutbox, settings
) -> None:
    settings.GIVEN_ORIGIN = "https://voice.example"
    guide = make_draft("a")
    user = make_user("Editor-in-chief", email="chief@example.org")
    client.force_login(user)
    send(client, guide)
    link = re.search(r"https://voice\.example(/review/\S+)", mailoutbox[0].body)[1]

    Client().post(link, {"passage": "0", "words": "Fine."})

    assert "https://voice.example/admin/" in mailoutbox[1].body


def test_the_desk_shows_links_with_state_and_comments(
    client: Client, mailoutbox
) -> None:
    guide = make_draft("a", "Take <b>two</b> & rest.")
    login(client, "Editor-in-chief")
    send(client, guide)
    link = re.search(r"/review/\S+", mailoutbox[0].body)[0]
    Client().post(link, {"passage": "1", "words": "Of <what>?"})

    page = desk(client, guide)

    assert "Reviews by link" in page
    assert "Rae Outside, MD rae@example.org" in words(page)
    assert (
        "Comment on “Take &lt;b&gt;two&lt;/b&gt; &amp; rest.”: Of &lt;what&gt;?" in page
    )


def test_a_guide_without_links_has_no_list(client: Client) -> None:
    guide = make_draft("a")

    assert "Reviews by link" not in desk(login(client, "Editor-in-chief"), guide)


def test_somebody_new_needs_a_name_and_a_credential(client: Client) -> None:
    guide = make_draft("a")
    login(client, "Editor-in-chief")

    page = send(client, guide, name="", credential="")

    assert page.count("Say it of somebody new.") == 2
    assert "Look at the dose." in page
    assert not ReviewInvitation.objects.exists()


def test_a_known_contributor_needs_neither(client: Client) -> None:
    guide = make_draft("a")
    known = make_contributor("Kim Known", credential="DO")
    login(client, "Editor-in-chief")

    send(client, guide, name="", credential="", reviewer=known.pk)

    assert str(ReviewInvitation.objects.get()) == "Kim Known, DO"


def test_made_up_people_are_offered_for_demonstrations_only(client: Client) -> None:
    make_contributor("Dora Demo", credential="MD", is_demo=True)
    real, demo = make_draft("a"), make_draft("b", is_demo=True)
    login(client, "Editor-in-chief")

    offered = [
        "Dora Demo" in client.get(step(each, "link")).content.decode()
        for each in (real, demo)
    ]

    assert offered == [False, True]


def test_ones_own_address_is_refused_with_words(client: Client) -> None:
    guide = make_draft("a")
    login(client, "Editor-in-chief")
    make_user(email="me@example.org")

    page = send(client, guide, email="me@example.org")

    assert "Who has an account here reviews at the desk." in page
    assert "Rae Outside" in page


@pytest.mark.parametrize("days", ["0", "61", "x"])
def test_a_wrong_number_of_days_is_refused(client: Client, days: str) -> None:
    guide = make_draft("a")
    login(client, "Editor-in-chief")

    send(client, guide, days=days)

    assert not ReviewInvitation.objects.exists()


def test_a_text_stored_meanwhile_is_not_sent_unseen(client: Client) -> None:
    guide = make_draft("a")
    login(client, "Editor-in-chief")
    make_revision(guide, "Newer.")

    page = client.post(step(guide, "link"), {"number": 1, **NEW}, follow=True)

    assert "Another text was stored meanwhile." in page.content.decode()
    assert not ReviewInvitation.objects.exists()


def sent(guide: Article) -> ReviewInvitation:
    return invite(
        revision=guide.latest_revision(),
        email="rae@example.org",
        name="Rae Outside",
        credential="MD",
        days=14,
        by=None,
        origin="https://site.example",
    )


def test_an_editor_withdraws_a_link(client: Client) -> None:
    guide = make_draft("a")
    invitation = sent(guide)
    login(client, "Editor-in-chief")

    page = take(client, guide, "withdraw-link", invitation=invitation.pk)

    assert "Withdrawn. The link says so" in page
    assert ReviewInvitation.objects.get().state == "withdrawn"
    assert step(guide, "withdraw-link") not in desk(client, guide)


def test_links_of_another_guide_are_not_withdrawn_here(client: Client) -> None:
    guide, other = make_draft("a"), make_draft("b")
    sent(guide)
    elsewhere = sent(other)
    login(client, "Editor-in-chief")

    take(client, guide, "withdraw-link", invitation=elsewhere.pk)

    elsewhere.refresh_from_db()
    assert elsewhere.state == "open"


def test_who_does_not_write_sends_no_links(client: Client) -> None:
    guide = make_draft("a")
    login(client, "Publisher")

    assert client.get(step(guide, "link")).status_code == 403
    assert step(guide, "link") not in desk(client, guide)


def test_a_text_that_comes_due_is_reviewed_again_by_link(
    client: Client, mailoutbox
) -> None:
    guide = make_guide("a", "First words.", reviewed_on=DAY.replace(year=2025))
    sign(make_revision(guide, "Some words."), on=DAY.replace(year=2025))
    publish(revision=guide.latest_revision(), by=None)
    login(client, "Editor-in-chief")

    form = client.get(step(guide, "link")).context["form"]
    done = send(client, guide)
    link = re.search(r"/review/\S+", mailoutbox[0].body)[0]
    outside = Client()
    read_by_link = words(outside.get(link).content.decode())
    outside.post(f"{link}sign/", signing(code_by_mail(outside, link)))

    assert "is_wording_only" not in form.fields
    assert "The link was mailed to rae@example.org." in done
    assert "Signed text for a new review by Rae Outside, MD" in read_by_link
    assert "Medically reviewed Rae Reviewer, MD, November 2, 2025" in read_by_link
    assert "No word differs." in read_by_link
    today = f"{timezone.localdate():%B %-d, %Y}"
    page = words(Client().get("/articles/a/").content.decode())
    assert f"Medically reviewed Rae Outside, MD, cardiology , {today}" in page
    assert "due for a new medical review" not in page


def test_a_signed_text_that_nobody_reads_yet_links_to_nobody(
    client: Client, mailoutbox
) -> None:
    guide = make_draft("a")
    sign(guide.latest_revision())
    login(client, "Editor-in-chief")
    send(client, guide)
    link = re.search(r"/review/\S+", mailoutbox[0].body)[0]

    at_the_desk = reverse("admin:articles_article_read", args=[guide.pk, 1])
    pages = [client.get(each).content.decode() for each in (link, at_the_desk)]

    assert all("Rae Reviewer, MD" in page for page in pages)
    assert not any("/people/rae-reviewer/" in page for page in pages)


def test_an_editor_alone_sends_no_link(client: Client) -> None:
    guide = make_draft("a")
    login(client, "Editor")

    assert client.get(step(guide, "link")).status_code == 403
    assert "Send for review by link" not in desk(client, guide)


def test_no_wording_is_confirmed_without_a_signed_text(
    client: Client,
) -> None:
    guide = make_draft("a")
    login(client, "Editor-in-chief")

    page = send(client, guide, is_wording_only="on")

    assert "No earlier text was signed off: send the whole text." in page
    assert not ReviewInvitation.objects.exists()
