"""The rules at the desk, at publishing, at import, and on the command line."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from articles.acknowledging import acknowledge
from articles.checking import check_stored, digest_of
from articles.checking_files import check_folder
from articles.checks import Severity
from articles.importing import ImportArticlesError, import_folder
from articles.models import Acknowledgement, Article, Revision
from articles.models.article import desk_address
from articles.publishing import NotPublishableError, inspect, publish
from tests.articles.desk_form import ADD, PREVIEW, change, form
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_source,
    make_user,
    sign,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content_rules")]

ARTICLES = Path(__file__).resolve().parents[2] / "articles"
LONG = "word " * 21 + "end."
CARD = "::: see-doctor Call your doctor if\n- The pain stays.\n:::"
GOOD = f"Ask for help.\n\n{CARD}"
DESCRIPTION = "What to expect after a knee replacement, week by week, and when to call."


def make_whole(source: str = GOOD, **fields: object) -> Revision:
    """Return a signed text that only its words may keep from readers."""
    values = {
        "title": "A title",
        "description": DESCRIPTION,
        "author": make_contributor("Ada Author"),
        "sources": [make_source("one"), make_source("two")],
    }
    revision = make_draft("a", source, **values | fields).latest_revision()
    sign(revision)
    return revision


def rules(revision: Revision, severity: Severity) -> set[str]:
    verdict = check_stored(revision, today=DAY, publishing_on=DAY)
    return {g.rule.id for g in verdict.groups if g.severity == severity}


def passages_of(rule: str, revision: Revision) -> list[str]:
    groups = check_stored(revision, today=DAY).groups
    return [f.passage for g in groups if g.rule.id == rule for f in g.findings]


def test_a_picture_that_is_not_stored_here_is_named_until_it_is(
    settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    address = "images/0123456789abcdef/300x200.jpg"
    revision = make_whole(
        f"{GOOD}\n\n![A knee](/media/{address})\n\n![A hip](/media/ab/hip.webp)"
    )
    # no address at which anything is sent, whatever lies there
    for name in ("ab/hip.webp", address.replace("300x200", "300x201")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert passages_of("picture-stored", revision) == [
        f"/media/{address}",
        "/media/ab/hip.webp",
    ]

    (tmp_path / address).touch()

    assert passages_of("picture-stored", revision) == ["/media/ab/hip.webp"]


def test_a_whole_guide_may_be_published() -> None:
    revision = make_whole()

    publish(revision=revision, by=make_user("Publisher"))

    assert Article.objects.published().exists()


def test_facts_come_from_the_database() -> None:
    revision = make_draft("a", "See [x](article:none).").latest_revision()

    found = rules(revision, Severity.BLOCKS)

    assert found == {"link-target", "when-to-get-help", "people", "sources"}


def test_what_blocks_keeps_a_text_from_readers_whoever_publishes() -> None:
    revision = make_whole(source=f"[here](https://example.org)\n\n{CARD}")

    for user in (None, make_user("Publisher")):
        with pytest.raises(NotPublishableError, match="does not say where"):
            publish(revision=revision, by=user)


def test_a_warning_waits_for_an_editor_but_not_for_the_command_line() -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}")

    for groups, words in (
        (["Publisher"], "An editor has to look at this, and tick it"),
        (["Publisher", "Editor"], "Look at this, and tick it"),
    ):
        with pytest.raises(NotPublishableError, match=words):
            publish(revision=revision, by=make_user(*groups))

    publish(revision=revision, by=None)
    assert Article.objects.published().exists()


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_a_tick_is_asked_only_of_who_can_save_it(client: Client, group: str) -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}")
    client.force_login(make_user(group))

    page = client.get(desk_address(revision.article_id)).content.decode()

    assert "Look at these before publishing" in page
    assert ("I looked at this" in page) == (group == "Editor")


def test_once_looked_at_a_warning_keeps_nothing() -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}")
    looks = {group.rule.id: "" for group in inspect(revision).unseen}
    editor = make_user("Editor")

    acknowledge(revision=revision, looks=looks, by=editor)
    publish(revision=revision, by=make_user("Publisher"))

    assert Article.objects.published().exists()
    look = Acknowledgement.objects.get(rule="sentence-length")
    assert look.looked_by == editor
    assert look.looked_at is not None
    assert str(look) == "a: sentence-length"


def test_a_changed_text_is_looked_at_anew() -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}")
    acknowledge(revision=revision, looks={"sentence-length": ""}, by=None)

    changed = make_draft("b", f"And {LONG}\n\n{CARD}").latest_revision()

    assert "sentence-length" not in [g.rule.id for g in inspect(revision).unseen]
    assert "sentence-length" in [g.rule.id for g in inspect(changed).unseen]


def test_a_reason_stays_until_another_is_given() -> None:
    revision = make_whole(source="Paperwork.")
    for reason in ("Old reason", "", "New reason"):
        acknowledge(revision=revision, looks={"when-to-get-help": reason}, by=None)

    assert Acknowledgement.objects.get().reason == "New reason"
    assert inspect(revision).faults == []


def test_nobody_looks_who_may_not_write() -> None:
    revision = make_whole()

    with pytest.raises(PermissionDenied):
        acknowledge(revision=revision, looks={"passive": ""}, by=make_user())


def test_the_digest_is_that_of_the_stored_text() -> None:
    revision = make_whole(source="A \\ back slash, ümläut and “quotes”.\n\nMore.")
    revision.refresh_from_db()

    same = digest_of(revision.title, revision.description, revision.source)

    assert same == revision.digest


def test_a_site_can_switch_a_rule_off(settings) -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}")
    settings.CONTENT_RULES_OFF = {"sentence-length", "reading-grade"}

    assert inspect(revision).notices == []


def test_a_review_that_is_due_keeps_a_text_from_becoming_public_anew() -> None:
    revision = make_whole()
    later = DAY.replace(year=DAY.year + 1)

    found = check_stored(revision, today=later, publishing_on=later).blocking

    assert [each.rule for each in found] == ["fresh"]
    assert check_stored(revision, today=later).blocking == []


# The desk ------------------------------------------------------------------


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editor", "Publisher"))
    return client


def test_the_desk_shows_findings_with_lines_sources_and_ticks(editor: Client) -> None:
    revision = make_whole(source=f"First.\n\n{LONG}\n\n{CARD}")

    page = editor.get(change(revision.article)).content.decode()

    assert "Look at these before publishing" in page
    assert 'data-line="3">Line 3<' in page
    assert 'name="looked_at" value="sentence-length"' in page
    assert "Federal plain language guidelines" in page


def test_a_new_guide_has_no_findings_yet(editor: Client) -> None:
    page = editor.get(ADD).content.decode()

    assert "Save the guide, and what the content rules find stands here." in page


def test_a_tick_is_kept_with_who_and_when_and_shown(editor: Client) -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}")
    digest = digest_of(revision.title, revision.description, revision.source)
    ticks = {"looked_at": ["sentence-length", "junk"], "looked_at_digest": digest}

    page = editor.post(
        change(revision.article), form(revision.article, **ticks), follow=True
    )

    assert Acknowledgement.objects.get().rule == "sentence-length"
    assert "Looked at by user-" in page.content.decode()


@pytest.mark.parametrize("end", ["", "\n"], ids=["typed", "from a file"])
def test_a_tick_is_for_the_words_and_not_for_their_last_line_end(
    editor: Client, end: str
) -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}{end}")
    sent = form(
        revision.article, source=f"{LONG}\n\n{CARD}".replace("\n", "\r\n") + "\r\n"
    )
    preview = editor.post(PREVIEW, sent | {"article": revision.article_id})
    digest = re.search(r'looked_at_digest" value="(\w+)"', preview.content.decode())[1]
    ticks = {"looked_at": ["sentence-length"], "looked_at_digest": digest}

    editor.post(change(revision.article), sent | ticks)

    assert Acknowledgement.objects.get().rule == "sentence-length"


def test_a_tick_at_another_text_does_not_count(editor: Client) -> None:
    revision = make_whole(source=f"{LONG}\n\n{CARD}")
    ticks = {"looked_at": ["sentence-length"], "looked_at_digest": "0" * 64}

    page = editor.post(
        change(revision.article), form(revision.article, **ticks), follow=True
    )

    assert not Acknowledgement.objects.exists()
    assert "look again" in page.content.decode()


def test_a_reason_is_written_at_the_desk(editor: Client) -> None:
    revision = make_whole(source="Paperwork.")
    digest = digest_of(revision.title, revision.description, revision.source)
    typed = " It is paper\0work. "  # the database takes no NUL
    why = {"reason-when-to-get-help": typed, "looked_at_digest": digest}

    page = editor.post(
        change(revision.article), form(revision.article, **why), follow=True
    )

    assert Acknowledgement.objects.get().reason == "It is paperwork."
    assert "It is paperwork." in page.content.decode()


def test_a_refused_save_keeps_ticks_and_the_reason_in_the_form(editor: Client) -> None:
    revision = make_whole(source=f"{LONG}")
    looks = {
        "reason-when-to-get-help": "It is paperwork.",
        "looked_at": ["sentence-length"],
    }

    page = editor.post(
        change(revision.article), form(revision.article, slug="a b", **looks)
    )

    words = page.content.decode()
    assert "Please correct the error below." in words
    assert 'name="reason-when-to-get-help" maxlength="300" value="It is pap' in words
    assert 'name="looked_at" value="sentence-length" checked>' in words


def test_a_refused_new_guide_shows_the_reason_that_was_given(editor: Client) -> None:
    revision = make_whole(source="Paperwork.")
    sent = form(revision.article, slug="a b") | {
        "reason-when-to-get-help": "It is paperwork."
    }

    page = editor.post(ADD, sent).content.decode()

    assert "It is paperwork." in page


def test_a_reason_given_for_another_text_is_handed_back(editor: Client) -> None:
    revision = make_whole(source="Paperwork.")
    why = {"reason-when-to-get-help": "It is paperwork.", "looked_at_digest": "0" * 64}

    page = editor.post(
        change(revision.article), form(revision.article, **why), follow=True
    )

    assert not Acknowledgement.objects.exists()
    assert "You wrote: “It is paperwork.”" in page.content.decode()


def test_the_preview_brings_the_same_findings(editor: Client) -> None:
    revision = make_whole(source=f"First.\n\n{LONG}\n\n{CARD}")
    sent = form(revision.article, article=revision.article_id)

    typed = editor.post(PREVIEW, sent)
    stored = editor.get(change(revision.article))

    live = typed.content.decode().partition('<template id="preview-findings">')[2]
    for part in ("data-key", "looked_at_digest"):
        of_typed = [line.strip() for line in live.splitlines() if part in line]
        page = stored.content.decode().partition('id="findings"')[2]
        of_stored = [line.strip() for line in page.splitlines() if part in line]
        assert of_typed
        assert of_typed[: len(of_stored)] == of_stored


def test_a_changed_text_has_no_sign_off_in_the_preview(editor: Client) -> None:
    revision = make_whole()
    sent = form(revision.article, article=revision.article_id, source=f"{GOOD}\n\nNew.")

    page = editor.post(PREVIEW, sent)

    assert "No medical reviewer is named." in page.content.decode()


# Files and the command line ------------------------------------------------


@pytest.mark.parametrize("name", ["guides", "pages"])
def test_what_comes_with_the_site_passes(name: str) -> None:
    verdicts = dict(check_folder(ARTICLES / name, today=DAY))

    assert len(verdicts) >= 5
    assert {slug: v.blocking for slug, v in verdicts.items() if v.blocking} == {}
    assert {
        slug: [group.in_short for group in v.unseen]
        for slug, v in verdicts.items()
        if v.unseen
    } == {}


def write(folder: Path, slug: str, body: str, **head: object) -> None:
    values = {"title": "A title", "kind": "page", "description": DESCRIPTION} | head
    text = "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items())
    (folder / f"{slug}.md").write_text(f"---\n{text}---\n\n{body}", encoding="utf-8")


def run(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_content", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code), out.getvalue()
    return 0, out.getvalue()


def test_a_folder_is_checked_with_lines_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, "a", "First.\n\n[here](https://example.org)")

    code, text = run(str(tmp_path))

    assert code == 1
    assert "B link-text  Line 9: “here”" in text
    assert "1 checked: 1 block publishing" in text
    assert "Not asked here: link-target, link-external" in text
    assert not Article.objects.exists()


def test_several_folders_are_checked_at_once(tmp_path: Path) -> None:
    for name in ("guides", "pages"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, name, GOOD)

    code, text = run(str(tmp_path / "guides"), str(tmp_path / "pages"))

    assert code == 0
    assert "2 checked: 0 block publishing" in text


def test_a_file_says_why_a_finding_may_stay(tmp_path: Path) -> None:
    write(tmp_path, "a", LONG, checked={"sentence-length": "A quotation"})

    code, text = run(str(tmp_path))

    assert code == 0
    assert "W sentence-length (looked at: A quotation)" in text


def test_people_and_sources_who_are_not_in_the_folder_are_not_guessed(
    tmp_path: Path,
) -> None:
    head = {"kind": "health", "author": "nobody", "sources": ["nothing"]}
    write(tmp_path, "a", GOOD, **head)

    verdict = dict(check_folder(tmp_path, today=DAY))["a"]

    assert {"people", "sources", "source-age"} <= set(verdict.left_out)


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("no head")

    with pytest.raises(CommandError, match=r"a\.md"):
        run(str(tmp_path))


@pytest.mark.parametrize("name", ["contributors.yaml", "sources.yaml"])
def test_an_unreadable_list_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("- [")

    with pytest.raises(CommandError, match=name):
        run(str(tmp_path))


def test_stored_texts_are_checked_by_name_or_all() -> None:
    make_guide("quiet", kind=Article.Kind.PAGE)
    make_draft("loud", "[here](https://example.org)", kind=Article.Kind.PAGE)

    assert run("quiet")[0] == 0
    assert run("loud")[0] == 1
    assert "2 checked" in run()[1]
    with pytest.raises(CommandError, match="missing"):
        run("quiet", "missing")


def test_json_says_the_same() -> None:
    make_draft("loud", "A\n\n[here](https://example.org)", kind=Article.Kind.PAGE)

    code, text = run("loud", "--format", "json")

    guide = json.loads(text)[0]
    found = next(each for each in guide["findings"] if each["rule"] == "link-text")
    assert code == 1
    assert (guide["name"], guide["publishable"]) == ("loud", False)
    assert (found["severity"], found["line"], found["passage"]) == ("B", 3, "here")
    assert guide["not_asked"] == []


def test_an_import_is_refused_by_what_blocks(tmp_path: Path) -> None:
    write(tmp_path, "a", "[here](https://example.org)")

    with pytest.raises(ImportArticlesError, match="does not say where") as found:
        import_folder(tmp_path, is_demo=True, on=DAY)

    assert line_in(tmp_path / "a.md", str(found.value)) == "[here](https://example.org)"


def line_in(path: Path, message: str) -> str:
    """Return the line of a file that a message names."""
    number = int(message.partition("Line ")[2].partition(":")[0])
    return path.read_text(encoding="utf-8").split("\n")[number - 1]


def test_an_import_tells_what_to_look_at_and_keeps_reasons(tmp_path: Path) -> None:
    write(tmp_path, "a", LONG)
    write(tmp_path, "b", LONG, checked={"sentence-length": "A quotation"})

    out = StringIO()
    call_command("import_articles", str(tmp_path), stdout=out)

    told = out.getvalue()
    assert "a.md: Line" in told
    assert line_in(tmp_path / "a.md", told.partition("a.md: ")[2]).startswith("word")
    assert "b.md: Line" not in out.getvalue()
    assert Article.objects.published().count() == 2


def test_a_reason_is_exported_and_read_again(tmp_path: Path) -> None:
    write(tmp_path, "a", LONG, checked={"sentence-length": "A quotation"})
    import_folder(tmp_path, is_demo=True, on=DAY)
    folder = tmp_path / "out"

    call_command("export_articles", str(folder), kind="page", stdout=StringIO())

    assert "checked:\n  sentence-length: A quotation\n" in (folder / "a.md").read_text()


def test_links_elsewhere_that_failed_are_named() -> None:
    revision = make_whole(source=f"See [a study](https://example.org/gone).\n\n{CARD}")
    used = revision.external_links.get().link
    used.strikes, used.answer = 2, "404"
    used.first_failed_at = used.checked_at = revision.created_at
    used.save()

    notices = inspect(revision).notices

    assert "“https://example.org/gone” answered 404." in notices[0]
