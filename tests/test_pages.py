"""The site as a whole, loaded with the demonstration: nothing clickable is dead."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from articles.models import Article
from directory.data_files import HOSPITAL_LIST
from directory.imports import demo, hospitals, specializations
from directory.models import Organization, Practitioner, Specialization
from tests.crawler import Crawl, read

pytestmark = pytest.mark.django_db

ARTICLES = settings.BASE_DIR / "articles"
DOCTORS = 40


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load a small demonstration once and open every page of it.

    All guides, every 80th hospital and few doctors: the walk over everything takes
    minutes and is done by hand (tests/crawler.py).
    """
    sample = tmp_path_factory.mktemp("data") / "hospitals.csv"
    header, *rows = HOSPITAL_LIST.read_text().splitlines(keepends=True)
    sample.write_text(header + "".join(rows[::80]))
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(demo, "HOSPITALS", sample)
        specializations.load()
        hospitals.load(sample)
        demo.load(DOCTORS)
        call_command("import_articles", ARTICLES / "guides", demo=True)
        call_command("import_articles", ARTICLES / "pages")
        yield Crawl(Client()).run()
        transaction.set_rollback(True)


def test_no_link_is_dead_and_every_page_is_whole(walked: Crawl) -> None:
    assert walked.faults == []


def test_the_walk_reached_everything_public(walked: Crawl) -> None:
    public = [
        *Article.objects.published(),
        *Specialization.objects.listed(),
        *Practitioner.objects.listed(),
        *Organization.objects.listed().hospitals(),
    ]

    missed = [row for row in public if row.get_absolute_url() not in walked.opened]

    assert len(public) > DOCTORS + 60 + 150 + 12
    assert missed == []


def test_the_pages_for_trust_are_linked_from_every_footer(walked: Crawl) -> None:
    pages = {f"/about/{path.stem}/" for path in (ARTICLES / "pages").glob("*.md")}

    assert {
        "/about/about/",
        "/about/accessibility/",
        "/about/contact/",
        "/about/editorial-and-funding-policy/",
        "/about/how-we-make-our-content/",
        "/about/privacy/",
    } == pages
    for address in ("/", "/articles/", "/doctors/", "/about/privacy/"):
        assert {*pages, "/people/"} <= set(walked.html[address].links), address


def test_every_page_that_shows_a_demonstration_says_so(walked: Crawl) -> None:
    silent = [
        url
        for url in walked.opened
        if url.startswith(("/articles/", "/doctor/", "/people/", "/topics/"))
        and "This page shows demonstration content." not in walked.html[url].words
    ]

    assert silent == []


def test_no_made_up_doctor_stands_on_an_unmarked_page(walked: Crawl) -> None:
    unmarked = [
        url
        for url, page in walked.html.items()
        if any(link.startswith("/doctor/99") for link in page.links)
        and "This page shows demonstration content." not in page.words
    ]

    assert unmarked == []


def test_pages_load_nothing_from_elsewhere(walked: Crawl) -> None:
    loaded = {asset for page in walked.html.values() for asset in page.assets}

    assert len(loaded) > 3
    assert [asset for asset in loaded if not asset.startswith("/static/")] == []


def test_the_crawler_sees_faults() -> None:
    page = read('<h1>a</h1><h1>b</h1><a href="/x#y" id="z">c</a><img src="//d/e.png">')

    assert page.h1 == 2
    assert page.links == ["/x#y", "//d/e.png"]
    assert page.assets == ["//d/e.png"]
    assert page.ids == {"z"}
