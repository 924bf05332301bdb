"""The finder's table: who stands where, once for each area."""

import pytest

from directory.finder.ties import building_tie, organization_tie
from directory.imports import shadow
from directory.imports.listing import fill_listing, rebuild_listing
from directory.models import Listing
from directory.sql import execute
from tests.factories import (
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_specialization,
    make_system,
)

pytestmark = pytest.mark.django_db


def listed(**filters):
    rebuild_listing()
    return Listing.objects.filter(**filters)


def test_one_row_for_each_zip_code_of_a_city(cardiology):
    houston = make_place()
    doctor = make_doctor(
        does=(cardiology,),
        at=(
            make_location(houston, zip_code="77030"),
            make_location(houston, zip_code="77030"),
            make_location(houston, zip_code="77002"),
            make_place("Boston", "MA"),
        ),
    )

    rows = [(row.state, row.zip_code) for row in listed().order_by("number")]

    assert rows == [("MA", "77030"), ("TX", "77002"), ("TX", "77030")]
    for flag, number in [
        ("first_in_country", 1),
        ("first_in_state", 2),
        ("first_in_place", 2),
        ("first_in_zip", 2),
    ]:
        assert listed(**{flag: True}).count() == number, flag
    assert {row.npi for row in listed()} == {doctor.npi}


@pytest.mark.parametrize("area", ["country", "state", "place", "zip"])
def test_somebody_stands_once_in_every_area(cardiology, area):
    places = [make_place(), make_place("Dallas"), make_place("Boston", "MA")]
    make_doctor(
        does=(cardiology,),
        at=[
            make_location(place, zip_code=zip_code)
            for place in places
            for zip_code in ("77030", "77002")
        ],
    )
    fields = {"country": [], "place": ["place"], "zip": ["zip_code"]}
    keys = fields.get(area, [area])

    rows = listed(**{f"first_in_{area}": True}).order_by(*keys).values_list(*keys)
    areas = listed().order_by(*keys).values_list(*keys).distinct()

    if keys:
        assert list(rows) == list(areas)
    else:
        assert len(rows) == 1


def test_whoever_has_no_address_is_in_the_country_only(cardiology):
    make_doctor(does=(cardiology,))

    row = listed().get()

    assert (row.place, row.state, row.zip_code, row.ties) == (None, "", "", [])
    assert row.first_in_country
    assert not any((row.first_in_state, row.first_in_place, row.first_in_zip))


def test_an_address_without_zip_code_is_near_nothing(cardiology):
    make_doctor(does=(cardiology,), at=(make_location(zip_code=""),))

    row = listed().get()

    assert row.first_in_place
    assert not row.first_in_zip


def test_a_sub_specialization_stands_under_its_specialization_too(cardiology):
    rhythm = make_specialization("Rhythm", "Rhythm doctor", cardiology)
    lower = make_doctor(does=(rhythm,))
    both = make_doctor(does=(rhythm, cardiology))

    rows = set(listed().values_list("npi", "specialization__slug", "is_own"))

    assert rows == {
        (lower.npi, "rhythm", True),
        (lower.npi, "cardiology", False),
        (both.npi, "rhythm", True),
        (both.npi, "cardiology", True),
    }


def test_what_is_known_of_somebody_is_in_each_row(cardiology):
    therapy = make_specialization("Therapy", "Therapist", profession="therapist")
    teaching = make_hospital(is_teaching=True)
    make_doctor("A", does=(cardiology,), hospitals=(teaching,), has_telehealth=True)
    make_doctor("B", does=(therapy,), hospitals=(make_hospital(is_teaching=False),))
    make_doctor("C", does=(therapy,), hospitals=(make_hospital(),), is_demo=True)

    rows = listed().values_list(
        "sort_key",
        "is_physician",
        "has_telehealth",
        "is_at_teaching_hospital",
        "is_demo",
    )

    assert list(rows) == [
        ("a ada", True, True, True, False),
        ("b ada", False, None, False, False),
        ("c ada", False, None, None, True),
    ]


def test_ties_hold_building_group_hospital_and_both_systems(cardiology):
    ours, theirs = make_system(), make_system("Other Health")
    group, hospital = make_group(system=ours), make_hospital(system=theirs)
    location = make_location(line_1="12 Larkspur Lane", line_2="Suite 5")
    doctor = make_doctor(does=(cardiology,), hospitals=(hospital,))
    make_practice(doctor, location, organization=group)

    [ties] = listed().values_list("ties", flat=True)

    organizations = (ours, theirs, group, hospital)
    assert set(ties) == {
        building_tie(*location.building),
        *(organization_tie(cardiology.pk, one.pk) for one in organizations),
    }


def test_suites_in_the_street_line_have_one_building(cardiology):
    lines = ["12 Larkspur Lane", "12 Larkspur Lane Ste 5", "12 Larkspur Lane, FL 2"]
    locations = [make_location(line_1=line_1) for line_1 in lines]
    make_doctor(does=(cardiology,), at=tuple(locations))

    [ties] = listed().values_list("ties", flat=True)

    assert ties == [building_tie(*locations[0].building)]


def test_the_retired_have_no_row(cardiology):
    make_doctor(does=(cardiology,), retired=True)

    assert not listed().exists()


def test_a_second_rebuild_changes_nothing(cardiology):
    make_doctor(does=(cardiology,), at=(make_place(),))
    before = list(listed().values())

    assert list(listed().values()) == before


@pytest.mark.django_db(transaction=True)
def test_a_new_table_can_be_built_beside_the_live_one(cardiology):
    make_doctor(does=(cardiology,), at=(make_place(),))
    shadow.empty_schema()
    shadow.create("directory_listing")
    execute("SET search_path = directory_next, public")

    rows = fill_listing()

    execute("RESET search_path")
    assert not Listing.objects.exists()
    shadow.index("directory_listing")
    shadow.swap(["directory_listing"])
    shadow.drop_former()
    shadow.drop_schema()
    assert rows == Listing.objects.count() == 1
