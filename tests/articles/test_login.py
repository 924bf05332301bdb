"""Whoever guesses passwords is stopped, and nobody else is."""

import datetime
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles import login
from articles.login import FAILURES_AN_HOUR
from directory.models import PublicFormUse
from tests.articles.desk_form import ADD, form
from tests.articles.factories import make_user

pytestmark = pytest.mark.django_db

TEN_PAST_NINE = datetime.datetime(2026, 11, 27, 9, 10, tzinfo=datetime.UTC)
ELSEWHERE = "8.8.8.8"
STOPPED = (
    "Too many logins from your network failed in this hour, so this one was not looked "
    "at. Please try again in {}. Whoever is logged in can go on working."
)
WRONG = "Please enter the correct username and password for a staff account."


@pytest.fixture(autouse=True)
def few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three tries do, at an hour that does not end meanwhile."""
    assert FAILURES_AN_HOUR == 20  # as docs/operators.md says
    monkeypatch.setattr(login, "FAILURES_AN_HOUR", 3)
    set_clock(monkeypatch, TEN_PAST_NINE)
    make_user("Editor", username="edda")
    make_user("Editor", username="egon")


def set_clock(monkeypatch: pytest.MonkeyPatch, now: datetime.datetime) -> None:
    monkeypatch.setattr(login.timezone, "now", lambda: now)


def log_in(
    password: str = "secret", name: str = "edda", address: str = "9.9.9.9"
) -> HttpResponse:
    fields = {"username": name, "password": password}
    return Client().post(reverse("admin:login"), fields, REMOTE_ADDR=address)


def is_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302


def guess(times: int, **values: str) -> None:
    for _ in range(times):
        log_in("guessed", **values)


def test_who_guesses_too_often_is_told_when_to_come_back() -> None:
    guess(2)
    last = log_in("guessed")
    stopped = log_in("secret")

    assert WRONG in last.content.decode()
    assert STOPPED.format("50 minutes") in stopped.content.decode()
    assert not is_in(stopped)


def test_an_account_that_is_not_there_is_answered_alike() -> None:
    pages = []
    for name in ("edda", "nobody"):
        PublicFormUse.objects.all().delete()
        pages.append([log_in("guessed", name).content.decode() for _ in range(4)])

    there, missing = ([page.split("<form")[0] for page in each] for each in pages)
    assert there == missing
    assert WRONG in there[0]


def test_other_accounts_are_stopped_from_there_too_and_nobody_elsewhere() -> None:
    guess(3)

    assert not is_in(log_in(name="egon"))
    assert is_in(log_in(address=ELSEWHERE))


def test_the_next_hour_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    guess(9)

    set_clock(monkeypatch, TEN_PAST_NINE.replace(minute=59))
    assert STOPPED.format("a minute") in log_in().content.decode()
    set_clock(monkeypatch, TEN_PAST_NINE.replace(hour=10, minute=0))
    assert is_in(log_in())


def test_logins_that_succeed_are_not_counted_nor_an_empty_form() -> None:
    for _ in range(9):
        assert is_in(log_in())
        log_in("", "")
    guess(2)

    assert is_in(log_in())


def test_a_login_as_the_hour_turns_takes_back_no_more_than_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert is_in(log_in())  # counted, and taken back
    monkeypatch.setattr(login, "may_try", lambda *_, **__: True)  # counted at 8:59

    assert is_in(log_in())


def test_only_a_hash_is_kept_and_another_one_every_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guess(1)
    set_clock(monkeypatch, TEN_PAST_NINE.replace(hour=10))
    guess(1)

    senders = [use.sender for use in PublicFormUse.objects.all()]
    assert len({*senders}) == 2
    assert all(len(sender) == 64 for sender in senders)


def test_words_that_wait_for_a_login_stay_and_that_door_is_no_other() -> None:
    guess(3)
    again = {"again-username": "edda", "again-password": "secret"}
    words = form(source="Typed for an hour.") | again

    answer = Client().post(ADD, words, REMOTE_ADDR="9.9.9.9")

    told = unescape(answer.content.decode())
    assert STOPPED.format("50 minutes") in told
    assert "Typed for an hour." in told
