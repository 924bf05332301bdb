"""Forms without an account: sent from our own pages only, and not without end."""

import datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from directory.models import PublicFormUse
from directory.public_forms import (
    EVERYBODY,
    is_from_this_site,
    may_send,
    network_of,
    public_form,
    sender_of,
)

TODAY = datetime.date(2026, 2, 1)


def sent(address: str = "8.8.8.8", **headers: str):
    return RequestFactory().post(
        "/x/",
        {"a": "b"},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        REMOTE_ADDR=address,
    )


@public_form
def echo(request, word: str = "") -> HttpResponse:
    return HttpResponse(f"taken {word}")


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "same-origin", "origin": "null"}, True),
        ({"origin": "https://testserver"}, True),
        ({"origin": "http://TESTSERVER"}, True),
        ({"sec_fetch_site": "cross-site", "origin": "http://testserver"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"sec_fetch_site": "none"}, False),
        ({"origin": "http://testserver.evil.example"}, False),
        ({"origin": "http://[evil"}, False),
        ({"origin": "testserver"}, False),
        ({"origin": "null"}, False),
        ({"referer": "https://testserver/articles/a/"}, True),
        ({"referer": "https://evil.example/testserver"}, False),
        ({"origin": "null", "referer": "https://testserver/a/"}, False),
        ({}, False),
    ],
)
def test_a_form_counts_as_ours_by_the_browsers_word(headers, is_ours):
    assert is_from_this_site(sent(**headers)) is is_ours


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_told_how_to_send_it():
    words = {"words": "Two <b>words</b>"}
    headers = {"sec-fetch-site": "cross-site"}

    response = echo(RequestFactory().post("/x/", words, headers=headers))

    assert response.status_code == 403
    assert b"Two &lt;b&gt;words&lt;/b&gt;" in response.content
    assert b"Please send it from our page" in response.content
    assert not response.cookies


def test_a_form_of_ours_needs_no_token_and_no_cookie():
    response = echo(sent(sec_fetch_site="same-origin"), word="it")

    assert response.content == b"taken it"
    assert echo.csrf_exempt
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_reading_asks_for_nothing_and_other_methods_are_refused():
    assert echo(RequestFactory().get("/x/")).status_code == 200
    assert echo(RequestFactory().put("/x/")).status_code == 405


@pytest.mark.parametrize(
    ("near", "forwarded", "network"),
    [
        ("8.8.8.8", "", "8.8.8.8"),
        ("8.8.8.8", "9.9.9.9", "8.8.8.8"),  # nobody near: its word counts for nothing
        ("127.0.0.1", "9.9.9.9", "9.9.9.9"),
        ("127.0.0.1", "1.1.1.1, 9.9.9.9", "9.9.9.9"),  # the first is the sender's word
        ("127.0.0.1", "9.9.9.9, 10.0.0.2", "9.9.9.9"),  # two proxies of ours
        ("", "9.9.9.9", "9.9.9.9"),  # a socket in a file
        ("10.0.0.7", "", "10.0.0.7"),
        ("10.0.0.7", "junk, ,", "10.0.0.7"),
        ("", "", ""),
        ("2001:4860:1:2:3::9", "", "2001:4860:1:2::/64"),
        ("::ffff:8.8.8.8", "", "8.8.8.8"),
    ],
)
def test_a_sender_is_known_by_the_nearest_public_address(near, forwarded, network):
    assert network_of(sent(near, x_forwarded_for=forwarded)) == network


def test_a_sender_is_another_hash_for_each_day_form_and_site(settings):
    request = sent()
    later = TODAY + datetime.timedelta(days=1)
    hashes = {
        sender_of(request, "report", TODAY),
        sender_of(request, "report", later),
        sender_of(request, "feedback", TODAY),
        sender_of(sent("9.9.9.9"), "report", TODAY),
    }
    settings.SECRET_KEY = "another"
    hashes.add(sender_of(request, "report", TODAY))

    assert len(hashes) == 5
    assert {len(one) for one in hashes} == {64}
    assert not any("8.8" in one for one in hashes)


@pytest.mark.django_db
def test_one_sender_is_stopped_and_others_are_not():
    answers = [may_send(sent(), "report", most=2) for _ in range(4)]

    assert answers == [True, True, False, False]
    assert may_send(sent("9.9.9.9"), "report", most=2)
    assert may_send(sent(), "feedback", most=2)


@pytest.mark.django_db
def test_all_together_are_stopped_and_a_flood_of_one_does_not_count():
    for _ in range(9):
        may_send(sent(), "report", most=1, most_of_all=2)

    assert may_send(sent("9.9.9.9"), "report", most=1, most_of_all=2)
    assert not may_send(sent("1.1.1.1"), "report", most=1, most_of_all=2)


@pytest.mark.django_db
def test_yesterday_is_forgotten(django_assert_max_num_queries):
    yesterday = datetime.date(2020, 1, 1)
    PublicFormUse.objects.create(form="x", sender="y", used_on=yesterday, times=3)

    with django_assert_max_num_queries(3):
        may_send(sent(), "report")

    assert not PublicFormUse.objects.filter(used_on=yesterday).exists()
    assert {use.times for use in PublicFormUse.objects.all()} == {1}
    assert str(PublicFormUse.objects.get(sender=EVERYBODY)).startswith("report on 20")
