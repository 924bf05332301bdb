"""Folders of Markdown files, good and bad."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.front_matter import FrontMatterError, parse
from articles.importing import ImportArticlesError, import_folder, remove_demo
from articles.models import (
    Article,
    Contributor,
    MistakeReport,
    Publication,
    Revision,
    Source,
    Topic,
)
from articles.publishing import Draft, publish, save_revision
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_reviewer,
    make_revision,
    make_topic,
    make_user,
    sign,
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


def test_a_file_of_the_public_text_leaves_the_draft_after_it(tmp_path: Path) -> None:
    write(tmp_path, "alpha")
    load(tmp_path)
    draft = make_revision(Article.objects.get(), "What an editor is writing.")

    report = load(tmp_path)

    assert report.unchanged == ["alpha"]
    assert Article.objects.get().latest_revision() == draft


def stored_by_hand(slug: str, source: str, by: User) -> Revision:
    draft = Draft(title=slug.title(), source=source, updated_on=DAY)
    return save_revision(article=Article.objects.get(slug=slug), draft=draft, by=by)


def test_a_changed_file_above_an_editors_text_is_told(
    tmp_path: Path, capsys, client: Client
) -> None:
    edda = make_user("Editor", username="edda")
    write(tmp_path, "alpha", "Old.")
    load(tmp_path)
    stored_by_hand("alpha", "What an editor is writing.", edda)
    write(tmp_path, "alpha", "New.")

    call_command("import_articles", tmp_path)

    told = "Above an editor's text, which is in the history: alpha (revision 2 by edda)"
    assert told in capsys.readouterr().out
    newest = Article.objects.get().latest_revision()
    assert newest.note == "Imported from a file, above revision 2 by edda"
    client.force_login(edda)
    first_page = client.get(reverse("admin:index")).content.decode()
    assert "Draft, not sent for review; a file, above your text" in first_page


def test_a_signed_off_file_names_the_plans_that_it_cancels(
    tmp_path: Path, client: Client, capsys
) -> None:
    edda = make_user(is_superuser=True, username="edda")
    later = timezone.now().replace(2040, 12, 24, 9, 30)
    for slug in ("alpha", "beta", "gamma"):
        write(tmp_path, slug, "Old.")
    load(tmp_path)
    planned = stored_by_hand("alpha", "What an editor planned.", edda)
    sign(planned)
    publish(revision=planned, by=edda, at=later)
    take_back(Article.objects.get(slug="beta"), by=edda, at=later)
    for slug in ("alpha", "beta", "gamma"):
        write(tmp_path, slug, "New.")

    call_command("import_articles", tmp_path, signed_off=True)

    day = "December 24, 2040, 09:30, planned by edda"
    assert (
        f"Cancelled, planned before: alpha (“Alpha” was to become public on {day}), "
        f"beta (“Beta” was to be withdrawn on {day})\n"
    ) in capsys.readouterr().out
    assert not Publication.objects.scheduled().exists()
    client.force_login(edda)
    beta = Article.objects.get(slug="beta")
    history = client.get(reverse("admin:articles_article_change", args=[beta.pk])).text
    assert "To be withdrawn on 2040-12-24 09:30 (" in history
    assert "), planned by edda; taken back on" in history
    assert "by the command line" in history


def test_a_demonstration_vouches_for_no_guide_of_the_site(
    tmp_path: Path, capsys
) -> None:
    make_reviewer()
    write(tmp_path, "alpha", "Written here.")
    call_command("import_articles", tmp_path, signed_off=True)
    write(tmp_path, "alpha", "Made up.")

    call_command("import_articles", tmp_path, demo=True)

    told = "Drafts until a clinician signs them off: alpha"
    assert told in capsys.readouterr().out
    assert Revision.objects.published().get().source == "Written here."


def test_drafts_that_are_signed_off_later_are_counted(tmp_path: Path, capsys) -> None:
    make_reviewer()
    write(tmp_path, "alpha")
    call_command("import_articles", tmp_path)

    call_command("import_articles", tmp_path, signed_off=True)

    assert "0 created, 1 updated, 0 unchanged" in capsys.readouterr().out
    assert Article.objects.published().exists()


def test_a_file_that_stays_a_draft_cancels_no_plan(tmp_path: Path, capsys) -> None:
    edda = make_user(is_superuser=True)
    write(tmp_path, "alpha", "Old.")
    load(tmp_path)
    planned = make_revision(Article.objects.get(), "What an editor planned.")
    sign(planned)
    publish(revision=planned, by=edda, at=timezone.now().replace(2040))
    write(tmp_path, "alpha", "New.")

    call_command("import_articles", tmp_path)

    assert "Cancelled" not in capsys.readouterr().out
    assert Publication.objects.scheduled().get().revision == planned


def test_an_old_file_says_nothing_new_to_an_editor_who_has_gone_on(
    tmp_path: Path, capsys
) -> None:
    write(tmp_path, "about", "Old.", HEAD.replace("health", "page"))
    load(tmp_path)
    newer = stored_by_hand("about", "New.", make_user(is_superuser=True))
    publish(revision=newer, by=None)

    call_command("import_articles", tmp_path, signed_off=True)

    told = "Left alone, an editor has a newer text: about"
    assert told in capsys.readouterr().out
    assert Article.objects.get().current.revision == newer
    assert Article.objects.get().latest_revision() == newer


def test_an_old_file_leaves_what_an_editor_set_around_a_newer_text(
    tmp_path: Path,
) -> None:
    files, desk = make_topic(slug="files"), make_topic(slug="desk")
    head = HEAD.replace("kind:", "topics: [files]\nreview_months: 6\nkind:")
    write(tmp_path, "alpha", "Old.", head)
    load(tmp_path)
    guide = Article.objects.get()
    by_file = (guide.topics.get(), guide.review_months)
    newer = stored_by_hand("alpha", "New.", make_user(is_superuser=True))
    sign(newer)
    publish(revision=newer, by=None)
    guide.topics.set([desk])
    Article.objects.update(review_months=24)

    report = load(tmp_path)

    guide.refresh_from_db()
    assert report.older == ["alpha"]
    assert by_file == (files, 6)
    assert (guide.topics.get(), guide.review_months) == (desk, 24)


def test_a_file_may_go_back_to_what_a_file_said_before(tmp_path: Path) -> None:
    for body in ("Old.", "New.", "Old."):
        write(tmp_path, "alpha", body)
        load(tmp_path)

    assert Article.objects.get().current.revision.number == 3


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

    with pytest.raises(
        ImportArticlesError, match=r"(?s)beta\.md:\n  Line 9: .*article:missing"
    ):
        load(tmp_path)

    assert not Article.objects.exists()


def test_a_health_guide_does_not_become_public_as_a_trust_page(tmp_path: Path) -> None:
    write(tmp_path, "alpha", head=HEAD.replace("kind: health", "kind: page"))
    load(tmp_path, is_demo=False)
    write(tmp_path, "alpha", "Take more of it.")

    with pytest.raises(ImportArticlesError, match=r"alpha\.md: says kind: health"):
        load(tmp_path, is_demo=False)

    assert Revision.objects.published().get().source == "Words."


def test_a_review_without_its_day_signs_nothing_off(tmp_path: Path, capsys) -> None:
    make_reviewer()
    write(tmp_path, "alpha", head=HEAD.replace("reviewed_on: 2026-11-01\n", ""))

    call_command("import_articles", tmp_path, signed_off=True)

    assert "until a clinician signs them off: alpha" in capsys.readouterr().out
    assert not Article.objects.published().exists()


def test_a_review_of_ones_own_text_is_refused(tmp_path: Path) -> None:
    make_reviewer()
    write(tmp_path, "alpha", head=HEAD.replace("kind:", "author: rae-reviewer\nkind:"))

    with pytest.raises(CommandError, match=r"^alpha\.md: "):
        call_command("import_articles", tmp_path, signed_off=True)

    assert not Article.objects.exists()


def test_a_file_without_a_head_is_named(tmp_path: Path) -> None:
    (tmp_path / "alpha.md").write_text("Words alone.")

    with pytest.raises(ImportArticlesError, match=r"alpha\.md: .*between --- lines"):
        load(tmp_path)


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
    assert Article.objects.get().current.sign_off.way == "file"


FULL = HEAD.format(title="A title")
BAD_HEADS = {
    "no fence": ("title: x\n", "between --- lines"),
    "not closed": ("---\ntitle: x\n", "between --- lines"),
    "not YAML": ("---\na: b: c\n---\n", "line 2, column 5"),
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
        "updated_on should be a date such as",
    ),
    "no such day": (
        FULL.replace("kind:", "updated_on: 2026-02-30\nkind:"),
        "day is out of range",
    ),
    "topic named twice": (
        FULL.replace("kind:", "topics: [a, b, a]\nkind:"),
        "topics names a twice",
    ),
    "title as a number": (FULL.replace("A title", "911"), "title should be words"),
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
    "review too late": (
        FULL.replace("kind:", "review_months: 61\nkind:"),
        "review_months is from 1 to 60",
    ),
    "review in words": (
        FULL.replace("kind:", "review_months: yearly\nkind:"),
        "review_months should be a number",
    ),
    "NUL": (FULL + "\0", "NUL character"),
    "escaped NUL": (
        FULL.replace("A title", r'"A\0title"'),
        r"cannot be stored, '\\x00': leave it out\n  in .*, line 2, column 8",
    ),
    "escaped half of a pair": (
        FULL.replace("kind:", 'topics: ["\\ud800"]\nkind:'),
        r"cannot be stored, '\\ud800'",
    ),
    "blank title": (FULL.replace("A title", "' '"), "title is missing"),
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


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "a.md",
            FULL.replace("kind:", "updated_on: 2999-01-01\nkind:"),
            "a.md: updated_on 2999-01-01: That day has not come yet.",
        ),
        (
            "a.md",
            FULL.replace("2026-11-01", "2999-01-01"),
            "a.md: A review cannot be dated in the future.",
        ),
        (
            "sources.yaml",
            (
                "- {key: a, title: A, publisher: P, year: 2020, "
                "standing: withdrawn, standing_since: 2999-01-01}"
            ),
            "sources.yaml, a:\n  standing_since: That day has not come yet.",
        ),
        (
            "contributors.yaml",
            (
                "- {slug: a, name: A, bio: B, conflicts_of_interest: None., "
                "conflicts_declared_on: 2999-01-01}"
            ),
            "contributors.yaml, a:\n  conflicts_declared_on: That day has not come",
        ),
    ],
    ids=["updated", "reviewed", "withdrawn", "stated"],
)
def test_no_file_tells_readers_of_a_day_to_come(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    write(tmp_path, "b")
    (tmp_path / name).write_text(text)

    with pytest.raises(ImportArticlesError, match=told):
        load(tmp_path)

    assert not Article.objects.exists()


def test_a_file_from_a_windows_editor_is_read() -> None:
    assert parse("\ufeff" + FULL + "Words.").body == "Words."


def test_a_title_in_a_block_ends_with_its_last_word() -> None:
    assert parse(FULL.replace("A title", "|\n  A title")).title == "A title"


def test_what_an_editor_pasted_into_a_title_comes_back_from_an_export() -> None:
    assert parse(FULL.replace("A title", r'"A\vtitle"')).title == "A\vtitle"


def test_a_field_without_a_value_is_one_that_is_not_there() -> None:
    file = parse(FULL.replace("kind:", "author:\nupdated_on:\ntopics:\nkind:"))

    assert (file.author, file.updated_on, file.topics) == ("", None, [])


SOURCE = "{key: s-2020, title: S, publisher: P, year: 2020}"
BAD_LISTS = {
    "not YAML": ("- [", "while parsing"),
    "no list": (SOURCE, "no list"),
    "no key": (f"- {SOURCE}\n- title: S", "Entry 2 does not say its key"),
    "a key that is no text": ("- key: 7", "Entry 1 does not say its key"),
    "no year": ("- {key: s, title: S, publisher: P}", "s:\n  year: "),
    "a year in words": (f"- {SOURCE}".replace("2020}", "old}"), "s-2020:\n  year: "),
    "a day in words": (
        f"- {SOURCE}".replace("year", "standing_since: soon, year"),
        "s-2020:\n  standing_since: “soon” value has an invalid date format",
    ),
    "a year to come": (
        f"- {SOURCE}".replace("2020}", "2062}"),
        "s-2020:\n  year: Give the year of publication, from 1800 to ",
    ),
    "a DOI as an address": (
        f"- {SOURCE}".replace("year", "doi: 'https://doi.org/10.1/x', year"),
        "source_doi_format",
    ),
    "what links to it": (f"- {SOURCE}".replace("year", "citations: 1, year"), "citat"),
    "not UTF-8": ("- key: caf\udce9", "utf-8"),
    "escaped NUL": (r'- key: "a\0"', r"cannot be stored, '\x00': leave it out"),
}


@pytest.mark.parametrize("name", BAD_LISTS)
def test_a_bad_list_is_named_and_explained(name: str, tmp_path: Path) -> None:
    text, message = BAD_LISTS[name]
    write(tmp_path, "alpha")
    (tmp_path / "sources.yaml").write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(ImportArticlesError, match=r"sources\.yaml") as found:
        load(tmp_path)

    assert message in str(found.value)
    assert not Article.objects.exists()


def test_a_list_may_be_empty_or_leave_fields_blank(tmp_path: Path) -> None:
    write(tmp_path, "alpha")
    (tmp_path / "topics.yaml").write_text("")
    (tmp_path / "sources.yaml").write_text(f"- {SOURCE}".replace("year", "url:, year"))

    load(tmp_path)

    assert Source.objects.get().url == ""


def test_a_list_brings_a_person_of_the_site_up_to_date_who_stays_one(
    tmp_path: Path,
) -> None:
    known = make_contributor("Cy Former", slug="c")
    people = "- {slug: c, name: Cy New, bio: b}\n- {slug: d, name: Dee, bio: b}\n"
    (tmp_path / "contributors.yaml").write_text(people)
    write(tmp_path, "alpha")

    load(tmp_path, is_demo=True)

    known.refresh_from_db()
    assert (known.name, known.is_demo) == ("Cy New", False)
    assert Contributor.objects.get(slug="d").is_demo


NOT_ROB = r"rob:\n  name: another stands .*\n  bio: another stands"


def test_no_list_makes_another_of_who_has_signed_unless_it_is_vouched_for(
    tmp_path: Path,
) -> None:
    rob = make_contributor("Rob Reviewer", slug="rob", credential="MD")
    make_guide("b", reviewer=rob)
    people = "- {slug: rob, name: Quinn Quack, credential: MD, bio: Quacks.}\n"
    (tmp_path / "contributors.yaml").write_text(people)
    write(tmp_path, "alpha")

    for is_demo in (True, False):
        with pytest.raises(ImportArticlesError, match=NOT_ROB):
            load(tmp_path, is_demo=is_demo)
    rob.refresh_from_db()
    assert rob.name == "Rob Reviewer"

    import_folder(tmp_path, is_demo=False, is_signed_off=True, on=DAY)

    rob.refresh_from_db()
    assert rob.name == "Quinn Quack"


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

    alpha = Article.objects.get(slug="alpha")
    MistakeReport.objects.create(article=alpha, words="The dose is wrong.")

    counts = remove_demo()

    assert counts == {
        "guides": 1,
        "mistake reports": 1,
        "contributors": 1,
        "sources": 1,
        "topics": 1,
    }
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
        ("[passive]", "should be a list of rules"),
    ],
)
def test_reasons_in_a_file_are_for_rules_and_in_words(checked: str, words: str) -> None:
    text = HEAD.format(title="A").replace("---\n\n", f"checked: {checked}\n---\n\n")

    with pytest.raises(FrontMatterError, match=words):
        parse(text)
