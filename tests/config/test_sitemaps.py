"""What search engines are told of: pages that they may show, and no other."""

import datetime
import re
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from config.sitemaps import SITEMAPS
from directory.models import Organization, Practitioner
from directory.sitemaps import DoctorSitemap
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_topic,
    take_back,
)
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
NOINDEX = '<meta name="robots" content="noindex">'


def named_in(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [one.removeprefix(SITE) for one in re.findall("<loc>(.+?)</loc>", page)]


def all_named(client: Client) -> list[str]:
    parts = named_in(client, "/sitemap.xml")
    assert len(parts) >= len(SITEMAPS)
    return [page for part in parts for page in named_in(client, part)]


def canonical(response: HttpResponse) -> str:
    found = re.findall('<link rel="canonical" href="(.+?)">', response.text)
    assert len(found) < 2
    return "".join(found)


@pytest.fixture
def _real_and_made_up() -> None:
    """Two of everything: one real, one that shows a demonstration."""
    houston, boston = make_place(), make_place("Boston", "MA")
    heart = make_specialization()
    lungs = make_specialization("Pulmonology", "Pulmonologist")
    skin = make_specialization("Dermatology", "Dermatologist")
    for number, hospital in enumerate(("Mercy", "Staffed", "Guided"), 1):
        place = None if hospital == "Guided" else houston
        make_hospital(hospital, place, ccn=f"45000{number}")
    staffed = Organization.objects.get(name="Staffed")
    make_doctor("Real", npi="9900000016", does=(heart,), at=(houston,))
    make_doctor("Madeup", does=(heart,), at=(boston,), is_demo=True)
    make_doctor("Staff", does=(lungs,), hospitals=(staffed,), is_demo=True)
    make_doctor("Guided", does=(skin,), at=(houston,))
    make_doctor("Gone", does=(heart,), at=(houston,), retired=True)
    count_doctors()
    hearts, skins = make_topic(slug="hearts"), make_topic(slug="skins")
    author = make_contributor(slug="fictional", is_demo=True)
    real = make_guide("real")
    links = "[One](specialization:dermatology) [two](hospital:450003)"
    demo = make_guide("demo", links, is_demo=True, author=author)
    real.topics.add(hearts)
    demo.topics.add(skins)
    make_draft("draft")


@pytest.mark.usefixtures("_real_and_made_up")
def test_all_that_is_named_may_be_shown_and_all_else_says_that_it_may_not(
    client: Client,
) -> None:
    named = all_named(client)

    assert sorted(named) == [
        "/articles/real/",
        "/doctor/9900000016/ada-real/",
        "/doctors/cardiology/tx/",
        "/doctors/dermatology/",
        "/doctors/dermatology/tx/",
        "/hospital/450001/mercy/",
        "/hospitals/",
        "/hospitals/tx/",
        "/people/rae-reviewer/",
        "/topics/hearts/",
    ]
    for address in named:
        response = client.get(address)
        assert response.status_code == 200, address
        assert NOINDEX not in response.content.decode(), address
        assert canonical(response) == SITE + address
    hidden = [
        "/",
        "/articles/",
        "/people/",
        "/doctors/",
        "/specializations/",
        "/topics/skins/",
        "/people/fictional/",
        "/specializations/heart-and-blood-vessels/",
        "/specializations/cardiology/",
        "/specializations/pulmonology/",
        "/specializations/dermatology/",
        "/doctors/cardiology/",
        "/doctors/cardiology/ma/",
        "/hospital/450002/staffed/",
        "/hospital/450003/guided/",
        Practitioner.objects.get(last_name="Madeup").get_absolute_url(),
        Practitioner.objects.get(last_name="Guided").get_absolute_url(),
    ]
    for address in hidden:
        response = client.get(address)
        assert NOINDEX in response.content.decode(), address
        assert canonical(response) == "", address


@pytest.mark.usefixtures("_real_and_made_up")
@pytest.mark.parametrize(
    ("address", "its_own"),
    [
        ("/articles/real/?utm_source=mail", "/articles/real/"),
        ("/doctors/dermatology/tx/?fbclid=1", "/doctors/dermatology/tx/"),
        ("/hospitals/?name=", "/hospitals/"),
        ("/search/?q=", "/search/"),
        # whoever shares these means those who are left
        ("/doctors/dermatology/?apart_from=9900000016", ""),
        ("/doctors/dermatology/?near=77030", ""),
        ("/doctors/?name=real", ""),
        ("/hospitals/?name=mercy", ""),
        ("/search/?q=lump", ""),
        ("/compare/", ""),
        ("/feedback/real/", ""),
        ("/report/doctor/9900000016/", ""),
        ("/articles/nothing/", ""),
    ],
)
def test_a_page_names_its_one_address_where_nothing_narrows_it(
    client: Client, address: str, its_own: str
) -> None:
    assert canonical(client.get(address)) == (its_own and SITE + its_own)


def test_a_withdrawn_text_and_an_unreadable_host_name_no_address(
    client: Client,
) -> None:
    take_back(make_guide("gone"))

    assert canonical(client.get("/articles/gone/")) == ""
    assert canonical(client.get("/", headers={"host": "elsewhere.example"})) == ""


def test_the_source_of_a_guide_leads_search_engines_to_its_page(
    client: Client,
) -> None:
    make_guide("real")
    make_guide("demo", is_demo=True)

    real, demo = (client.get(f"/articles/{one}.md") for one in ("real", "demo"))

    assert real.headers["Link"] == f'<{SITE}/articles/real/>; rel="canonical"'
    assert "Link" not in demo.headers


def test_without_a_demonstration_every_kind_of_page_is_named(client: Client) -> None:
    make_doctor(npi="9900000016", does=(make_specialization(),), at=(make_place(),))
    count_doctors()

    named = all_named(client)

    assert sorted(named) == [
        "/",
        "/articles/",
        "/doctor/9900000016/ada-example/",
        "/doctors/",
        "/doctors/cardiology/",
        "/doctors/cardiology/tx/",
        "/hospitals/",
        "/people/",
        "/specializations/",
        "/specializations/cardiology/",
        "/specializations/heart-and-blood-vessels/",
    ]


def test_doctors_stand_in_parts_by_their_keys(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second, gone, last = (make_doctor(f"D{number}") for number in range(4))
    Practitioner.objects.filter(pk=gone.pk).delete()
    each = first.pk  # the first part ends with the first of them

    with mock.patch.object(DoctorSitemap, "limit", each):
        parts = [
            part for part in named_in(client, "/sitemap.xml") if "-doctors.xml" in part
        ]
        with django_assert_num_queries(3) as asked:
            found = named_in(client, "/sitemap-doctors.xml?p=2")
        beyond = client.get("/sitemap-doctors.xml?p=3")

    assert parts == ["/sitemap-doctors.xml", "/sitemap-doctors.xml?p=2"]
    assert found == [one.get_absolute_url() for one in (second, last)]
    assert not any("OFFSET" in one["sql"] for one in asked.captured_queries)
    assert beyond.status_code == 404


def test_a_text_is_new_from_its_publication_on_though_it_is_older(
    client: Client,
) -> None:
    written = timezone.localdate() - datetime.timedelta(days=40)
    guide = make_draft("late", updated_on=written)
    today = timezone.localdate()
    make_public(guide.latest_revision())

    text = client.get("/sitemap-articles.xml").content.decode()

    assert f"<lastmod>{today}</lastmod>" in text
    assert str(written) not in text


def test_the_sitemap_leads_to_every_public_text_and_no_draft(client: Client) -> None:
    make_guide("a-public-guide")
    make_draft("a-draft")

    index = client.get("/sitemap.xml").content.decode()
    texts = client.get("/sitemap-articles.xml").content.decode()
    entries = client.get("/sitemap-entries.xml").content.decode()

    assert "<loc>http://testserver/sitemap-articles.xml</loc>" in index
    assert "<loc>http://testserver/articles/a-public-guide/</loc>" in texts
    assert "a-draft" not in texts
    assert "<loc>http://testserver/doctors/</loc>" in entries


def test_an_unknown_part_of_the_sitemap_is_not_found(client: Client) -> None:
    assert client.get("/sitemap-nothing.xml").status_code == 404
