"""Each fact keeps its first and last release; what vanished is kept as former."""

import pytest
from django.db import connection
from django.urls import reverse

from directory.models import (
    Affiliation,
    FormerAffiliation,
    FormerPractice,
    Location,
    Practice,
    Practitioner,
)
from tests.directory.release_files import (
    ADA,
    BEN,
    doctor,
    link,
    run,
    write_doctors,
    write_links,
)
from tests.factories import make_hospital, make_specialization

pytestmark = pytest.mark.django_db

HOME = doctor()
AWAY = doctor(adr_ln_1="2 OAK AVE")
ALONE = doctor(facility_name="", org_pac_id="")
STAYS = doctor(npi=BEN)
MERGED = ("directory_organization", "directory_location")


@pytest.fixture
def load(tmp_path):
    make_specialization()
    make_hospital("Kind Hospital", ccn="450068")
    make_hospital("Other Hospital", ccn="450076")

    def load_release(version, rows, links=()):
        files = {"doctors": write_doctors(tmp_path, *rows)}
        if links:
            files["affiliations"] = write_links(tmp_path, *links)
        return run(version, **files, accepts_census=True)

    return load_release


def releases_of(rows):
    """Return (first, last) release of live or former facts, in order."""
    last = "release" if rows.model in (Practice, Affiliation) else "last_release"
    names = ["first_release__version", f"{last}__version"]
    return sorted(rows.values_list(*names))


def test_a_fact_keeps_the_release_that_said_it_first(load):
    load("2025-11", [HOME, ALONE], [link()])
    load("2025-12", [HOME, ALONE, AWAY], [link(), link(ccn="450076")])

    assert releases_of(Practice.objects.all()) == [
        ("2025-11", "2025-12"),
        ("2025-11", "2025-12"),
        ("2025-12", "2025-12"),
    ]
    assert releases_of(Affiliation.objects.all()) == [
        ("2025-11", "2025-12"),
        ("2025-12", "2025-12"),
    ]
    assert not FormerPractice.objects.exists()
    assert not FormerAffiliation.objects.exists()


def test_what_vanished_is_kept_with_both_releases(load):
    load("2025-11", [HOME, AWAY, STAYS], [link(), link(ccn="450076")])
    load("2025-12", [HOME, AWAY, STAYS], [link(), link(ccn="450076")])
    reports = load("2026-01", [HOME, STAYS], [link()])

    former = FormerPractice.objects.get()
    assert (former.practitioner.npi, former.location.line_1) == (ADA, "2 Oak Ave")
    assert former.phone == "(555) 555-0100"
    assert releases_of(FormerPractice.objects.all()) == [("2025-11", "2025-12")]
    assert releases_of(FormerAffiliation.objects.all()) == [("2025-11", "2025-12")]
    assert FormerAffiliation.objects.get().organization.name == "Other Hospital"
    assert reports["doctors"].parts["practices no longer named"] == 1


def test_a_fact_that_comes_back_has_its_first_release_again(load):
    load("2025-11", [HOME, AWAY, ALONE], [link(), link(ccn="450076")])
    load("2025-12", [HOME], [link()])
    assert FormerPractice.objects.count() == 2

    load("2026-01", [HOME, AWAY, ALONE], [link(), link(ccn="450076")])

    assert releases_of(Practice.objects.all()) == [("2025-11", "2026-01")] * 3
    assert releases_of(Affiliation.objects.all()) == [("2025-11", "2026-01")] * 2
    assert not FormerPractice.objects.exists()
    assert not FormerAffiliation.objects.exists()


def test_whoever_retires_keeps_what_was(load):
    load("2025-11", [HOME, STAYS], [link(), link(npi=BEN)])
    load("2025-12", [STAYS], [link(npi=BEN)])

    gone = Practitioner.objects.get(npi=ADA)
    assert releases_of(gone.practices.all()) == [("2025-11", "2025-11")]
    assert not gone.affiliations.exists()
    assert releases_of(gone.former_affiliations.all()) == [("2025-11", "2025-11")]
    assert not FormerPractice.objects.exists()


def test_a_fact_from_before_this_was_kept_begins_with_its_only_release(load):
    load("2025-11", [HOME, AWAY], [link()])
    Practice.objects.update(first_release=None)

    load("2025-12", [HOME], [link()])

    assert releases_of(Practice.objects.all()) == [("2025-11", "2025-12")]
    assert releases_of(FormerPractice.objects.all()) == [("2025-11", "2025-11")]


def test_an_address_that_somebody_left_is_not_deleted(load):
    load("2025-11", [HOME, AWAY])
    load("2025-12", [HOME])
    load("2026-01", [HOME])

    assert Location.objects.filter(line_1="2 Oak Ave").exists()


def test_a_reader_sees_since_when_a_fact_is_listed(load, client):
    load("2025-11", [HOME], [link()])
    page = client.get(Practitioner.objects.get().get_absolute_url())
    assert "first listed" not in page.text

    load("2025-12", [HOME], [link()])
    page = client.get(Practitioner.objects.get().get_absolute_url())

    assert page.text.count("release 2025-12; first listed in release 2025-11") == 2


def test_the_directory_manager_sees_what_was_once(load, manager):
    load("2025-11", [HOME, AWAY], [link(), link(ccn="450076")])
    load("2025-12", [HOME], [link()])

    ada = Practitioner.objects.get()
    page = manager.get(reverse("admin:directory_practitioner_change", args=[ada.pk]))

    assert "Practitioner specializations" in page.text
    assert "2 Oak Ave" in page.text
    assert "Other Hospital" in page.text


def versions_of_rows(table):
    """Return every row of a merged table with its id and the version of the row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text, ctid::text, * FROM {table} ORDER BY id")
        return cursor.fetchall()


def swapped(model):
    """Return a swapped table's facts; its ids are made anew with each release."""
    names = [field.attname for field in model._meta.fields if field.name != "id"]
    return sorted(map(str, model.objects.values_list(*names)))


def test_the_same_release_in_another_file_changes_no_row(load):
    rows = [HOME, AWAY, ALONE, doctor(npi=BEN, pri_spec="UNKNOWN"), STAYS]
    links = [link(), link(ccn="450999"), link(npi=BEN), link(npi="9900000032")]
    load("2025-11", rows, links)
    merged = {table: versions_of_rows(table) for table in MERGED}
    people = list(Practitioner.objects.order_by("pk").values_list())
    practices = swapped(Practice)
    affiliations = swapped(Affiliation)

    reports = load("2025-11", rows[::-1], links[::-1])

    assert not reports["doctors"].is_unchanged
    assert {table: versions_of_rows(table) for table in MERGED} == merged
    assert list(Practitioner.objects.order_by("pk").values_list()) == people
    assert swapped(Practice) == practices
    assert swapped(Affiliation) == affiliations
    changes = reports["doctors"].changes
    assert (changes.created, changes.updated, changes.skipped) == (0, 0, 2)
    assert reports["doctors"].retired == 0
    parts = reports["doctors"].parts
    assert parts["group practices changed"] == parts["group practices retired"] == 0
    assert not FormerPractice.objects.exists()
    assert not FormerAffiliation.objects.exists()
