"""A change of wording by link: what differs, why, and one confirmation."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from articles.models import Article, ReviewInvitation, Revision, SignOff
from articles.publishing import publish
from articles.review_dates import months_later
from articles.review_links import invite
from tests.articles.by_link import (
    ask_for_review,
    code_by_mail,
    signing,
    words_of,
)
from tests.articles.factories import (
    make_contributor,
    make_guide,
    make_revision,
    make_user,
    sign,
)

pytestmark = pytest.mark.django_db

WHY = "A typo."


@pytest.fixture
def changed() -> Revision:
    """Return a text that differs in a word from the signed one."""
    return make_revision(
        make_guide("knees", "The knee <heels> soon."), "The knee heals soon."
    )


def test_the_reviewer_sees_what_differs_and_why(client: Client, changed) -> None:
    link = ask_for_review(changed, is_wording_only=True, words=WHY)

    for part in ("", "sign/"):
        page = client.get(link + part)
        assert f"only the wording changed, and why: “{WHY}”" in words_of(page)
        assert "&lt;heels&gt;" in page.content.decode()
        assert "[removed: <heels> ]".replace("<", "&lt;").replace(
            ">", "&gt;"
        ) in words_of(page)
        assert "[added: heals ]" in words_of(page)
        assert "Confirm the wording" in words_of(page)
    reviewed = "The medical review is of November 2, 2026, by Rae Reviewer, MD"
    assert f"You vouch for the words that differ, in “{changed.title}”. {reviewed}" in (
        words_of(page)
    )


def test_the_confirmation_says_what_it_is_for(client: Client, changed) -> None:
    link = ask_for_review(changed, is_wording_only=True, words=WHY)
    code = code_by_mail(client, link)

    page = client.post(f"{link}sign/", signing(code, scope="The whole text"))

    assert "You confirmed the wording of this text." in words_of(page)
    made = SignOff.objects.get(revision=changed)
    assert made.scope == "Wording, compared with revision 1"


def test_a_confirmation_does_not_put_the_next_medical_review_off(
    client: Client, changed
) -> None:
    reviewed_on = datetime.date(2026, 2, 3)
    SignOff.objects.update(signed_on=reviewed_on)
    link = ask_for_review(changed, is_wording_only=True, words=WHY)

    client.post(f"{link}sign/", signing(code_by_mail(client, link)))
    publish(revision=changed, by=None)

    made = SignOff.objects.get(revision=changed)
    assert made.signed_on > made.reviewed_on == reviewed_on
    due = Article.objects.with_review_due().get().review_due_on
    assert due == months_later(reviewed_on, 12)
    page = words_of(client.get("/articles/knees/"))
    assert re.search(r"Medically reviewed [^;]*, MD, February 3, 2026 ; the", page)
    assert "Only the wording had changed, and was confirmed" in page


def test_a_whole_review_shows_what_differs_without_a_reason(
    client: Client, changed
) -> None:
    page = client.get(ask_for_review(changed))

    assert "What differs from the text that was signed off" in words_of(page)
    assert "only the wording changed" not in words_of(page)
    assert "Sign off" in words_of(page)


def test_each_reviewer_is_asked_what_their_own_mail_says(
    client: Client, changed
) -> None:
    whole = ask_for_review(changed, words="Please check the dose.")
    wording = ask_for_review(
        changed, email="bo@example.org", name="Bo", is_wording_only=True, words=WHY
    )

    for link, is_wording in ((whole, False), (wording, True)):
        page = words_of(client.get(f"{link}sign/"))
        assert ("Confirm the wording" in page) is is_wording
        assert (f"and why: “{WHY}”" in page) is is_wording


def test_a_whole_review_that_is_asked_for_later_holds_for_an_older_link(
    client: Client, changed
) -> None:
    wording = ask_for_review(changed, is_wording_only=True, words=WHY)
    ask_for_review(changed, email="bo@example.org", name="Bo")

    assert "Confirm the wording" not in words_of(client.get(wording))


@pytest.mark.parametrize("what", ["all of it", "against another text"])
def test_whoever_confirmed_what_was_on_their_page_signs_nothing_else(
    client: Client, changed, what: str
) -> None:
    if what == "against another text":
        make_revision(changed.article, "The knee heals.")
        changed = make_revision(changed.article, "The knee heals!")
    link = ask_for_review(changed, is_wording_only=True, words=WHY)
    sent = signing(code_by_mail(client, link))
    assert sent.pop("has_read")
    if what == "all of it":
        ask_for_review(changed, email="bo@example.org", name="Bo")
    else:
        sign(changed.article.revisions.get(number=3))

    page = words_of(client.post(f"{link}sign/", sent))

    assert "What you are asked to sign has changed since you opened this page" in page
    assert not changed.sign_offs.exists()


def test_a_text_that_says_the_same_says_so(client: Client) -> None:
    same = make_revision(make_guide("knees", "Words."), "Words.")

    assert "No word differs." in words_of(client.get(ask_for_review(same)))


def test_a_change_of_wording_needs_a_reason(changed) -> None:
    with pytest.raises(ValidationError, match="Say why the wording changed"):
        ask_for_review(changed, is_wording_only=True, words=" ")

    assert not ReviewInvitation.objects.exists()


# Who invites -----------------------------------------------------------------

ASKED = {
    "email": "mine@example.org",
    "name": "Other Name",
    "credential": "MD",
    "days": 3,
    "origin": "https://site.example/",
}


def test_nobody_sends_a_link_to_a_text_of_their_own(caplog) -> None:
    writer = make_user("Editor-in-chief")
    author = make_contributor(user=writer)
    guide = make_guide("knees")
    stored = make_revision(guide, "Stored.")
    Revision.objects.filter(pk=stored.pk).update(created_by=writer)
    stored.refresh_from_db()

    for text in (stored, make_revision(guide, "Signed.", author=author)):
        with pytest.raises(ValidationError, match="You wrote this text"):
            invite(revision=text, by=writer, **ASKED)

    assert caplog.text.count("A review link was refused: user") == 2
    assert "mine@example.org" not in caplog.text
    assert not ReviewInvitation.objects.exists()


def test_an_editor_vouches_for_no_mailbox() -> None:
    text = make_guide("knees").latest_revision()

    with pytest.raises(PermissionDenied):
        invite(revision=text, by=make_user("Editor"), **ASKED)
