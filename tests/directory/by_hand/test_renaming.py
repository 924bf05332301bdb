"""A specialization with a new address: the old one leads on, everywhere, for good."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from directory.by_hand.renaming import rename_specialization
from directory.imports import specializations
from directory.models import FormerSpecializationSlug, Specialization
from tests.articles.factories import make_guide, make_user
from tests.directory.imports.test_specializations import entry, tree
from tests.factories import (
    count_doctors,
    make_doctor,
    make_family,
    make_place,
    make_specialization,
)
from tests.reading import leads_to

pytestmark = pytest.mark.django_db
__all__ = ["tree"]  # a fixture


def rename(specialization: Specialization, slug: str) -> None:
    rename_specialization(specialization=specialization, slug=slug, by=None)


@pytest.fixture
def cardiology() -> Specialization:
    found = make_specialization()
    make_doctor(does=(found,), at=(make_place(),))
    count_doctors()
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/specializations/cardiology/", "/specializations/hearts/"),
        ("/doctors/cardiology/", "/doctors/hearts/"),
        ("/doctors/cardiology/tx/", "/doctors/hearts/tx/"),
        ("/doctors/cardiology/tx/houston/", "/doctors/hearts/tx/houston/"),
        (
            "/doctors/cardiology/?after=zeta-ada.9900000011&x=a%20b",
            "/doctors/hearts/?after=zeta-ada.9900000011&x=a+b",
        ),
    ],
)
def test_every_old_address_leads_on_in_one_step(
    client: Client, cardiology: Specialization, old: str, new: str
) -> None:
    make_doctor(last_name="Zeta", does=(cardiology,), npi="9900000011")
    make_doctor(last_name="Zulu", does=(cardiology,))
    count_doctors()
    rename(cardiology, "heart")
    rename(cardiology, "hearts")

    assert leads_to(client, old) == new
    assert leads_to(client, old.replace("cardiology", "heart")) == new


def test_an_old_address_of_a_family_leads_on(client: Client) -> None:
    rename(make_family(), "hearts")

    old = "/specializations/heart-and-blood-vessels/"
    assert leads_to(client, old) == "/specializations/hearts/"


def test_the_finder_takes_an_old_name(client: Client, cardiology: object) -> None:
    rename(cardiology, "hearts")

    response = client.get("/doctors/?specialization=cardiology&state=TX")

    assert response.headers["Location"] == "/doctors/hearts/tx/"


@pytest.mark.parametrize("address", ["/specializations/x/", "/doctors/x/tx/houston/"])
def test_an_address_that_never_was_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_renaming_there_and_back_makes_no_loop(
    client: Client, cardiology: Specialization
) -> None:
    rename(cardiology, "hearts")
    rename(cardiology, "cardiology")

    assert client.get("/specializations/cardiology/").status_code == 200
    assert leads_to(client, "/doctors/hearts/") == "/doctors/cardiology/"


def test_the_same_address_again_changes_nothing(cardiology: Specialization) -> None:
    rename(cardiology, "cardiology")

    assert not FormerSpecializationSlug.objects.exists()


def test_another_one_reclaims_an_old_address(
    client: Client, cardiology: Specialization
) -> None:
    other = make_specialization("Neurology", "Neurologist")
    rename(cardiology, "hearts")

    rename(other, "cardiology")

    assert "Neurologist" in client.get("/specializations/cardiology/").text
    assert leads_to(client, "/specializations/neurology/").endswith("/cardiology/")


@pytest.mark.parametrize("slug", ["", "Capital", "a b", "neurology", "a--b", "ä"])
def test_a_bad_address_is_refused(cardiology: Specialization, slug: str) -> None:
    make_specialization("Neurology", "Neurologist")

    with pytest.raises(ValidationError):
        rename(cardiology, slug)


def test_links_follow_without_a_redirect_and_old_names_still_resolve(
    client: Client, cardiology: Specialization
) -> None:
    text = "[A](specialization:cardiology), [B](doctors:cardiology/tx/houston)."
    make_guide("before", text)

    rename(cardiology, "hearts")
    make_guide("after", text)

    for slug in ("before", "after"):
        page = client.get(f"/articles/{slug}/").text
        assert '<a href="/specializations/hearts/">A</a>' in page
        assert '<a href="/doctors/hearts/tx/houston/">B</a>' in page


def test_who_may_not_change_does_not_rename(cardiology: Specialization) -> None:
    with pytest.raises(PermissionDenied):
        rename_specialization(
            specialization=cardiology, slug="hearts", by=make_user("Editor")
        )


def test_an_import_changes_the_renamed_row_and_makes_no_second(tree) -> None:
    tree(entry("cardiology", "specialization", "hearts"))
    specializations.load()
    rename(Specialization.objects.get(slug="cardiology"), "heart-doctors")
    tree(entry("cardiology", "specialization", "hearts", 'synonyms = ["x"]'))

    report = specializations.load()

    assert (report.changes.created, report.changes.updated) == (0, 1)
    assert Specialization.objects.get(slug="heart-doctors").synonyms == ["x"]


def test_an_import_keeps_apart_what_took_an_old_address(tree) -> None:
    entries = [entry(slug, "specialization", "hearts") for slug in ("a", "b")]
    tree(*entries)
    specializations.load()
    rename(Specialization.objects.get(slug="a"), "first")
    rename(Specialization.objects.get(slug="b"), "a")
    tree(*entries, "# changed")

    report = specializations.load()

    assert report.changes.skipped == 3
    assert Specialization.objects.get(slug="a").name == "b"


def test_an_import_refuses_a_new_entry_at_an_address_that_is_taken(tree) -> None:
    tree(entry("a", "specialization", "hearts"))
    specializations.load()
    rename(Specialization.objects.get(slug="a"), "b")
    tree(*(entry(slug, "specialization", "hearts") for slug in ("a", "b")))

    with pytest.raises(
        specializations.ImportRefusedError, match="b is the address of a by now"
    ):
        specializations.load()


def test_the_admin_renames_and_keeps_words_of_the_file(
    client: Client, cardiology: Specialization
) -> None:
    client.force_login(make_user("Directory manager"))
    page = reverse("admin:directory_specialization_change", args=[cardiology.pk])

    client.post(page, {"slug": "hearts", "name": "Other"} | NO_CODES)

    assert (
        leads_to(client, "/specializations/cardiology/") == "/specializations/hearts/"
    )
    assert Specialization.objects.get(slug="hearts").name == "Cardiology"


@pytest.mark.parametrize("slug", ["Capital", "neurology", "a--b"])
def test_the_admin_says_what_is_wrong_with_an_address(
    client: Client, cardiology: Specialization, slug: str
) -> None:
    client.force_login(make_user("Directory manager"))
    make_specialization("Neurology", "Neurologist")
    page = reverse("admin:directory_specialization_change", args=[cardiology.pk])

    answer = client.post(page, {"slug": slug} | NO_CODES).text

    assert f'value="{slug}"' in answer
    assert "errorlist" in answer
    assert not FormerSpecializationSlug.objects.exists()


def test_an_editor_only_looks(client: Client, cardiology: Specialization) -> None:
    client.force_login(make_user("Editor"))
    page = reverse("admin:directory_specialization_change", args=[cardiology.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"slug": "hearts"} | NO_CODES).status_code == 403


NO_CODES = {"codes-TOTAL_FORMS": "0", "codes-INITIAL_FORMS": "0"}
