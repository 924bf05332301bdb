"""Two people have the same row open in the admin."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Contributor, Source
from directory.by_hand.correcting import correct
from directory.models import Correction
from tests.articles.factories import (
    make_contributor,
    make_guide,
    make_source,
    make_topic,
    make_user,
)
from tests.desk import confirmation
from tests.factories import make_hospital

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 2)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(is_superuser=True))
    return client


def page_of(row: object, name: str = "change") -> str:
    model = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{model}_{name}", args=[row.pk])


def list_of(row: object) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")


def make_correction(value: str = "555-555-0101") -> Correction:
    hospital = make_hospital("Kind Hospital", phone="(555) 555-0100")
    made = Correction(organization=hospital, field="phone", value=value)
    correct(correction=made, by=None)
    return made


def sent_by(response) -> dict[str, str]:
    """Return what a browser would send of the form on a page."""
    form = response.context["adminform"].form
    sent = {}
    for bound in form:
        value = bound.value()
        words = "" if value is None else str(value).replace("\n", "\r\n")
        if value is not False:  # an empty checkbox is not sent
            sent[bound.html_name] = words
        if bound.field.show_hidden_initial:
            assert f'name="{bound.html_initial_name}"' in response.text
            seen = form.data.get(bound.html_initial_name, words)
            sent[bound.html_initial_name] = seen
    return sent


def test_what_a_colleague_stored_meanwhile_stays(editor: Client) -> None:
    source = make_source("s-2020", title="A tilte", url="https://example.org/")
    sent = sent_by(editor.get(page_of(source)))
    fallen = {"standing": Source.Standing.WITHDRAWN, "standing_since": DAY}
    Source.objects.update(**fallen)

    editor.post(page_of(source), sent | {"title": "A title"})

    source.refresh_from_db()
    assert (source.title, source.standing) == ("A title", Source.Standing.WITHDRAWN)
    assert source.standing_since == DAY


def test_what_both_changed_is_shown_before_it_is_written_over(editor: Client) -> None:
    person = make_contributor("Rae", bio="One.\nTwo.", credential="MD")
    sent = sent_by(editor.get(page_of(person)))
    Contributor.objects.update(credential="MD, PhD", role="Surgeon")

    refused = editor.post(page_of(person), sent | {"credential": "DO"})

    stored = Contributor.objects.get(pk=person.pk)
    assert (stored.credential, stored.role) == ("MD, PhD", "Surgeon")
    assert "It says now: “MD, PhD”. Save again" in refused.text
    assert 'value="DO"' in refused.text

    editor.post(page_of(person), sent_by(refused))

    stored.refresh_from_db()
    assert (stored.credential, stored.role) == ("DO", "Surgeon")
    assert stored.bio.split() == ["One.", "Two."]


def test_a_correction_that_was_open_does_not_undo_a_newer_one(editor: Client) -> None:
    made = make_correction()
    hospital = made.organization
    sent = sent_by(editor.get(page_of(made)))
    made.value = "(555) 555-0102"
    correct(correction=made, by=None)

    editor.post(page_of(made), sent)

    hospital.refresh_from_db()
    assert hospital.phone == "(555) 555-0102"


def test_a_title_that_is_too_long_is_not_cut_off(editor: Client) -> None:
    source = make_source("s-2020")
    page = editor.get(page_of(source))
    long = "Word " * 100 + "end"

    answer = editor.post(page_of(source), sent_by(page) | {"title": long})

    assert "maxlength" not in page.text
    assert "at most 400 characters (it has 503)" in answer.text
    assert f'value="{long}"' in answer.text


MAKE: dict[str, Callable[[], object]] = {
    "source": lambda: make_source("s-2020", title="Old words", url=""),
    "contributor": lambda: make_contributor("Rae", bio="Old words."),
    "topic": lambda: make_topic("Hearts"),
    "correction": make_correction,
}
# a field of words, one of a single word, and what is typed into them
TYPED = {
    "source": {"title": "New words", "url": "https://example.org/new"},
    "contributor": {"bio": "New words.", "credential": "MD-and-PhD"},
    "topic": {"description": "New words.", "slug": "heart-and-vessels"},
    "correction": {"value": "555-555-0199"},
}


@pytest.mark.parametrize("name", MAKE)
def test_what_was_typed_of_something_that_is_deleted_is_shown(
    editor: Client, name: str
) -> None:
    row = MAKE[name]()
    sent = sent_by(editor.get(page_of(row))) | TYPED[name]
    address = page_of(row)
    row.delete()

    answer = editor.post(address, sent)

    assert answer.status_code == 404
    assert "<h1>What you wrote about is not here any more</h1>" in answer.text
    assert "somebody deleted it meanwhile" in answer.text
    for words in TYPED[name].values():
        assert f">\n{words}</textarea>" in answer.text
    assert "Initial" not in answer.text
    assert "Old words" not in answer.text


CHANGE: dict[str, Callable[[object], None]] = {
    "source": lambda row: Source.objects.update(title="Newer words"),
    "contributor": lambda row: Contributor.objects.update(bio="Newer words."),
    "topic": lambda row: row.articles.add(Article.objects.get()),
    "correction": lambda row: Correction.objects.update(value="555-555-0102"),
}


@pytest.mark.parametrize("is_one", [True, False], ids=["one", "several"])
@pytest.mark.parametrize("name", MAKE)
def test_what_a_colleague_changed_or_uses_is_not_deleted_unseen(
    editor: Client, name: str, is_one: bool
) -> None:
    make_guide("a")
    row = MAKE[name]()
    address = page_of(row, "delete") if is_one else list_of(row)
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "index": "0"}
    asked = {} if is_one else chosen
    old = confirmation(editor, address, asked)
    CHANGE[name](row)

    refused = editor.post(address, old, follow=True)

    assert type(row).objects.filter(pk=row.pk).exists()
    assert "meanwhile" in refused.text
    assert "eleted. Somebody changed" in refused.text
    done = editor.post(address, confirmation(editor, address, asked), follow=True)
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert "uccessfully" in done.text


def test_a_source_that_a_guide_cites_meanwhile_is_not_deleted(editor: Client) -> None:
    source = make_source("s-2020")
    old = confirmation(editor, page_of(source, "delete"))
    make_guide("a", title="The guide", sources=[source])

    refused = editor.post(page_of(source, "delete"), old, follow=True)

    assert "would require deleting the following protected related" in refused.text
    assert Source.objects.exists()
