"""Who sent a review link hears of what came by it."""

import datetime
from smtplib import SMTPException

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db.models import F
from django.test import Client
from django.utils import timezone

from articles import review_news, review_views
from articles.models import ReviewInvitation, ReviewLinkEvent
from articles.review_news import tell_editor
from tests.articles.by_link import ask_for_review, code_by_mail, signing
from tests.articles.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> User:
    return make_user("Editor-in-chief", username="chief", email="chief@example.org")


def comment(client: Client, link: str, words: str = "Name the dose.") -> None:
    client.post(link, {"passage": "1", "words": words})


def news() -> list[mail.EmailMessage]:
    return [each for each in mail.outbox if each.to != ["rae@example.org"]]


def test_a_comment_comes_by_mail_with_the_way_to_it(client: Client, chief) -> None:
    link = ask_for_review(by=chief)

    comment(client, link)

    told = news()[0]
    article = ReviewInvitation.objects.get().revision.article
    assert told.to == ["chief@example.org"]
    assert told.subject == "Comment: Guide knees"
    assert "Rae Outside, MD" in told.body
    assert "on “First words.”" in told.body
    assert "Name the dose." in told.body
    assert f"http://testserver/admin/articles/article/{article.pk}/change/" in told.body
    assert "/review/" not in told.body


def test_comments_come_once_an_hour(client: Client, chief) -> None:
    link = ask_for_review(by=chief)

    for number in range(3):
        comment(client, link, f"Comment {number}.")
    hour_ago = timezone.now() - datetime.timedelta(hours=1, seconds=1)
    ReviewLinkEvent.objects.update(at=hour_ago)
    comment(client, link, "Later.")

    assert len(news()) == 2
    assert "Later." in news()[1].body


def test_comments_every_forty_minutes_come_by_every_second_mail(
    client: Client, chief
) -> None:
    link = ask_for_review(by=chief)

    for number in range(5):
        comment(client, link, f"Comment {number}.")
        ReviewLinkEvent.objects.update(at=F("at") - datetime.timedelta(minutes=40))

    told = [each.body for each in news()]
    assert len(told) == 3
    for number, body in zip((0, 2, 4), told, strict=True):
        assert f"Comment {number}." in body


def test_a_second_click_hides_no_sign_off(client: Client, chief, monkeypatch) -> None:
    link = ask_for_review(by=chief)
    code = code_by_mail(client, link)
    sign_by_link = review_views.sign_by_link

    def sign_and_click_again(**values: object) -> object:
        made = sign_by_link(**values)
        assert client.post(f"{link}sign/", signing(code)).status_code == 410
        return made

    monkeypatch.setattr(review_views, "sign_by_link", sign_and_click_again)
    client.post(f"{link}sign/", signing(code))

    assert [each.subject for each in news()] == ["Signed off: Guide knees"]


def test_a_sign_off_comes_by_mail_whatever_came_before(client: Client, chief) -> None:
    link = ask_for_review(by=chief)
    comment(client, link)

    client.post(f"{link}sign/", signing(code_by_mail(client, link)))

    assert [each.subject for each in news()] == [
        "Comment: Guide knees",
        "Signed off: Guide knees",
    ]


def test_wishes_for_changes_come_by_mail(client: Client, chief) -> None:
    client.post(f"{ask_for_review(by=chief)}changes/", {"words": "Say more."})

    assert news()[0].subject == "Changes asked for: Guide knees"
    assert "Say more." in news()[0].body


@pytest.mark.parametrize(
    "left",
    [
        lambda gone: User.objects.filter(pk=gone.pk).update(is_active=False),
        lambda gone: User.objects.filter(pk=gone.pk).update(is_staff=False),
        lambda gone: gone.groups.clear(),
        lambda gone: gone.delete(),
    ],
    ids=["inactive", "not let in", "no chief any more", "deleted"],
)
def test_where_the_editor_has_left_the_editor_in_chief_hears(
    client: Client, chief, left
) -> None:
    gone = make_user("Editor-in-chief", email="gone@example.org")
    make_user("Editor-in-chief", email="")
    link = ask_for_review(by=gone)
    left(gone)

    comment(client, link)

    assert news()[0].to == ["chief@example.org"]
    assert "you sent" not in news()[0].body


def test_where_nobody_can_hear_nothing_is_lost(client: Client) -> None:
    link = ask_for_review()

    comment(client, link)

    assert news() == []
    assert ReviewLinkEvent.objects.filter(kind="commented").exists()


@pytest.mark.parametrize("fault", [SMTPException, ValueError])
def test_a_mail_that_fails_loses_no_comment(
    client: Client, chief, monkeypatch, caplog, fault
) -> None:
    def fail(*_: object) -> None:
        raise fault

    link = ask_for_review(by=chief)
    monkeypatch.setattr(review_news, "send_mail", fail)

    answer = client.post(link, {"passage": "1", "words": "Kept."})

    assert answer.status_code == 302
    assert ReviewLinkEvent.objects.get(kind="commented").words == "Kept."
    assert "Mail to an editor was not sent." in caplog.text


def test_a_link_nothing_happened_with_makes_no_mail(chief) -> None:
    ask_for_review(by=chief)
    invitation = ReviewInvitation.objects.get()
    invitation.events.all().delete()

    tell_editor(invitation, origin="https://site.example/")

    assert news() == []
