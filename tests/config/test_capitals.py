"""Addresses typed with capitals, as a phone's keyboard begins them."""

import pytest
from django.test import Client

from directory.models import Organization
from tests.articles.factories import make_draft, make_guide, make_user, take_back
from tests.factories import count_doctors, make_doctor, make_place, make_specialization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages() -> None:
    make_guide("knee-recovery")
    take_back(make_guide("withdrawn"))
    make_draft("a-draft")
    make_doctor(does=(make_specialization(),), at=(make_place("Houston", "TX"),))
    count_doctors()
    Organization.objects.create(
        kind="hospital", name="Mercy", sort_key="mercy", ccn="05T012"
    )


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/Articles/Knee-Recovery/", "/articles/knee-recovery/"),
        ("/Articles/Knee-Recovery", "/articles/knee-recovery/"),
        ("/Articles/Knee-Recovery.MD", "/articles/knee-recovery.md"),
        ("/articles/Withdrawn/", "/articles/withdrawn/"),
        ("/Articles/?a=B&c=%2F", "/articles/?a=B&c=%2F"),
        ("/Doctors/Cardiology/TX/Houston/", "/doctors/cardiology/tx/houston/"),
        ("/doctors/cardiology/tx/Houston/", "/doctors/cardiology/tx/houston/"),
        ("/hospital/05t012/mercy/", "/hospital/05T012/mercy/"),
        ("/Hospital/05T012/Mercy/", "/hospital/05T012/mercy/"),
        ("/Robots.TXT", "/robots.txt"),
        ("/Admin/", "/admin/"),
    ],
)
def test_an_address_with_capitals_leads_to_the_page(
    client: Client, typed: str, address: str
) -> None:
    response = client.get(typed)

    assert (response.status_code, response.headers["Location"]) == (301, address)
    assert client.get(address).status_code in {200, 302, 410}


@pytest.mark.parametrize(
    "typed",
    [
        "/Articles/No-Such-Guide/",
        "/Articles/A-Draft/",
        "/Nothing/",
        "/%2FElsewhere.example/Articles/",
        "/Hospital/05T013/",
        "/Sitemap-Nothing.xml",
    ],
)
def test_where_no_page_is_there_is_none(client: Client, typed: str) -> None:
    response = client.get(typed)

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_what_is_sent_to_capitals_is_sent_to_nobody(client: Client) -> None:
    assert client.post("/Articles/Knee-Recovery/").status_code == 404


def test_a_page_of_the_desk_that_one_may_not_see_stays_closed(client: Client) -> None:
    client.force_login(make_user())

    response = client.get("/Admin/articles/article/add/", follow=True)

    assert response.status_code == 403
