"""Addresses that lead nowhere, as a reader meets them."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

WAYS_ON = ("/articles/", "/doctors/", "/specializations/")


def suspicious(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def denied(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [
    path("suspicious/", suspicious),
    path("denied/", denied),
    path("broken/", broken),
    path("", include("config.urls")),
]


@pytest.fixture(autouse=True)
def _with_failing_pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.config.test_errors"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no-such-page/", 404, "There is no page at this address"),
        ("/articles/no-such-guide/", 404, "There is no page at this address"),
        ("/suspicious/", 400, "We could not read this address"),
        ("/denied/", 403, "This page is not open to you"),
    ],
    ids=["no route", "no guide", "bad request", "no permission"],
)
def test_a_dead_end_says_what_happened_and_leads_on(
    client: Client, address: str, status: int, words: str
) -> None:
    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in page
    assert all(f'class="way__name" href="{way}"' in page for way in WAYS_ON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/doctors/?near=77030&apart_from=x&after=nonsense",
        "/doctors/no-such-kind/?apart_from=9900000016",
        "/doctors?apart_from=9900000016",
        "/suspicious/?q=lump",
        "/broken/?q=lump",
    ],
)
def test_no_cache_on_the_way_keeps_what_was_asked_though_it_failed(
    client: Client, address: str
) -> None:
    client.raise_request_exception = False

    response = client.get(address)

    assert response.status_code != 200
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/topics/", "/articles/"),
        ("/doctor/", "/doctors/"),
        ("/hospital/", "/hospitals/"),
    ],
)
def test_an_address_cut_at_a_slash_leads_to_the_list(
    client: Client, address: str, location: str
) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response.headers["Location"] == location
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_an_expired_form_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "<h1>Please send it again</h1>" in response.content.decode()


@pytest.mark.django_db
def test_a_host_that_is_not_ours_gets_a_readable_refusal(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "We could not read this address" in response.content.decode()


def test_a_fault_of_ours_is_admitted(client: Client) -> None:
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


@pytest.mark.parametrize("name", ["500.html", "database_away.html"])
def test_a_page_for_our_faults_needs_nothing_that_could_be_broken(name: str) -> None:
    for part in (name, "bare.html"):
        source = Path("templates", part).read_text()
        assert set(re.findall(r"{% *(\w+)", source)) <= {"extends", "block", "endblock"}
        assert "{{" not in source

    assert "911" in render_to_string(name)


def test_what_is_gone_is_named_where_the_name_is_known() -> None:
    context = {"name": "Ada Example, MD", "ways": [("Cardiologists", "/doctors/x/")]}

    page = render_to_string("410.html", context)

    assert "<h1>Ada Example, MD is no longer listed</h1>" in page
    assert 'href="/doctors/x/">Cardiologists</a>' in page
