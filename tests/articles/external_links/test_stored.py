"""The external links of a text are found, stored with it, and told to its editor."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from articles.external_links.stored import report_on
from articles.models import Article, ExternalLink, ExternalLinkUse
from articles.publishing import Draft, save_revision
from tests.articles.desk_form import change
from tests.articles.factories import make_draft, make_guide, make_revision, make_user

pytestmark = pytest.mark.django_db

SINCE = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
LATER = SINCE + datetime.timedelta(days=2)
SOURCE = """Ask [the *register*](https://example.org/register#who).

See [records](article:records) and <mailto:me@example.org>.

- <http://other.example/a?b=1&c=2>
- [again](https://example.org/register#who)
"""


def break_link(**fields: object) -> None:
    values = {"strikes": 2, "first_failed_at": SINCE}
    values |= {"answer": "404", "checked_at": LATER}
    register = ExternalLink.objects.filter(url="https://example.org/register")
    assert register.update(**values | fields) == 1


def test_saving_a_text_stores_each_address_once_and_each_use() -> None:
    a = make_draft("a", SOURCE)
    make_draft("b", "[x](https://example.org/register)")

    uses = ExternalLinkUse.objects.values_list("revision__article__slug", "link__url")

    assert ExternalLink.objects.count() == 2
    assert [
        (use.line, use.text) for use in a.latest_revision().external_links.all()
    ] == [
        (1, "the register"),
        (5, "http://other.example/a?b=1&c=2"),
        (6, "again"),
    ]
    assert str(a.latest_revision().external_links.last()) == (
        "line 6: https://example.org/register"
    )
    assert list(uses.order_by("pk")) == [
        ("a", "https://example.org/register"),
        ("a", "http://other.example/a?b=1&c=2"),
        ("a", "https://example.org/register"),
        ("b", "https://example.org/register"),
    ]


def test_what_cannot_be_asked_is_not_stored_and_the_text_is() -> None:
    long = "https://example.org/" + "x" * 2000
    source = f"[a]({long}) [b](http://a..b/) [c](https://example.org:99999/)"

    guide = make_draft("a", source)

    assert guide.latest_revision().source == source
    assert not ExternalLink.objects.exists()


def test_a_save_that_is_refused_stores_no_link() -> None:
    guide = make_draft("a")

    with pytest.raises(PermissionDenied):
        make_revision_by_a_stranger(guide)

    assert not ExternalLink.objects.exists()


def make_revision_by_a_stranger(guide: Article) -> None:

    draft = Draft(title="t", source=SOURCE, updated_on=SINCE.date())
    save_revision(article=guide, draft=draft, by=make_user())


def test_only_texts_that_someone_reads_or_writes_keep_a_link_in_use() -> None:
    guide = make_guide("a", "<https://public.example/>")
    make_revision(guide, "<https://old.example/>")
    make_revision(guide, "<https://newest.example/>")

    in_use = ExternalLink.objects.in_use().order_by("url")

    assert [link.url for link in in_use] == [
        "https://newest.example/",
        "https://public.example/",
    ]


def test_a_link_knows_the_public_texts_that_have_it() -> None:
    make_guide("public", "<https://example.org/>")
    make_draft("draft", "<https://example.org/>")
    rewritten = make_guide("rewritten", "Nothing.")
    make_revision(rewritten, "<https://example.org/>")

    articles = ExternalLink.objects.get().public_articles()

    assert [article.slug for article in articles] == ["public"]


def test_a_report_says_what_is_broken_and_what_was_not_asked(
    django_assert_num_queries,
) -> None:
    revision = make_draft("a", SOURCE).latest_revision()
    break_link()

    with django_assert_num_queries(2):
        report = report_on(revision)
        lines = [(use.line, use.link.is_broken) for use in report.broken]

    assert (report.total, report.unchecked, report.checked_at) == (2, 1, LATER)
    assert lines == [(1, True), (6, True)]


def test_the_editor_sees_broken_links_beside_the_text(editor: Client) -> None:
    guide = make_draft("a", SOURCE)
    break_link()

    page = editor.get(change(guide)).content.decode()

    assert "External links that did not answer" in page
    assert "Line 1: " in page
    assert 'href="https://example.org/register"' in page
    assert "answered 404, since November 2, 2026." in page
    assert "last checked on November 4, 2026; 1 of 2 not yet." in page


def test_one_strike_is_not_told(editor: Client) -> None:
    guide = make_draft("a", SOURCE)
    break_link(strikes=1)

    page = editor.get(change(guide)).content.decode()

    assert "External links that did not answer" not in page
    assert "last checked on November 4, 2026" in page


def test_links_that_nobody_checked_are_said_to_be_so(editor: Client) -> None:
    page = editor.get(change(make_draft("a", SOURCE))).content.decode()

    assert "have not been checked yet" in page


def test_a_text_without_external_links_says_nothing_of_them(editor: Client) -> None:
    page = editor.get(change(make_draft("a"))).content.decode()

    assert "External links were" not in page
    assert "external links of this text" not in page


LIST = reverse("admin:articles_externallink_changelist")


@pytest.mark.parametrize(
    "group", ["Editor", "Medical reviewer", "Publisher", "Editor-in-chief"]
)
def test_who_works_on_texts_sees_the_list(client: Client, group: str) -> None:
    client.force_login(make_user(group))
    make_draft("a", SOURCE)

    page = client.get(LIST).content.decode()

    assert "https://example.org/register" in page
    assert "not asked yet" in page


def test_others_do_not_see_the_list(client: Client) -> None:
    client.force_login(make_user("Directory manager"))

    assert client.get(LIST).status_code == 403


def test_the_list_can_be_narrowed_to_broken_links(editor: Client) -> None:
    make_draft("a", SOURCE)
    break_link()

    page = editor.get(LIST, {"broken": "1"}).content.decode()

    assert "https://example.org/register" in page
    assert "other.example" not in page


def test_a_broken_link_has_no_green_tick(editor: Client) -> None:
    make_draft("a", "<https://example.org/register>")
    break_link()

    page = editor.get(LIST).content.decode()

    assert '<td class="field-is_broken">yes</td>' in page
    assert "icon-yes" not in page


def test_a_link_leads_to_the_public_texts_that_have_it(editor: Client) -> None:
    make_guide("records")
    guide = make_guide("a", SOURCE, title="About <records>")
    make_draft("hidden", SOURCE, title="Hidden")
    link = ExternalLink.objects.get(url="https://example.org/register")

    page = editor.get(
        reverse("admin:articles_externallink_change", args=[link.pk])
    ).content.decode()

    assert f'<a href="{change(guide)}">About &lt;records&gt;</a>' in page
    assert "Hidden" not in page


def test_nobody_adds_changes_or_deletes_a_link(admin_client: Client) -> None:
    make_draft("a", "<https://example.org/>")
    link = ExternalLink.objects.get()

    for name, args in (("add", []), ("change", [link.pk]), ("delete", [link.pk])):
        address = reverse(f"admin:articles_externallink_{name}", args=args)
        response = admin_client.post(address, {"url": "https://x.example/"})
        assert response.status_code == 403

    assert ExternalLink.objects.get().url == "https://example.org/"


def test_a_guide_with_external_links_can_be_deleted(admin_client: Client) -> None:
    guide = make_draft("a", SOURCE)

    address = reverse("admin:articles_article_delete", args=[guide.pk])
    form = admin_client.get(address).context["form"]
    admin_client.post(address, {"base_seen": form["base_seen"].value()})

    assert not Article.objects.exists()
    assert not ExternalLink.objects.in_use().exists()
