"""``load_demo`` and ``remove_demo``: the demonstration comes and goes as a whole."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Contributor, Source, Topic
from articles.publishing import Draft, create_article, save_revision
from config.management.commands import load_demo
from directory.imports import demo, hospitals
from directory.models import (
    Location,
    Organization,
    Practitioner,
    SourceRelease,
    Specialization,
)
from tests.articles.factories import DAY, make_guide, make_user
from tests.crawler import Crawl
from tests.directory.release_files import few_hospitals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_hospitals(monkeypatch, tmp_path) -> None:
    """Load every 100th hospital."""
    sample = few_hospitals(tmp_path, every=100)
    load = hospitals.load
    monkeypatch.setattr(hospitals, "load", lambda: load(sample))
    monkeypatch.setattr(demo, "HOSPITALS", sample)


def demonstration() -> dict[str, int]:
    return {
        model.__name__: model.objects.filter(is_demo=True).count()
        for model in (Article, Contributor, Source, Practitioner)
    }


def test_the_demonstration_is_loaded_once(capsys):
    call_command("load_demo", doctors=40)
    loaded = demonstration()
    said = capsys.readouterr().out
    call_command("load_demo", doctors=40)

    assert loaded["Article"] >= 12
    assert loaded["Practitioner"] == 40
    assert "18 guides and pages loaded" in said
    assert demonstration() == loaded
    assert "0 guides and pages loaded" in capsys.readouterr().out


def test_an_editors_text_below_a_file_of_the_demonstration_is_named(capsys):
    edda = make_user("Editor", username="edda")
    draft = Draft(title="About us", source="Our own words.", updated_on=DAY)
    page = Article(slug="about", kind=Article.Kind.PAGE)
    save_revision(article=create_article(article=page, by=edda), draft=draft, by=edda)

    call_command("load_demo", doctors=40)

    told = "Above an editor's text, which is in the history: about (revision 1 by edda)"
    assert told in capsys.readouterr().out


def test_a_text_that_cannot_be_loaded_leaves_nothing_behind(monkeypatch):
    def refuse(*args, **kwargs):
        raise load_demo.ImportArticlesError("knee.md: no title")

    monkeypatch.setattr(load_demo, "import_folder", refuse)

    with pytest.raises(CommandError, match=r"knee\.md: no title"):
        call_command("load_demo", doctors=40)

    assert not Practitioner.objects.exists()


def test_a_clock_that_is_behind_does_not_keep_the_guides_away(monkeypatch):
    behind = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: behind)

    call_command("load_demo", doctors=40)

    assert Article.objects.published().guides().count() >= 5


def test_the_demonstration_replaces_a_sample_that_was_imported(tmp_path):
    call_command("load_demo", doctors=40)
    call_command("make_sample_directory", practitioners=20, out=tmp_path)
    files = {name: tmp_path / file for name, file in demo.FILES.items()}
    options = {"release": "2026-02", "demo": True, "accept_census": True}
    call_command("import_directory", **files, **options)

    call_command("load_demo", doctors=40)

    assert Practitioner.objects.listed().count() == 40
    demonstrated = SourceRelease.objects.filter(is_demo=True)
    assert set(demonstrated.values_list("version", flat=True)) == {demo.VERSION}


def test_a_file_that_is_refused_is_a_sentence(monkeypatch):
    def refuse():
        raise load_demo.ImportRefusedError("The file has no column Facility ID.")

    monkeypatch.setattr(hospitals, "load", refuse)

    with pytest.raises(CommandError, match="The file has no column Facility ID"):
        call_command("load_demo", doctors=40)


def test_one_command_removes_what_is_made_up_and_leaves_no_dead_link(client, capsys):
    call_command("load_demo", doctors=40)
    doctor = Practitioner.objects.first()
    own = make_guide("our-own", f"Ask [one of them](doctor:{doctor.npi}).")
    call_command("remove_demo")

    said = capsys.readouterr().out
    assert "40 doctors removed" in said
    assert set(demonstration().values()) == {0}
    assert Organization.objects.exclude(ccn="").count() == Organization.objects.count()
    assert Article.objects.pages().count() == 6
    assert Specialization.objects.count() > 120
    assert not Topic.objects.exists()
    assert not SourceRelease.objects.filter(version__contains="demo").exists()
    assert Location.objects.filter(organizations=None).count() == 0
    assert "one of them" in client.get(own.get_absolute_url()).content.decode()
    call_command("remove_demo")  # a second time is as good as once
    assert "\n0 doctors removed" in capsys.readouterr().out
    walked = Crawl(client).run()
    assert walked.faults == []
    assert [
        url for url, page in walked.html.items() if "shows demonstration" in page.words
    ] == []
    assert len(walked.html) > 200


@pytest.mark.parametrize("number", [0, -1, 1_000_001])
def test_a_number_of_doctors_that_cannot_be_is_refused(number):
    with pytest.raises(CommandError, match="must be between 1 and 1,000,000"):
        call_command("load_demo", doctors=number)


def test_the_page_about_the_site_calls_nobody_real_made_up(client):
    call_command("import_articles", "articles/pages")

    page = client.get("/about/about/").content.decode()

    assert "doctors come from public files as well" in page
    said, named = page.split("What is demonstration", 1)[1].split("On these pages:", 1)
    assert "A page with such content says so at its top." in said
    assert "made up" not in said
    assert "doctors</strong> are made up" in named
