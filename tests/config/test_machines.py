"""What crawlers, load balancers and finders of weaknesses ask for."""

import datetime
import re
from pathlib import Path
from unittest import mock

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from articles.models import Article
from config.static_files import PARTS, STYLESHEET, StylesheetFinder, write_stylesheet
from tests.articles.factories import make_draft, make_guide


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("/", True),
        ("/articles/a/?utm_source=mail", True),
        ("/doctor/9900000016/ada-example/?fbclid=1", True),
        ("/doctors/cardiology/tx/", True),
        ("/sitemap-doctors.xml?p=2", True),
        ("/doctors/?name=ada", False),
        ("/doctors/cardiology/tx/houston/?after=1", False),
        ("/hospitals/?name=mercy", False),
        ("/search/?q=lump", False),
        ("/compare/?doctor=9900000016", False),
        ("/doctor/9900000016/ada-example/?compare=9900000024", False),
        ("/doctor/9900000016/ada-example/?near=77030", False),
        ("/doctor/9900000016/ada-example/?apart_from=450068", False),
        ("/hospital/450068/kind-hospital/?back=cardiology", False),
        ("/hospital/450068/kind-hospital/?fbclid=1", True),
        ("/hospitals/tx/?compare=9900000024", False),
        ("/hospitals/tx/", True),
        ("/feedback/a/", False),
        ("/report/doctor/9900000016/", False),
        ("/admin/", False),
    ],
)
def test_robots_may_read_pages_but_not_every_filter(
    client: Client, address: str, is_open: bool
) -> None:
    response = client.get("/robots.txt")

    rules = re.findall("^Disallow: (.+)$", response.text, re.MULTILINE)
    patterns = [re.escape(rule).replace(r"\*", ".*") for rule in rules]
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("User-agent: *\n")
    assert "Sitemap: http://testserver/sitemap.xml\n" in response.text
    assert is_open is not any(re.match(one, address) for one in patterns)


@pytest.mark.django_db
def test_security_text_names_the_contact_page(client: Client) -> None:
    make_guide("contact", kind=Article.Kind.PAGE)

    text = client.get("/.well-known/security.txt").content.decode()

    expires = text.split("Expires: ")[1].split()[0]
    days = datetime.datetime.fromisoformat(expires) - datetime.datetime.now(
        datetime.UTC
    )
    assert "Contact: http://testserver/about/contact/\n" in text
    assert 80 < days.days < 365


@pytest.mark.django_db
def test_security_text_prefers_the_operators_contact(
    client: Client, settings: Settings
) -> None:
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    make_guide("contact", kind=Article.Kind.PAGE)

    text = client.get("/.well-known/security.txt").content.decode()

    assert text.startswith("Contact: mailto:security@example.org\n")


@pytest.mark.django_db
def test_security_text_is_missing_rather_than_wrong(client: Client) -> None:
    make_draft("contact", kind=Article.Kind.PAGE)

    assert client.get("/.well-known/security.txt").status_code == 404


def test_healthz_asks_no_database(client: Client) -> None:
    response = client.get("/healthz")

    assert response.content == b"ok\n"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_asks_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        response = client.get("/readyz")

    assert response.content == b"ready\n"


@pytest.mark.django_db
def test_readyz_refuses_while_the_database_is_away(client: Client) -> None:
    away = mock.Mock(side_effect=OperationalError)

    with mock.patch("config.views.is_migrated", away):
        response = client.get("/readyz")

    assert response.status_code == 503


@pytest.mark.django_db
def test_readyz_refuses_before_an_upgrade_is_migrated(client: Client) -> None:
    plan = mock.Mock(return_value=["a migration"])

    with mock.patch.object(MigrationExecutor, "migration_plan", plan):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert "was not migrated" in response.content.decode()


@pytest.mark.django_db
def test_made_up_content_is_kept_out_of_search_engines(client: Client) -> None:
    make_guide("made-up", is_demo=True)
    make_guide("real")
    mark = '<meta name="robots" content="noindex">'

    made_up = client.get("/articles/made-up/").content.decode()
    real = client.get("/articles/real/").content.decode()
    texts = client.get("/sitemap-articles.xml").content.decode()
    sources = [
        client.get(f"/articles/{slug}.md").headers for slug in ("made-up", "real")
    ]

    assert [each.get("X-Robots-Tag") for each in sources] == ["noindex", None]
    assert mark in made_up
    assert mark not in real
    assert "/articles/made-up/" not in texts
    assert "/articles/real/" in texts


def test_the_favicon_is_found_at_the_root(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert response.headers["Location"] == "/static/img/favicon.ico"


def test_the_stylesheet_is_written_when_a_part_changed(
    settings: Settings, tmp_path: Path
) -> None:
    parts = tmp_path / "static" / "css"
    parts.mkdir(parents=True)
    for part in PARTS:
        (parts / f"{part}.css").write_text(f"/* {part} */")
    settings.BASE_DIR, settings.VAR_DIR = tmp_path, tmp_path / "var"
    made = write_stylesheet() / STYLESHEET
    first = made.read_text()
    written_at = made.stat().st_mtime_ns

    write_stylesheet()
    untouched = made.stat().st_mtime_ns
    (parts / "prose.css").write_text("/* changed */")
    write_stylesheet()

    assert first.startswith("/* tokens */\n/* reset */")
    assert untouched == written_at
    assert "/* changed */" in made.read_text()


def test_the_stylesheet_is_all_parts_in_the_order_of_the_layers() -> None:
    finder = StylesheetFinder()

    first_line, *rest = Path(finder.find(STYLESHEET)).read_text().splitlines()

    named = first_line.removeprefix("@layer ").removesuffix(";").split(", ")
    opened = [line.split()[1] for line in rest if line.startswith("@layer ")]
    assert opened == list(PARTS)
    assert sorted(named) == sorted(PARTS)
    assert finder.find(STYLESHEET, find_all=True) == [finder.find(STYLESHEET)]
    assert finder.find("css/other.css") == []
    assert [name for name, _ in finder.list([])] == [STYLESHEET]
