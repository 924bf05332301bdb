"""What every answer of the site carries, and what none does."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.articles.factories import make_draft, make_guide

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/articles/",
    "/people/",
    "/articles/a/",
    "/specializations/",
    "/doctors/",
    "/hospitals/",
    "/compare/?doctor=9900000016",
    "/search/?q=a",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz",
    "/nothing-here/",
]


@pytest.fixture
def guide(db):
    return make_guide("a")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answers_set_no_cookie(client: Client, guide, address: str) -> None:
    response = client.get(address)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", [*PUBLIC, "/admin/login/"])
def test_every_answer_has_the_policy(client: Client, guide, address: str) -> None:
    response = client.get(address)

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    # what default-src does not stand for
    assert "form-action 'self'" in policy
    assert "base-uri 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", [a for a in PUBLIC if "sitemap" not in a])
def test_pages_refuse_to_be_written_to(client: Client, guide, address: str) -> None:
    response = client.post(address, {"a": "b"})

    assert response.status_code in {403, 404, 405}


def test_pages_are_compressed_for_slow_lines(client: Client, guide) -> None:
    response = client.get("/articles/a/", headers={"accept-encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"


JUNK = [
    "\x00",
    "%00",
    "%ff%fe",
    "-1",
    "0",
    "99999999999999999999",
    "٣٤",
    "x" * 5000,
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "a/b/c/d",
    "{{ 7 }}",
    "%E2%80%AE",
]
PLACES = [
    "/articles/{}/",
    "/topics/{}/",
    "/about/{}/",
    "/people/{}/",
    "/feedback/{}/",
    "/feedback/{}/why/{}/",
    "/specializations/{}/",
    "/doctors/{}/",
    "/doctors/{}/{}/",
    "/doctors/{}/{}/{}/",
    "/doctor/{}/",
    "/doctor/{}/{}/",
    "/hospitals/{}/",
    "/hospital/{}/{}/",
    "/doctors/?after={}",
    "/doctors/?compare={}",
    "/compare/?doctor={}",
    "/compare/?near={}",
    "/articles/?x={}",
]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
@pytest.mark.parametrize("place", PLACES)
def test_junk_gets_a_friendly_answer(client: Client, place: str, junk: str) -> None:
    response = client.get(place.replace("{}", junk))

    assert response.status_code in {200, 400, 404}
    page = response.content.decode()
    assert "<h1" in page or response.status_code == 200
    assert "<script>alert" not in page
    assert "\x00" not in page


def test_the_sitemap_and_lists_hide_drafts(client: Client) -> None:
    make_draft("hidden-draft", title="Hidden draft")
    make_guide("public-guide")

    for address in ("/", "/articles/", "/sitemap.xml", "/sitemap-articles.xml"):
        page = client.get(address).content.decode()
        assert "hidden-draft" not in page
        assert "Hidden draft" not in page


def walk(patterns: list, prefix: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += walk(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            found.append(path)
    return found


def test_nothing_of_markdownx_is_mounted() -> None:
    routes = walk(get_resolver().url_patterns)

    assert len(routes) > 50
    assert [route for route in routes if "markdownx" in route] == []


def test_every_admin_page_asks_for_a_login(client: Client) -> None:
    for address in ("/admin/", "/admin/articles/article/", "/admin/auth/user/"):
        response = client.get(address)

        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/login/")
