"""Out to files and in again, byte for byte."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from articles.addresses import rename_article
from articles.exporting import reviewed_part
from articles.front_matter import LONGEST, parse
from articles.models import Article, Contributor, SignOff, Source
from articles.publishing import publish
from articles.reviewing import set_review_interval
from directory.imports import specializations
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_topic,
    sign,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db

FOLDERS = {"guides": "health", "pages": "page"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", FOLDERS)
def test_our_own_folders_come_back_byte_for_byte(tmp_path: Path, name: str) -> None:
    specializations.load()
    folder = settings.BASE_DIR / "articles" / name
    call_command("import_articles", folder, demo=True)

    call_command("export_articles", tmp_path, kind=FOLDERS[name])

    assert len(contents(folder)) >= 5
    assert contents(tmp_path) == contents(folder)


def test_awkward_words_survive(tmp_path: Path) -> None:
    person = make_contributor("Yes: “no” # 1", credential="- MD")
    guide = make_guide(
        "a",
        "---\n\nText with trailing space \n\n\n",
        title="yes",
        description="null: it's 'quoted' \\ \u2028",
        author=person,
        sources=[make_source("z-1999"), make_source("a-2001")],
    )
    guide.topics.add(make_topic("B", slug="b"), make_topic("A", slug="a"))
    call_command("export_articles", tmp_path / "first")
    Article.objects.all().delete()

    call_command("import_articles", tmp_path / "first", signed_off=True)
    call_command("export_articles", tmp_path / "second")

    assert contents(tmp_path / "second") == contents(tmp_path / "first")
    assert Article.objects.get().current.revision.title == "yes"


def test_files_of_renamed_and_deleted_guides_are_named_and_go_if_asked(
    tmp_path: Path, capsys
) -> None:
    stays, renamed, deleted = (make_guide(slug) for slug in ("a", "b", "c"))
    make_guide("contact", kind=Article.Kind.PAGE)
    call_command("export_articles", tmp_path)
    call_command("export_articles", tmp_path, kind="page")
    (tmp_path / "README.md").write_text("Our guides.")
    rename_article(article=renamed, slug="d", by=None)
    deleted.delete()
    capsys.readouterr()

    call_command("export_articles", tmp_path)

    said = capsys.readouterr().out
    assert "--prune deletes them: b.md, c.md\n" in said
    assert {"b.md", "c.md"} <= contents(tmp_path).keys()
    call_command("export_articles", tmp_path, prune=True)
    kept = {name for name in contents(tmp_path) if name.endswith(".md")}
    assert kept == {"README.md", f"{stays.slug}.md", "contact.md", "d.md"}
    assert "no public text is there: b.md, c.md\n" in capsys.readouterr().out
    call_command("export_articles", tmp_path, prune=True)
    assert "b.md" not in capsys.readouterr().out


def test_a_shorter_review_interval_and_a_withdrawn_source_go_along(
    tmp_path: Path,
) -> None:
    source = make_source("old-1999")
    source.standing, source.standing_since = "withdrawn", DAY
    source.save()
    guide = make_guide("a", sources=[source])
    set_review_interval(article=guide, months=6, by=None)
    call_command("export_articles", tmp_path / "first")
    Article.objects.all().delete()
    Source.objects.all().delete()

    call_command("import_articles", tmp_path / "first", signed_off=True)
    call_command("export_articles", tmp_path / "second")

    assert contents(tmp_path / "second") == contents(tmp_path / "first")
    assert Article.objects.get().review_months == 6
    assert Source.objects.get().standing == "withdrawn"


def test_what_was_reviewed_in_part_is_not_the_whole_text_elsewhere(
    tmp_path: Path,
) -> None:
    text = make_draft("a").latest_revision()
    sign(text, scope="The doses alone")
    publish(revision=text, by=None)
    call_command("export_articles", tmp_path)
    Article.objects.all().delete()

    call_command("import_articles", tmp_path, signed_off=True)

    assert SignOff.objects.get().narrower_scope == "The doses alone"


def test_a_file_says_who_reviewed_what_a_colleague_confirmed(
    client: Client, tmp_path: Path
) -> None:
    guide = make_guide("a", "Some wrods.")
    kim = make_contributor("Kim Known", credential="DO")
    review, text = guide.current.sign_off, make_revision(guide, "Some words.")
    scope, day = "Wording, compared with revision 1", DAY.replace(day=20)
    sign(text, kim, day, rests_on=review, scope=scope)
    publish(revision=text, by=None)
    call_command("export_articles", tmp_path / "first")
    call_command("import_articles", tmp_path / "first", signed_off=True)
    assert SignOff.objects.count() == 2
    Article.objects.all().delete()
    Contributor.objects.all().delete()

    call_command("import_articles", tmp_path / "first", signed_off=True)
    call_command("export_articles", tmp_path / "second")

    assert contents(tmp_path / "second") == contents(tmp_path / "first")
    file = parse((tmp_path / "first" / "a.md").read_text())
    assert (file.reviewer, file.reviewed_on) == ("rae-reviewer", DAY)
    page = words(read(client, "/articles/a/"))
    confirmed = "Kim Known, DO confirmed on November 20, 2026 that only the wording"
    assert f"MD , November 2, 2026 (An earlier text. {confirmed} changed)" in page


def test_a_part_of_an_earlier_text_is_named_as_long_as_it_fits() -> None:
    review = SignOff(pk=1, scope="The doses " * 20)
    kim = Contributor(name="Kim Known")
    made = SignOff(earlier_review=review, reviewer=kim, signed_on=DAY)

    said = reviewed_part(made)

    assert said.startswith("An earlier text, and of that a part: The doses The")
    assert len(said) == LONGEST["reviewed_part"]


def test_the_source_of_a_public_guide_can_be_read(client: Client) -> None:
    make_guide("a", "Words for *you*.", title="A guide")
    make_draft("b")

    response = client.get("/articles/a.md")

    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    file = parse(response.content.decode())
    assert (file.title, file.body) == ("A guide", "Words for *you*.")
    assert client.get("/articles/b.md").status_code == 404


def test_the_source_of_a_demonstration_says_so_and_can_be_imported(
    client: Client,
) -> None:
    make_guide("a", "Words.", title="A guide", is_demo=True)
    make_guide("b", "Words.")

    made_up, other = (client.get(f"/articles/{slug}.md").content for slug in "ab")

    assert made_up.decode().startswith("---\n# This is demonstration content: the ")
    assert b"no clinician has reviewed this text" in made_up
    assert b"demonstration" not in other
    file = parse(made_up.decode())
    assert (file.title, file.body) == ("A guide", "Words.")


def test_drafts_that_no_file_holds_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_guide("a", "Words.")
    make_draft("b")

    call_command("export_articles", tmp_path)

    assert "Not written, since not public: 1 text" in capsys.readouterr().out
    assert not (tmp_path / "b.md").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "guides"
    in_the_way.touch()

    with pytest.raises(CommandError, match="guides: File exists"):
        call_command("export_articles", in_the_way)
