"""Two people have the same row open in the admin."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Contributor, Source
from directory.by_hand.correcting import correct
from directory.models import Correction
from tests.articles.factories import make_contributor, make_source, make_user
from tests.factories import make_hospital

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 2)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(is_superuser=True))
    return client


def page_of(row: object) -> str:
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[row.pk])


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
    hospital = make_hospital("Kind Hospital", phone="(555) 555-0100")
    made = Correction(organization=hospital, field="phone", value="555-555-0101")
    correct(correction=made, by=None)
    sent = sent_by(editor.get(page_of(made)))
    made.value = "(555) 555-0102"
    correct(correction=made, by=None)

    editor.post(page_of(made), sent)

    hospital.refresh_from_db()
    assert hospital.phone == "(555) 555-0102"
