"""The site as a whole, loaded with the demonstration: nothing clickable is dead."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Model
from django.test import Client

from articles.models import Article
from directory.imports import demo, hospitals, specializations
from directory.models import Organization, Practitioner, Specialization
from tests.crawler import Crawl, read
from tests.directory.release_files import few_hospitals

pytestmark = pytest.mark.django_db

ARTICLES = settings.BASE_DIR / "articles"
DOCTORS = 40


@pytest.fixture
def walked(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content_rules
) -> Crawl:
    """Load a small demonstration and open every page of it.

    All guides, every 80th hospital and few doctors: the walk over everything takes
    minutes and is done by hand (tests/crawler.py).
    """
    sample = few_hospitals(tmp_path, every=80)
    monkeypatch.setattr(demo, "HOSPITALS", sample)
    specializations.load()
    hospitals.load(sample)
    demo.load(DOCTORS)
    call_command("import_articles", ARTICLES / "guides", demo=True)
    call_command("import_articles", ARTICLES / "pages")
    return Crawl(client).run()


def test_every_page_is_whole_and_says_what_is_made_up(walked: Crawl) -> None:
    """One test, since the walk takes half a minute and workers share no fixture."""
    assert walked.faults == []
    assert missed_by(walked) == []
    assert lacking_the_footer(walked) == []
    assert unsure_for_search_engines(walked) == []
    assert silent_demonstrations(walked) == []
    loaded = {asset for page in walked.html.values() for asset in page.assets}
    assert len(loaded) > 3
    assert [asset for asset in loaded if not asset.startswith("/static/")] == []


def missed_by(walked: Crawl) -> list[Model]:
    """Return what is public and was not reached."""
    public = [
        *Article.objects.published(),
        *Specialization.objects.listed(),
        *Practitioner.objects.listed(),
        *Organization.objects.listed().hospitals(),
    ]
    assert len(public) > DOCTORS + 60 + 150 + 12
    return [row for row in public if row.get_absolute_url() not in walked.opened]


def lacking_the_footer(walked: Crawl) -> list[str]:
    """Return pages without a link to each of the pages for trust."""
    pages = {f"/about/{path.stem}/" for path in (ARTICLES / "pages").glob("*.md")}
    assert {
        "/about/about/",
        "/about/accessibility/",
        "/about/contact/",
        "/about/editorial-and-funding-policy/",
        "/about/how-we-make-our-content/",
        "/about/privacy/",
    } == pages
    return [
        address
        for address in ("/", "/articles/", "/doctors/", "/about/privacy/")
        if not {*pages, "/people/"} <= set(walked.html[address].links)
    ]


def unsure_for_search_engines(walked: Crawl) -> list[str]:
    """Return pages that neither keep out of an index nor name their one address."""
    return [
        url
        for url, page in walked.html.items()
        if page.source.count('rel="canonical"') + page.source.count('name="robots"')
        != 1
    ]


def silent_demonstrations(walked: Crawl) -> list[str]:
    """Return pages that show what is made up, or lead to it, and do not say so."""
    return [
        url
        for url, page in walked.html.items()
        if "This page shows demonstration content." not in page.words
        and (
            url.startswith(("/articles/", "/doctor/", "/people/", "/topics/"))
            or any(link.startswith("/doctor/99") for link in page.links)
        )
    ]


def test_the_crawler_sees_faults() -> None:
    page = read('<h1>a</h1><h1>b</h1><a href="/x#y" id="z">c</a><img src="//d/e.png">')

    assert page.h1 == 2
    assert page.links == ["/x#y", "//d/e.png"]
    assert page.assets == ["//d/e.png"]
    assert page.ids == {"z"}
