"""Folders of Markdown files, good and bad."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.front_matter import FrontMatterError, parse
from articles.importing import ImportArticlesError, import_folder, remove_demo
from articles.models import Article, Contributor, Revision, Source, Topic
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_reviewer,
    make_topic,
    take_back,
)

pytestmark = pytest.mark.django_db

HEAD = (
    "---\ntitle: {title}\ndescription: About it.\nkind: health\n"
    "reviewer: rae-reviewer\nreviewed_on: 2026-11-01\n---\n\n"
)


def write(folder: Path, slug: str, body: str = "Words.", head: str = HEAD) -> None:
    text = head.format(title=slug.title()) + body
    (folder / f"{slug}.md").write_text(text, encoding="utf-8")


def load(folder: Path, *, is_demo: bool = True):
    make_reviewer()
    return import_folder(folder, is_demo=is_demo, on=DAY)


def test_guides_may_link_to_each_other_in_any_order(tmp_path: Path) -> None:
    write(tmp_path, "alpha", "To [beta](article:beta).")
    write(tmp_path, "beta", "To [alpha](article:alpha).")

    report = load(tmp_path)

    assert report.created == ["alpha", "beta"]
    assert Article.objects.published().guides().count() == 2


def test_a_second_import_stores_nothing(tmp_path: Path) -> None:
    write(tmp_path, "alpha")
    load(tmp_path)

    report = load(tmp_path)

    assert (report.created, report.updated) == ([], [])
    assert report.unchanged == ["alpha"]
    assert Revision.objects.count() == 1


def test_a_changed_file_becomes_the_public_text(tmp_path: Path) -> None:
    write(tmp_path, "alpha", "Old.")
    load(tmp_path)
    write(tmp_path, "alpha", "New.")

    report = load(tmp_path)

    assert report.updated == ["alpha"]
    assert Article.objects.get().current.revision.source == "New."


def test_no_file_brings_a_withdrawn_guide_back(tmp_path: Path, capsys) -> None:
    write(tmp_path, "alpha", "Old.")
    load(tmp_path)
    take_back(Article.objects.get())
    write(tmp_path, "alpha", "New.")

    call_command("import_articles", tmp_path, signed_off=True)

    assert "Stored, but withdrawn as before: alpha" in capsys.readouterr().out
    assert not Article.objects.published().exists()
    assert Article.objects.get().latest_revision().source == "New."


def test_one_bad_file_keeps_the_whole_folder_out(tmp_path: Path) -> None:
    write(tmp_path, "alpha")
    write(tmp_path, "beta", "To [nowhere](article:missing).")

    with pytest.raises(ImportArticlesError, match=r"(?s)beta\.md.*article:missing"):
        load(tmp_path)

    assert not Article.objects.exists()


def test_unknown_names_are_named(tmp_path: Path) -> None:
    head = HEAD.replace("kind: health", "kind: health\nauthor: nobody")
    write(tmp_path, "alpha", head=head)

    with pytest.raises(
        ImportArticlesError, match=r"alpha\.md: no contributor .*nobody"
    ):
        load(tmp_path)


@pytest.mark.parametrize("name", ["Alpha", "a b", "a--b", "x" * 81])
def test_a_file_whose_name_is_no_address_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)

    with pytest.raises(ImportArticlesError, match=f"{name}.md: the name of the file"):
        load(tmp_path)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no Markdown file"):
        call_command("import_articles", tmp_path)


def test_the_command_says_what_it_did(tmp_path: Path, capsys) -> None:
    make_reviewer()
    write(tmp_path, "alpha")

    call_command("import_articles", tmp_path, demo=True)

    assert "1 created, 0 updated, 0 unchanged" in capsys.readouterr().out
    assert Article.objects.get().is_demo


FULL = HEAD.format(title="A title")
BAD_HEADS = {
    "no fence": ("title: x\n", "between --- lines"),
    "not closed": ("---\ntitle: x\n", "between --- lines"),
    "not YAML": ("---\na: b: c\n---\n", "not YAML"),
    "no fields": ("---\nwords\n---\n", "no fields"),
    "title missing": (
        "---\ndescription: d\nkind: health\n---\n",
        "title is missing",
    ),
    "unknown field": (
        FULL.replace("kind:", "colour: red\nkind:"),
        "colour is not known",
    ),
    "date as text": (
        FULL.replace("kind:", "updated_on: soon\nkind:"),
        "updated_on should be a date",
    ),
    "title too long": (
        FULL.replace("title: ", "title: " + "x" * 120),
        "title has more than 120 characters",
    ),
    "unknown kind": (
        FULL.replace("kind: health", "kind: blog"),
        "kind is one of health, page",
    ),
    "topics as numbers": (
        FULL.replace("kind:", "topics: [1]\nkind:"),
        "topics lists something else than names",
    ),
    "text too long": (FULL + "x" * 100_001, "at most 100,000 can be stored"),
    "NUL": (FULL + "\0", "NUL character"),
    "topics as text": (
        FULL.replace("kind:", "topics: a\nkind:"),
        "topics should be a list",
    ),
}


@pytest.mark.parametrize("name", BAD_HEADS)
def test_a_bad_head_is_explained(name: str) -> None:
    text, message = BAD_HEADS[name]

    with pytest.raises(FrontMatterError, match=message):
        parse(text)


def test_removing_the_demonstration_leaves_everything_else(tmp_path: Path) -> None:
    own_topic, own_person = make_topic("Own"), make_contributor("Own Person")
    (tmp_path / "topics.yaml").write_text("- {slug: t, name: T, description: d}\n")
    (tmp_path / "contributors.yaml").write_text(
        "- {slug: c, name: C, bio: Made up., conflicts_of_interest: None.}\n"
    )
    (tmp_path / "sources.yaml").write_text(
        "- {key: s-2020, title: S, publisher: P, year: 2020}\n"
    )
    extra = "kind: health\ntopics:\n- t\nauthor: c\nsources:\n- s-2020"
    write(tmp_path, "alpha", head=HEAD.replace("kind: health", extra))
    load(tmp_path)
    own = make_guide("own", "To [the demonstration](article:alpha).")

    counts = remove_demo()

    assert counts == {"guides": 1, "contributors": 1, "sources": 1, "topics": 1}
    assert list(Article.objects.all()) == [own]
    assert list(Topic.objects.all()) == [own_topic]
    assert set(Contributor.objects.all()) == {own_person, make_reviewer()}
    assert not Source.objects.exists()


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "alpha.md").write_bytes(b"\xff\xfe")

    with pytest.raises(ImportArticlesError, match=r"alpha\.md: "):
        load(tmp_path)


def test_a_field_that_people_do_not_have_is_named(tmp_path: Path) -> None:
    write(tmp_path, "alpha")
    (tmp_path / "contributors.yaml").write_text("- {slug: a, name: Ada, shoe: 42}\n")

    with pytest.raises(ImportArticlesError, match=r"contributors\.yaml: unknown shoe"):
        load(tmp_path)


@pytest.mark.parametrize(
    "rows", ["slug: a", "- a", "- {name: Ada}", "- {slug: [", "\0"]
)
def test_a_list_of_people_that_is_none_is_named(tmp_path: Path, rows: str) -> None:
    write(tmp_path, "alpha")
    (tmp_path / "contributors.yaml").write_text(rows)

    with pytest.raises(ImportArticlesError, match=r"contributors\.yaml: "):
        load(tmp_path)


def test_an_empty_list_of_people_names_nobody(tmp_path: Path) -> None:
    write(tmp_path, "alpha")
    (tmp_path / "contributors.yaml").write_text("# nobody yet\n")

    assert load(tmp_path).created == ["alpha"]


def test_a_link_to_a_later_file_is_nothing_to_look_at(tmp_path: Path) -> None:
    make_draft("gamma", "Words.")
    write(tmp_path, "alpha", "See [this](article:beta) and [that](article:gamma).")
    write(tmp_path, "beta")

    said = " ".join(load(tmp_path).to_look_at)

    assert "“that” (article:gamma) is not a link for readers until" in said
    assert "“this”" not in said


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        ("{no-rule: Why}", "names no rule"),
        ("{passive: 3}", "says for passive why"),
        (f"{{passive: {'w' * 301}}}", "at most 300 characters"),
        ("[passive]", "should be a dict"),
    ],
)
def test_reasons_in_a_file_are_for_rules_and_in_words(checked: str, words: str) -> None:
    text = HEAD.format(title="A").replace("---\n\n", f"checked: {checked}\n---\n\n")

    with pytest.raises(FrontMatterError, match=words):
        parse(text)
